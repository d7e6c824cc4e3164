"""The router's tests."""
