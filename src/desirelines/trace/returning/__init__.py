"""Who comes back: retention, growth, stickiness."""
