"""Everything that speaks HTTP. Flask lives here and nowhere else below the composition root."""
