"""The picture of each quarter; comes later. Writes shared/contracts/alerts.py."""
