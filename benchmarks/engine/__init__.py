"""The journey engine against its peers: the same questions, the same events, side by side in one run."""
