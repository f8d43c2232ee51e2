"""Actual journeys held against the planned one."""
