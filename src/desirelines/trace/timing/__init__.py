"""How long things take: in a state, before an event, from one cycle to the next, in working hours."""
