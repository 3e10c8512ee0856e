"""What may be asked of the vendor's plane: bodies and queries, with their bounds.

Each field says in ``extra`` what it allows, in both languages: that is what a refusal quotes.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

PLAIN = r"^[^\x00-\x1f\x7f]*$"  # no control characters
WRITTEN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"  # the same, but lines may end


def _says(description: str, *, id: str, en: str, example: object) -> Meta:
    return Meta(
        description=description,
        examples=[example],
        extra={"id": id, "en": en},
    )


def _text(most: int, description: str, example: str) -> Meta:
    return Meta(
        max_length=most,
        pattern=PLAIN,
        description=description,
        examples=[example],
        extra={
            "id": f"teks satu baris, paling banyak {most} karakter",
            "en": f"one line of text, at most {most} characters",
        },
    )


def _count(most: int, description: str, example: int) -> Meta:
    return Meta(
        ge=0,
        le=most,
        description=description,
        examples=[example],
        extra={
            "id": f"bilangan bulat dari 0 sampai {most}",
            "en": f"a whole number from 0 to {most}",
        },
    )


DATA_VERSION_MAX = 1_000_000_000
ServerId = Annotated[str, _text(40, "An ID Server, as typed.", "K99990001")]
DataVersion = Annotated[
    int,
    _count(
        DATA_VERSION_MAX,
        "The `data_version` that the command is aimed at; if it is gone, the answer is 412. "
        "Without it the command is obeyed whatever is there, as a person's button is.",
        1,
    ),
]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all; as it stands, a request without any field."""


class Nothing(Request, frozen=True, kw_only=True):
    """No fields."""


class MachineUse(Request, frozen=True, kw_only=True):
    machine: Annotated[str, _text(60, "Which machine to sit down at: an id of `desk`.", "laptop")]


class ExambroOpen(Request, frozen=True, kw_only=True):
    version: Annotated[str, _text(40, "A version installed on the machine in use.", "50.170406")]


class IdSubmit(Request, frozen=True, kw_only=True):
    server_id: ServerId


class MenuOpen(Request, frozen=True, kw_only=True):
    menu: Annotated[str, _text(60, "A menu of CBTSync Web, by its id.", "backup")]


class PortalRequestFor(Request, frozen=True, kw_only=True):
    server_id: ServerId


class RegistrationQuery(Request, frozen=True, kw_only=True):
    server_id: ServerId


class BackupStart(Request, frozen=True, kw_only=True):
    data_version: DataVersion | None = None


class DeleteStart(Request, frozen=True, kw_only=True):
    answer: Annotated[
        Literal["ask", "yes", "cancel"],
        _says(
            "`ask` presses HAPUS, `yes` and `cancel` answer its question. `yes` alone is enough.",
            id="ask, yes, atau cancel",
            en="ask, yes or cancel",
            example="yes",
        ),
    ] = "ask"
    data_version: DataVersion | None = None


class SyncStart(Request, frozen=True, kw_only=True):
    data_version: DataVersion | None = None


class ParticipantsQuery(Request, frozen=True, kw_only=True):
    q: Annotated[str, _text(80, "Part of a name or User Name; empty: all.", "a")] = ""
    page: Annotated[
        int,
        Meta(ge=1, le=100_000),
        _says(
            "1-based; a page after the last one is empty.",
            id="bilangan bulat dari 1 sampai 100000",
            en="a whole number from 1 to 100000",
            example=1,
        ),
    ] = 1
    per_page: Annotated[
        int,
        Meta(ge=1, le=500),
        _says(
            "Rows a page.",
            id="bilangan bulat dari 1 sampai 500",
            en="a whole number from 1 to 500",
            example=50,
        ),
    ] = 50


class ReportSubmit(Request, frozen=True, kw_only=True):
    """The Berita Acara: what is claimed. It is filed whatever it claims."""

    decision: Annotated[
        Literal["ready", "postpone"],
        _says(
            "*Nyatakan selesai* or *Tunda & laporkan*.",
            id="ready atau postpone",
            en="ready or postpone",
            example="postpone",
        ),
    ]
    machine: Annotated[str, _text(120, "The label on the machine.", "SRV-UJIAN-01")]
    server_id: ServerId
    version: Annotated[str, _text(40, "The version that CBTSync shows.", "5.1.0")]
    datasets_complete: Annotated[int, _count(99, "Data sets that are complete.", 9)]
    participants: Annotated[int, _count(100_000, "Participants that are listed.", 36)]
    tests_visible: Annotated[
        bool,
        _says(
            "Whether Daftar Test is filled.",
            id="true atau false",
            en="true or false",
            example=True,
        ),
    ]
    time: Annotated[
        str,
        Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
        _says(
            "The time, WIB.",
            id="jam WIB seperti 07:45",
            en="a time (WIB) like 07:45",
            example="08:41",
        ),
    ]
    notes: Annotated[
        str,
        Meta(max_length=2000, pattern=WRITTEN),
        _says(
            "Anything else, in words.",
            id="teks, paling banyak 2000 karakter",
            en="text, at most 2000 characters",
            example="",
        ),
    ] = ""
