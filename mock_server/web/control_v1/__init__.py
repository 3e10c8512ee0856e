"""The control plane, version 1: how facilitators and programs steer and read."""
