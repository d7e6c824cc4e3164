"""Is the decision right?"""
