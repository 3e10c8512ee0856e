"""Who may run classes: one passphrase for the house, hashed, and a signed cookie for who said it.

The key that signs is kept in the store, so that neither a restart of the server nor a crash of
the browser ends a class. The passphrase never stands in an address.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus

from flask import redirect, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.wrappers import Response as AnyResponse

from mock_server.ports import CohortStore, RealTime
from mock_server.web.classes.rates import Rates
from mock_server.web.page_errors import error_page
from mock_server.web.pages import is_own_form

COOKIE = "cbtsync_fasilitator"
PATH = "/fasilitator"
AGE_S = 14 * 24 * 3600  # a course lasts some days, and nobody should be locked out in the middle
LENGTH_MIN, LENGTH_MAX = 8, 200
MINUTE_MS = 60_000
_HASH, _SECRET = "passphrase", "signing-secret"
_METHOD = "scrypt"


def forget_passphrase(store: CohortStore) -> None:
    """Let a first passphrase be set again; every earlier cookie is worthless from now on."""
    store.drop_fact(_HASH)


class House:
    def __init__(self, store: CohortStore, real: RealTime) -> None:
        self._store = store
        self.wrong = Rates(real, mistakes=5, within_ms=MINUTE_MS, everybody=30)

    @property
    def is_open(self) -> bool:
        """Whether a passphrase was set at all."""
        return self._store.fact(_HASH) is not None

    def set_first(self, passphrase: str) -> bool:
        """Set the passphrase unless there is one; tell whether this one stands."""
        hashed = generate_password_hash(passphrase, _METHOD)
        return self._store.keep_fact(_HASH, hashed) == hashed

    def change(self, passphrase: str) -> None:
        """Every earlier cookie is worthless from now on."""
        self._store.replace_fact(_HASH, generate_password_hash(passphrase, _METHOD))

    def knows(self, passphrase: str) -> bool:
        hashed = self._store.fact(_HASH)
        return hashed is not None and check_password_hash(hashed, passphrase[:LENGTH_MAX])

    def let_in(self, response: AnyResponse) -> None:
        response.set_cookie(
            COOKIE,
            self._signer().dumps(self._mark()),
            max_age=AGE_S,
            path=PATH,
            httponly=True,
            samesite="Lax",
        )

    def let_out(self, response: AnyResponse) -> None:
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Lax")

    def is_inside(self) -> bool:
        """Tell whether the request comes from who said the passphrase that stands now."""
        given = request.cookies.get(COOKIE, "")
        if not given or not self.is_open:
            return False
        try:
            said = self._signer().loads(given, max_age=AGE_S)
        except BadSignature:
            return False
        return bool(secrets.compare_digest(str(said), self._mark()))

    def _signer(self) -> URLSafeTimedSerializer:
        secret = self._store.fact(_SECRET) or self._store.keep_fact(
            _SECRET, secrets.token_urlsafe(32)
        )
        return URLSafeTimedSerializer(secret, salt="cbtsync-facilitator")

    def _mark(self) -> str:
        """Stand for the present passphrase without telling anything about it."""
        return sha256((self._store.fact(_HASH) or "").encode()).hexdigest()[:32]

    def turned_away(self) -> AnyResponse | None:
        """Return what to answer who may not see the page, or whose form is not ours; else None."""
        if request.method == "POST" and not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        if self.is_inside():
            return None
        if request.method == "POST":
            return error_page(HTTPStatus.FORBIDDEN)
        return redirect(f"{PATH}/", HTTPStatus.SEE_OTHER)

    def guarded(self, view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
        """Let only facilitators see the view, and only our own forms change anything by it."""

        @wraps(view)
        def run(**keys: str) -> AnyResponse:
            return self.turned_away() or view(**keys)

        return run
