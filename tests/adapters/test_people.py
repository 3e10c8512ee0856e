"""Fictional schools and pupils: the same for the same key, whoever is asked for first."""

import re
from collections.abc import Callable, Hashable
from importlib.metadata import version

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from mock_server.adapters.people import PARTICIPANTS_MAX, FakerPeople
from mock_server.ports import Participant

OURS, THEIRS = "U99-4127-LTH01", "U99-4127-LTH02"

# What the handbook and the golden files show. If this changes, they all do: on purpose only.
GOLDEN = """\
U99-4127-01-0001 Wakiman Utama 1
U99-4127-01-0002 Elon Prasetyo 1
U99-4127-01-0003 Naradi Suwarno 1
U99-4127-01-0004 Dipa Ramadan 1
U99-4127-01-0005 Talia Rahimah 1
U99-4127-01-0006 Balidin Najmudin 1
U99-4127-01-0007 Aris Nababan 1
U99-4127-01-0008 Cakrabuana Pradipta 2
U99-4127-01-0009 Nasab Sihombing 2
U99-4127-01-0010 Vicky Purwanti 2
U99-4127-01-0011 Irma Kusmawati 2
U99-4127-01-0012 Nova Rahayu 2
U99-4127-01-0013 Hasta Gunawan 2
U99-4127-01-0014 Imam Waluyo 2
U99-4127-01-0015 Janet Mayasari 3
U99-4127-01-0016 Puti Puspasari 3
U99-4127-01-0017 Febi Andriani 3
U99-4127-01-0018 Lili Uyainah 3
U99-4127-01-0019 Cemplunk Hidayanto 3
U99-4127-01-0020 Genta Mulyani 3
"""


def shown(pupil: Participant) -> str:
    return f"{pupil.username} {pupil.name} {pupil.group}"


def test_twenty_pupils_are_who_they_have_always_been() -> None:
    pupils = FakerPeople().participants("normal", 41, OURS, 20)

    assert [shown(pupil) for pupil in pupils] == GOLDEN.splitlines()


def test_a_school_is_what_it_has_always_been() -> None:
    people = FakerPeople()
    school = people.school("normal", 41)

    assert (school.name, school.npsn) == ("SMA Contoh Lembayung", "99081283")
    assert people.server_ids("normal", 41, 2) == ("U99-5994-LTH01", "U99-5994-LTH02")
    assert people.serial_number("normal", 41, "srv-ujian-01") == (
        "C0DE-68D9-A619-AFF1-D3DA-60EE-7AAB-EE99"
    )
    assert (
        shown(people.former_participants("normal", 41, OURS, 1)[0])
        == "S99-4127-01-0001 Ciaobella Utami 1"
    )


def test_faker_is_the_version_that_made_them() -> None:
    assert version("faker") == "40.54.0"


Call = Callable[[FakerPeople], Hashable]
CALLS: dict[str, Call] = {
    "school": lambda people: str(people.school("normal", 1)),
    "another school": lambda people: str(people.school("normal", 2)),
    "ids": lambda people: people.server_ids("normal", 1, 3),
    "fewer ids": lambda people: people.server_ids("normal", 1, 1),
    "sn": lambda people: people.serial_number("normal", 1, "srv-ujian-01"),
    "pupils": lambda people: people.participants("normal", 1, OURS, 7),
    "more pupils": lambda people: people.participants("normal", 1, OURS, 9),
    "pupils of the other server": lambda people: people.participants("normal", 1, THEIRS, 7),
    "pupils of another seed": lambda people: people.participants("normal", 2, OURS, 7),
    "former pupils": lambda people: people.former_participants("normal", 1, OURS, 7),
}
ALONE = {name: call(FakerPeople()) for name, call in CALLS.items()}


@given(st.lists(st.sampled_from(sorted(CALLS)), min_size=2, max_size=12))
def test_whoever_is_asked_for_first_everyone_is_the_same(order: list[str]) -> None:
    people = FakerPeople()

    assert [CALLS[name](people) for name in order] == [ALONE[name] for name in order]


def test_different_questions_have_different_answers() -> None:
    assert len(set(ALONE.values())) == len(CALLS)


@pytest.mark.parametrize(
    "others",
    [
        pytest.param(("partial-sync", 1, OURS), id="scenario"),
        pytest.param(("normal", 2, OURS), id="seed"),
        pytest.param(("normal", 1, THEIRS), id="server"),
    ],
)
def test_other_arguments_are_other_people(others: tuple[str, int, str]) -> None:
    people = FakerPeople()

    names = {pupil.name for pupil in people.participants("normal", 1, OURS, 30)}
    other_names = {pupil.name for pupil in people.participants(*others, 30)}

    assert len(names & other_names) < 3


