"""Glitches: what began to go otherwise than usual at a touchpoint, when, how much and for whom."""
