"""From the words for a place to a point in the city."""
