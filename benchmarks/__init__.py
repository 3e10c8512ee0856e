"""Measurements of speed, memory and rightness under load. ``make bench`` prints them as ratios."""
