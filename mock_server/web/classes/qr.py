"""A QR code as one SVG path: drawn here, so that no picture is fetched from anywhere."""

from typing import NamedTuple

import segno

BORDER = 4  # light modules around it: what readers expect


class Code(NamedTuple):
    size: int  # of the view box, border included
    path: str


def code(text: str) -> Code:
    """Return the code of a text, medium error correction. Runs of dark modules become bars."""
    matrix = segno.make(text, error="m", micro=False).matrix
    bars = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                bars.append(f"M{x + BORDER} {y + BORDER}h{run}v1h-{run}z")
            x += run or 1
    return Code(len(matrix) + 2 * BORDER, "".join(bars))
