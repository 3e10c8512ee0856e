"""From bytes to typed requests: media type, size, JSON, fields; what is wrong is said precisely.

Both planes read through here. Which words a refusal uses is the plane's matter; here it only says
where (a JSON Pointer), what, and what is allowed.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

import msgspec
from flask import Request as HttpRequest
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

BODY_BYTES_MAX = 64 * 1024
JSON_TYPE = "application/json"
_PATH = re.compile(r" - at `\$(?P<path>.*)`$", re.DOTALL)
_KEY = re.compile(r" (?:unknown|required) field `(?P<key>.*)`", re.DOTALL)
_PARTS = re.compile(r"\.(?P<key>[^.\[\]]+)|\[(?P<index>[^\]]*)\]")

Asked = TypeVar("Asked", bound=msgspec.Struct)


class Allowed(NamedTuple):
    """What is allowed, for people in either language."""

    id: str
    en: str


_ONCE = Allowed("satu kali", "once")


class MalformedError(Exception):
    """A request that could not be understood.

    ``pointer`` is the bad field as a JSON Pointer, '' for the whole; ``field`` its name for people.
    """

    def __init__(
        self,
        status: HTTPStatus,
        *,
        field: Allowed,
        pointer: str,
        detail: str,
        allowed: Allowed,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.headers = headers or {}
        self.status = status
        self.field = field
        self.pointer = pointer
        self.detail = detail
        self.allowed = allowed


def body(request: HttpRequest, model: type[Asked]) -> Asked:
    """Read the body as JSON; an empty one is an object without fields. Raises MalformedError."""
    raw = _raw(request)
    if not raw:
        raw = b"{}"
    else:
        _check_type(request)
        _refuse_repeated(raw)
    try:
        read: Asked = _decoder(model).decode(raw)
    except msgspec.ValidationError as error:
        raise unfit(str(error), model) from None
    except (ValueError, RecursionError):  # not JSON, not UTF-8, nested beyond any sense
        raise _not_json() from None
    return read


def query(request: HttpRequest, model: type[Asked]) -> Asked:
    """Read the query; a key twice or unknown is refused. Raises MalformedError."""
    if not request.query_string:
        given: dict[str, str] = {}
    else:
        given = {}
        for key, value in request.args.items(multi=True):
            if key in given:
                said = f"{key} stands here twice"
                raise _field_error(f"/{_escaped(key)}", key, said, _ONCE)
            given[key] = value
    try:
        return msgspec.convert(given, model, strict=False)
    except msgspec.ValidationError as error:
        raise unfit(str(error), model) from None


def _raw(request: HttpRequest) -> bytes:
    try:
        raw = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise _too_large() from None
    except (ValueError, OSError, ClientDisconnected):  # a broken chunk, a client that has gone
        raise _not_json() from None
    if request.content_length is None and len(raw) >= BODY_BYTES_MAX:
        raise _too_large()  # it came in chunks, and was cut here
    return raw


class _Repeated(NamedTuple):
    """What an object becomes in which a key stands twice."""

    key: str


def _refuse_repeated(raw: bytes) -> None:
    """Raises MalformedError for a key that stands twice: nobody can know which was meant."""
    if raw.count(b":") < 2:
        return
    try:
        place = _first_repeated(json.loads(raw, object_pairs_hook=_object))
    except (ValueError, RecursionError):
        return  # no JSON that is meant: the decoder says so
    if place:
        said = f"{place[-1]} stands here twice"
        pointer = "".join(f"/{_escaped(part)}" for part in place)
        status = HTTPStatus.BAD_REQUEST
        raise _field_error(pointer, ".".join(place), said, _ONCE, status)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Repeated:
    read: dict[str, Any] = {}
    for key, value in pairs:
        if key in read:
            return _Repeated(key)
        read[key] = value
    return read


def _first_repeated(value: Any) -> list[str]:
    """Return the path of a key that stands twice somewhere in it, or nothing."""
    if isinstance(value, _Repeated):
        return [_printable(value.key)]
    inner = enumerate(value) if isinstance(value, list) else ()
    for part, one in value.items() if isinstance(value, dict) else inner:
        if below := _first_repeated(one):
            return [_printable(str(part)), *below]
    return []


def _printable(key: str) -> str:
    return key.encode(errors="replace").decode()  # half a character can be no part of an answer


@lru_cache(maxsize=64)
def _is_json(content_type: str) -> bool:
    media, _, rest = content_type.partition(";")
    charset = rest.strip().lower().replace('"', "")
    return media.strip().lower() == JSON_TYPE and charset in ("", "charset=utf-8")


@lru_cache(maxsize=128)
def _decoder(model: type[Asked]) -> msgspec.json.Decoder[Asked]:
    return msgspec.json.Decoder(model)


# --- what is wrong, in words ----------------------------------------------------------------------


def unfit(said: str, model: type[msgspec.Struct]) -> MalformedError:
    """Turn what the decoder said about a value into a refusal that names the field."""
    place = _PATH.search(said)
    parts = (
        [part["key"] or part["index"] for part in _PARTS.finditer(place["path"])] if place else []
    )
    if key := _KEY.search(said):
        parts.append(key["key"])
    pointer = "".join(f"/{_escaped(part)}" for part in parts)
    detail = _PATH.sub("", said)
    return _field_error(pointer, ".".join(parts), detail, _allowed(model, parts, detail))


def _field_error(
    pointer: str,
    name: str,
    detail: str,
    allowed: Allowed,
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> MalformedError:
    shown = name[:80] or None
    return MalformedError(
        status,
        field=Allowed(shown or "permintaan", shown or "the body"),
        pointer=pointer[:200],
        detail=detail[:300],
        allowed=allowed,
    )


def _allowed(model: type[msgspec.Struct], parts: list[str], detail: str) -> Allowed:
    """Say what the field allows; for an unknown field, which fields there are."""
    if not parts:
        return Allowed("satu objek JSON", "one JSON object")
    fields = {of.encode_name: of for of in msgspec.structs.fields(model)}
    field = fields.get(parts[0])
    if field is None:
        names = ", ".join(fields)
        return Allowed(names or "tanpa isian", names or "no fields")
    extra = allowed_by(field.type)
    if extra is not None:
        return extra
    wanted = detail.partition(", got")[0].removeprefix("Expected ").replace("`", "")
    return Allowed(wanted, wanted)


def allowed_by(kind: Any) -> Allowed | None:
    """Find the ``extra`` of a field's type that says what it allows, also inside a union."""
    info = kind if isinstance(kind, msgspec.inspect.Type) else msgspec.inspect.type_info(kind)
    match info:
        case msgspec.inspect.Metadata(extra=extra) if extra and "id" in extra:
            return Allowed(extra["id"], extra["en"])
        case msgspec.inspect.Metadata(type=inner):
            return allowed_by(inner)
        case msgspec.inspect.UnionType(types=types):
            found = (allowed_by(inner) for inner in types)
            return next((one for one in found if one is not None), None)
        case _:
            return None


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _not_json() -> MalformedError:
    return MalformedError(
        HTTPStatus.BAD_REQUEST,
        field=Allowed("permintaan", "the body"),
        pointer="",
        detail="the body is not JSON in UTF-8",
        allowed=Allowed("satu objek JSON dalam UTF-8", "one JSON object in UTF-8"),
    )


def _check_type(request: HttpRequest) -> None:
    kind = request.headers.get("Content-Type", "")
    coding = request.headers.get("Content-Encoding", "identity")
    if _is_json(kind) and coding == "identity":
        return
    header, given, allowed = "Content-Type", kind, JSON_TYPE
    if _is_json(kind):
        header, given, allowed = "Content-Encoding", coding, "identity"
    raise MalformedError(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        field=Allowed(header, header),
        pointer="",
        detail=f"the body's {header} is {given[:80]!r}",
        allowed=Allowed(allowed, allowed),
    )


def _too_large() -> MalformedError:
    return MalformedError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        field=Allowed("ukuran permintaan", "the body's size"),
        pointer="",
        detail=f"the body is larger than {BODY_BYTES_MAX} bytes",
        allowed=Allowed(f"paling banyak {BODY_BYTES_MAX} byte", f"at most {BODY_BYTES_MAX} bytes"),
    )
