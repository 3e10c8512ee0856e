"""The pages as a reader meets them."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from mock_server.handbook import book_texts
from mock_server.handbook.evidence import key_of
from mock_server.handbook.html import Typesetter
from mock_server.handbook.model import Finding
from mock_server.handbook.pages import pages_of
from mock_server.handbook.sources import Sources, assemble
from mock_server.handbook.translation import Translator
from mock_server.scenario import packs
from mock_server.scenario.library import Library
from tests.handbook.made import FEATURE, all_runs, feature_in, no_pictures, run_of


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    feature = feature_in(tmp_path)
    pack = packs.load_pack("unbk-2017")
    return Sources(
        features=(feature,),
        evidence=all_runs(feature),
        pictures=no_pictures(),
        pack=pack,
        scenarios=tuple(Library().find(name).scenario for name in ("normal", "partial-sync")),
        texts=book_texts.load(pack),
        dated="2017-04-08",
    )


def rendered(sources: Sources, findings: tuple[Finding, ...] = ()) -> dict[str, str]:
    translator = Translator("id")
    book, _ = assemble(sources, "id", translator)
    pages = pages_of(book, findings, str)
    setter = Typesetter(book, pages, translator, Path())
    return {page.slug: setter.page(page, "") for page in pages}


def printed(sources: Sources) -> str:
    translator = Translator("id")
    book, _ = assemble(sources, "id", translator)
    return Typesetter(book, pages_of(book, (), str), translator, Path()).printed("", draft=False)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_story_shows_number_result_click_path_and_remarks(sources: Sources) -> None:
    chapter = rendered(sources)["bab-01"]
    shown = text_of(chapter)

    assert "S-01.1 Server kosong setelah HAPUS" in shown
    assert "terbukti" in shown
    assert "Tekan HAPUS ." in shown.replace("HAPUS.", "HAPUS .")
    assert "Awas Tidak dapat dibatalkan." in shown
    assert "latih ini sekarang" in shown


def test_labels_are_bold_and_values_stand_out(sources: Sources) -> None:
    chapter = rendered(sources)["bab-01"]

    assert "proktor menekan <b>HAPUS</b>" in chapter
    assert 'tersisa <b class="value">0</b> data' in chapter


def test_every_row_of_an_example_table_shows_its_result(sources: Sources) -> None:
    rows = re.findall(r'<tr class="row-passed">', rendered(sources)["bab-01"])

    assert len(rows) == 2


def test_pages_need_no_script_and_say_that_this_is_a_rehearsal(sources: Sources) -> None:
    for slug, html in rendered(sources).items():
        assert "<script" not in html, slug
        assert " style=" not in html, slug
        assert "LATIHAN – BUKAN SISTEM UJIAN" in html, slug
        assert '<html lang="id">' in html, slug


def test_what_features_say_is_never_taken_for_markup(sources: Sources, tmp_path: Path) -> None:
    text = FEATURE.replace("Tidak dapat dibatalkan.", "<script>x</script> & lagi")
    feature = feature_in(tmp_path, text)
    hostile = replace(sources, features=(feature,), evidence=all_runs(feature))

    assert "&lt;script&gt;x&lt;/script&gt; &amp; lagi" in rendered(hostile)["bab-01"]


def test_a_failure_is_printed_in_words_where_it_happened(sources: Sources) -> None:
    (feature,) = sources.features
    failed = run_of(feature, result="failed")
    broken = replace(sources, evidence={**sources.evidence, key_of(failed): failed})
    chapter = text_of(rendered(broken)["bab-01"])

    assert "gagal" in chapter
    assert "AssertionError: 12 left" in chapter


def test_the_practice_sheet_hides_what_its_key_tells(sources: Sources) -> None:
    pages = rendered(sources)

    assert "tersisa" not in text_of(pages["lembar-latihan"])
    assert "Tersisa 0 data" in text_of(pages["kunci"])


def test_the_list_of_drills_names_no_fault(sources: Sources) -> None:
    page = rendered(sources)["latihan"]

    assert "partial-sync" in page
    assert "sync.drops" not in page


def test_findings_have_a_page_in_a_draft(sources: Sources) -> None:
    finding = Finding(file="features/x.feature", line=7, problem="no evidence")

    assert "features/x.feature:7" in rendered(sources, (finding,))["temuan"]


def test_the_printed_book_links_within_itself(sources: Sources) -> None:
    html = printed(sources)
    addresses = set(re.findall(r'href="([^"]+)"', html))
    anchors = set(re.findall(r' id="([^"]+)"', html))

    assert addresses
    assert {address for address in addresses if not address.startswith("#")} == set()
    assert {address[1:] for address in addresses} <= anchors


def test_every_step_has_a_place_that_a_debrief_can_link_to(sources: Sources) -> None:
    page = rendered(sources)["langkah"]

    for step in [*range(1, 22), "7a", "nb"]:
        assert f'id="langkah-{step}"' in page


def test_a_practice_sheet_lists_the_cases_and_the_key_answers_each(
    sources: Sources, tmp_path: Path
) -> None:
    outlined = FEATURE.replace("    @langkah-nb", "    @latihan @langkah-nb")
    feature = feature_in(tmp_path, outlined)
    pages = rendered(replace(sources, features=(feature,), evidence=all_runs(feature)))
    sheet, key = text_of(pages["lembar-latihan"]), text_of(pages["kunci"])

    assert "a. 07:44 Maka b. 07:45 Maka" in sheet
    assert "tutup" not in sheet
    assert "a. 07:44: keadaannya tutup b. 07:45: keadaannya buka" in key


def test_a_rehearsal_is_called_by_its_title(sources: Sources, tmp_path: Path) -> None:
    text = FEATURE.replace(
        "Diketahui server menyala", 'Diketahui latihan "partial-sync" sudah disiapkan'
    )
    feature = feature_in(tmp_path, text)
    chapter = rendered(replace(sources, features=(feature,), evidence=all_runs(feature)))["bab-01"]

    assert "latihan Sinkronisasi berhenti di data 7 partial-sync sudah disiapkan" in text_of(
        chapter
    )
