"""Pages around the rehearsals: the start page, a seat's way in, and the facilitator's console."""
