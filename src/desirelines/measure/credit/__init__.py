"""Which touches are credited with what customers came to do: a description by agreed rules, never a proof of effect."""
