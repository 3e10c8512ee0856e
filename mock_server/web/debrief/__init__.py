"""The debrief of a run, its certificate, and the worked example: pages beside the seat."""
