"""Kernels that count: transitions, variants, reach."""
