"""What a browser keeps for a person: the key to the seat of one who learns alone, and to a class.

Scripts cannot read them, and other sites cannot send them along with a form.
"""

from flask import request
from werkzeug.wrappers import Response

ALONE = "cbtsync_belajar"
SEAT = "cbtsync_kursi"
AGE_S = 180 * 24 * 3600
KEY_MAX = 100


def key(cookie: str) -> str:
    """Return what the browser sent, '' for nothing that could be a key."""
    found = request.cookies.get(cookie, "")
    return found if len(found) <= KEY_MAX else ""


def keep(response: Response, cookie: str, value: str) -> None:
    response.set_cookie(cookie, value, max_age=AGE_S, httponly=True, samesite="Lax")
