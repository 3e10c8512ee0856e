"""``make bench``: speed and memory beside what a user would otherwise have, as ratios."""
