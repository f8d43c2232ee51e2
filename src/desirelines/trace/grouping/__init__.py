"""Variants that are alike, in groups around real ones that stand for them."""
