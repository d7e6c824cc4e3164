"""The picture of each quarter. Its contract is shared/contracts/alerts.py; the service comes later."""
