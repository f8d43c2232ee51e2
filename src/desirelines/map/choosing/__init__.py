"""Customers chosen by a rule, and whose each row of the lake is."""
