"""A small language over events: what follows what, how often, how soon, with what between."""