def test_nobody_depends_on_today() -> None:
    with freeze_time("2017-04-08"):
        then = [call(FakerPeople()) for call in CALLS.values()]
    with freeze_time("2031-01-01"):
        later = [call(FakerPeople()) for call in CALLS.values()]

    assert then == later


def test_a_longer_list_begins_with_the_shorter_one() -> None:
    people = FakerPeople()

    longer = people.participants("normal", 1, OURS, 50)
    shorter = people.participants("normal", 1, OURS, 36)

    assert [p.name for p in longer[:36]] == [p.name for p in shorter]
    assert people.server_ids("normal", 1, 5)[:2] == people.server_ids("normal", 1, 2)


def test_numbers_are_unique_and_in_order_over_all_servers_and_phases() -> None:
    people = FakerPeople()
    numbers = [
        pupil.username
        for server_id in people.server_ids("normal", 1, 3)
        for pupil in people.participants("normal", 1, server_id, 120)
    ]
    former = [p.username for p in people.former_participants("normal", 1, OURS, 120)]

    assert numbers == sorted(set(numbers))
    assert former == sorted(set(former))
    assert set(former).isdisjoint(numbers)


def test_an_id_that_is_none_of_ours_gets_numbers_too() -> None:
    people = FakerPeople()
    mistyped, other, none = (
        people.participants("normal", 1, server_id, 3)[0].username
        for server_id in ("U99-4127-LTH0", "apa saja \N{SNOWMAN}", "")
    )

    assert len({mistyped, other, none}) == 3
    assert all(re.fullmatch(r"U99-\d{4}-\d{2}-0001", one) for one in (mistyped, other, none))


def test_no_two_pupils_of_a_list_have_the_same_name() -> None:
    names = [pupil.name for pupil in FakerPeople().participants("normal", 1, OURS, 500)]

    assert len(set(names)) == 500


def test_a_name_is_a_first_and_a_last_name_without_titles() -> None:
    for pupil in FakerPeople().participants("normal", 1, OURS, 300):
        assert re.fullmatch(r"[A-Z][A-Za-z']+( [A-Z][A-Za-z']+)+", pupil.name), pupil.name


@pytest.mark.parametrize(
    ("count", "groups"),
    [
        (0, ""),
        (1, "1"),
        (2, "12"),
        (3, "123"),
        (7, "1112233"),
        (36, "1" * 12 + "2" * 12 + "3" * 12),
    ],
)
def test_groups_are_three_sittings_of_about_the_same_size(count: int, groups: str) -> None:
    pupils = FakerPeople().participants("normal", 1, OURS, count)

    assert "".join(pupil.group for pupil in pupils) == groups


def test_everything_says_that_it_is_fictional() -> None:
    people = FakerPeople()
    for seed in range(50):
        assert re.fullmatch(r"99\d{6}", people.school("normal", seed).npsn)
        assert people.school("normal", seed).name.startswith("SMA Contoh ")
        for server_id in people.server_ids("normal", seed, 3):
            assert re.fullmatch(r"U99-[1-9]\d{3}-LTH\d\d", server_id)
        sn = people.serial_number("normal", seed, "laptop")
        assert re.fullmatch(r"C0DE(-[0-9A-F]{4}){7}", sn)
    for pupil in people.participants("normal", 1, OURS, 50):
        assert pupil.username.startswith("U99-")


def test_nothing_that_people_copy_holds_a_letter_that_looks_like_a_digit() -> None:
    people = FakerPeople()
    copied = [*people.server_ids("normal", 1, 30), people.serial_number("normal", 1, "laptop")]
    copied += [p.username for p in people.participants("normal", 1, OURS, 30)]
    copied += [p.username for p in people.former_participants("normal", 1, OURS, 30)]

    assert not set("".join(copied)) & set("IOio")


def test_every_server_has_another_id() -> None:
    ids = FakerPeople().server_ids("normal", 1, 120)

    assert len(set(ids)) == 120


def test_machines_have_different_serial_numbers() -> None:
    people = FakerPeople()

    assert len({people.serial_number("normal", 1, f"m{n}") for n in range(200)}) == 200


def test_a_list_is_shared_by_all_who_ask_for_it() -> None:
    people = FakerPeople()

    first = people.participants("normal", 1, OURS, 36)

    assert people.participants("normal", 1, OURS, 36) is first


def test_more_pupils_than_there_are_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="10000 participants: at most 9999"):
        FakerPeople().participants("normal", 1, OURS, PARTICIPANTS_MAX + 1)
