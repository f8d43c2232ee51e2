"""Estimates from plain arrays, each with the interval that its kind must carry. Nothing here knows a workspace."""
