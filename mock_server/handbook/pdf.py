"""From HTML to PDF, by WeasyPrint: tagged, with outline, the same bytes from the same input.

WeasyPrint needs the system's Pango; it is imported here alone and late, since loading it takes
half a second and many machines do without it.
"""

import gc
import hashlib
import logging
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import msgspec

VARIANT = "pdf/ua-1"


class PdfError(Exception):
    """WeasyPrint or what it needs is missing; the message says how to get it."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One document to be set: its HTML, which is whole in itself, and where it goes."""

    html: str
    path: Path


def write_pdfs(jobs: Sequence[Job]) -> None:
    """Set all of them, the longest first, on as many cores as are of use. Raises PdfError."""
    workers = min(len(jobs), os.cpu_count() or 1)
    if workers < 2:
        for job in jobs:
            write_pdf(job)
        return
    longest_first = sorted(jobs, key=lambda job: -len(job.html))
    # Spawned, not forked: whoever builds may have threads.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for _ in pool.map(write_pdf, longest_first):
            pass


def write_pdf(job: Job) -> None:
    """Raises PdfError."""
    try:
        # Not at the top: see above.
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise PdfError(
            f"the PDF needs WeasyPrint and the system's Pango, and loading them failed: {error}. "
            "Install both: pip install 'cbtsync-sim[handbook]', and on Debian or Ubuntu "
            "apt install libpango-1.0-0 libpangoft2-1.0-0. Or build without it: --no-pdf"
        ) from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    identifier = hashlib.sha256(job.html.encode()).digest()[:16]
    job.path.parent.mkdir(parents=True, exist_ok=True)
    # A book is some millions of objects that all live to the end: looking for garbage among them
    # takes a third of the time.
    gc.disable()
    try:
        HTML(string=job.html).write_pdf(
            job.path, pdf_identifier=identifier, pdf_variant=VARIANT, pdf_tags=True
        )
    finally:
        gc.enable()
