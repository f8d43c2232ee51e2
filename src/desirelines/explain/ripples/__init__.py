"""Ripples: what follows, when, among those who met a fault, compared with those who passed the same place in the same weeks."""
