"""Training: what a trainee's rehearsal keeps beside its station, and what it tells of it."""
