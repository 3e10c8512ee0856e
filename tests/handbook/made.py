"""Small books for tests: a feature, the evidence of its run, and what is assembled of them."""

from pathlib import Path

from mock_server.handbook import features
from mock_server.handbook.assembly import Assembly
from mock_server.handbook.drills import Told
from mock_server.handbook.evidence import (
    Exchange,
    Key,
    Result,
    StepEvidence,
    StoryEvidence,
    key_of,
)
from mock_server.handbook.pictures import Pictures
from mock_server.handbook.translation import Translator

FEATURE = """# language: id
@bab-01
Fitur: Menghapus sekali
  Bab ini tentang **HAPUS**.

  - satu;
  - dua.

  # CATATAN: Hanya contoh.
  Latar Belakang:
    Diketahui server menyala

  Aturan: HAPUS ditekan satu kali

    Sesudahnya server kosong.

    # PERINGATAN: Tidak dapat dibatalkan.
    @latihan @langkah-14 @larangan-21
    Skenario: Server kosong setelah HAPUS
      Ketika proktor menekan HAPUS
      # TIP: Tunggu.
      Maka tersisa "0" data

    @langkah-nb @langkah-05
    Garis-Besar Skenario: Jam menentukan
      Ketika jam menunjukkan "<jam>"
      Maka keadaannya "<keadaan>"

      Contoh: Pagi
        | jam   | keadaan |
        | 07:44 | tutup   |
        | 07:45 | buka    |
"""


def line_of(part: str, text: str = FEATURE) -> int:
    """The number of the first line that holds ``part``."""
    return next(at for at, line in enumerate(text.splitlines(), start=1) if part in line)


PLAIN, OUTLINE = "Server kosong setelah HAPUS", "Jam menentukan"


def feature_in(folder: Path, text: str = FEATURE) -> features.Feature:
    path = folder / "01_hapus.feature"
    path.write_text(text, encoding="utf-8")
    return features.read(path)


def run_of(
    feature: features.Feature,
    scenario: str = PLAIN,
    row: dict[str, str] | None = None,
    *,
    result: Result = "passed",
    sha256: str = "",
    rehearsals: tuple[str, ...] = (),
    faults: tuple[str, ...] = (),
) -> StoryEvidence:
    """A run of a scenario in which each step did one thing; a failed one failed at its end."""
    story = next(one for one in feature.stories if one.name == scenario)
    steps = (*feature.background, *story.steps)
    return StoryEvidence(
        feature=feature.path.name,
        feature_sha256=sha256 or feature.sha256,
        scenario=scenario,
        line=story.line,
        test=f"test_{scenario[:6]}",
        result=result,
        row=row or {},
        rehearsals=rehearsals,
        faults=faults,
        steps=tuple(
            StepEvidence(
                line=step.line,
                keyword=step.keyword,
                text=features.filled(step.text, row or {}),
                result=result if step is steps[-1] else "passed",
                on_screen="tekan **HAPUS**.",
                definition="tests/bdd/steps/clearing.py:7",
                exchanges=(
                    Exchange(plane="screen", method="POST", path="/r/<latihan>/x", status=200),
                ),
                error="AssertionError: 12 left" if result == "failed" else "",
            )
            for step in steps
        ),
    )


def all_runs(feature: features.Feature) -> dict[Key, StoryEvidence]:
    rows = ({"jam": "07:44", "keadaan": "tutup"}, {"jam": "07:45", "keadaan": "buka"})
    runs = [run_of(feature), *(run_of(feature, OUTLINE, row) for row in rows)]
    return {key_of(run): run for run in runs}


def no_pictures() -> Pictures:
    return Pictures(file="pictures.yaml", wanted=(), lines={}, taken={})


def assembly(
    evidence: dict[Key, StoryEvidence],
    pictures: Pictures | None = None,
    translator: Translator | None = None,
) -> Assembly:
    def train(_told: Told) -> tuple[str, str]:
        return "normal", "Tanpa gangguan"

    return Assembly(
        evidence=evidence,
        pictures=pictures or no_pictures(),
        translator=translator or Translator("id"),
        train=train,
    )
