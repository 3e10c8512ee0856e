"""Evidence of each step: readiness (1-8), data (12-17), checking (9-11, 18-21)."""
