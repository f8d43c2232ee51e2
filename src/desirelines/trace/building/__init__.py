"""From the lake to buckets of sorted events."""
