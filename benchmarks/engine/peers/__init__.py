"""Each peer in a file of its own; none of them knows the product."""
