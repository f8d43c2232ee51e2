"""Where journeys go from a chosen event, to any depth, and what comes sooner or later after what."""
