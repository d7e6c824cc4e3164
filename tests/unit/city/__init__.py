"""Is what the pack says of the city true, and is it read right?"""
