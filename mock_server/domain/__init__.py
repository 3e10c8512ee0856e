"""The station's rules: commands, events, decide, evolve. Pure: time and dice are arguments."""
