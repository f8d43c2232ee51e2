"""Pure nouns shared by the rooms: event, identity, journey (automaton), period, result, receipt, document."""
