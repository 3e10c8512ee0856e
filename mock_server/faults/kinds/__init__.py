"""The kinds of faults, one module a subsystem. Each module lists its own in ``KINDS``."""
