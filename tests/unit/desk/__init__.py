"""The desk's rules, forms and doors."""
