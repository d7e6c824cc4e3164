"""Is what the demonstration plays true, and does it play it?"""
