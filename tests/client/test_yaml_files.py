"""The client's own YAML reader: what is rubbish is said to be, and nothing blows up."""

import pytest

from client.yaml_files import read_mapping

BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("a:\n" + "- " * 20_000 + "x", "nested deeper", id="deep"),
        pytest.param("a: &a {b: *a}", "nested deeper", id="holds itself"),
        pytest.param("? {a: 1}\n: 2\n", "plain text", id="a mapping as key"),
        pytest.param(BOMB, "more than 20000 values", id="aliases that blow up"),
        pytest.param("a: 1\na: 2\n", "twice", id="a key twice"),
        pytest.param("- a\n", "must be a mapping", id="a list"),
        pytest.param("x" * (1024 * 1024 + 1), "bytes", id="too large"),
    ],
)
def test_rubbish_is_refused_with_a_reason(tmp_path, text, said):
    path = tmp_path / "bad.yaml"
    path.write_text(text)

    with pytest.raises(ValueError, match=said):
        read_mapping(path)


def test_an_alias_of_ordinary_size_is_read(tmp_path):
    path = tmp_path / "fine.yaml"
    path.write_text("title: &t {id: a, en: b}\nbrief: *t\n")

    assert read_mapping(path)["brief"] == {"id": "a", "en": "b"}
