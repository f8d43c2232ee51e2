"""The sheet's cells as figures."""
