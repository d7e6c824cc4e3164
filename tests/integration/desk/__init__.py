"""The desk on a real broker and both databases."""
