"""Kernels that hold journeys against a plan."""
