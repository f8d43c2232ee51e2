"""Funnels: chains of events that serve given steps, one after another or in any order."""
