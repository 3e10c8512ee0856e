"""Names of rehearsals: unguessable, unique, and safe wherever a person pastes them."""

import re
from concurrent.futures import ThreadPoolExecutor

from mock_server.adapters.names import CountedNames, SecretNames


def test_no_secret_name_comes_twice() -> None:
    names = SecretNames()

    assert len({names.new() for _ in range(10_000)}) == 10_000


def test_a_secret_name_holds_128_bits_and_is_safe_in_a_url_and_on_a_command_line() -> None:
    for _ in range(1_000):
        assert re.fullmatch(r"r[A-Za-z0-9_-]{22}", SecretNames().new())


def test_two_makers_of_secret_names_do_not_repeat_each_other() -> None:
    first, second = SecretNames(), SecretNames()

    assert {first.new() for _ in range(100)}.isdisjoint({second.new() for _ in range(100)})


def test_counted_names_repeat_from_run_to_run() -> None:
    names = CountedNames()

    assert [names.new() for _ in range(3)] == ["rehearsal-1", "rehearsal-2", "rehearsal-3"]


def test_threads_get_different_counted_names() -> None:
    names = CountedNames()

    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: names.new(), range(500)))

    assert len(set(made)) == 500
