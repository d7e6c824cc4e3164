"""The model that reads reports."""
