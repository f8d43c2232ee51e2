"""Which event is which touchpoint: rules, and what they come to."""
