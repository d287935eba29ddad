"""Uploaded files become clean JSON, or a message a person can act on."""

import json

import pytest

from dashboard.reading import UnreadableFileError, has_table_reference, read_engagement


def test_yaml_scalars_stay_what_they_look_like():
    text = (
        b"start: 2027-01-04\nopens: 22:00\nlanguage: no\nhours: 012\nshare: .5\nyes_: true\nend: ~"
    )
    assert read_engagement("e.yaml", text) == {
        "start": "2027-01-04",
        "opens": "22:00",
        "language": "no",
        "hours": 12,
        "share": 0.5,
        "yes_": True,
        "end": None,
    }


def test_anchors_and_merges_are_written_out():
    text = b"a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n"
    assert read_engagement("e.yml", text)["b"] == {"x": 1, "y": 3}


def test_json_is_read_as_it_is():
    document = {"name": "Zażółć", "share": 0.125, "list": [1, None]}
    assert read_engagement("E.JSON", json.dumps(document).encode()) == document


BOMB = b"a: &a [1,1,1,1,1,1,1,1,1,1]\n" + b"\n".join(
    b"%c: &%c [%s]" % (name + 1, name + 1, b",".join([b"*%c" % name] * 10))
    for name in range(97, 104)
)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("e.yaml", b"a: [1", "Not YAML, line"),
        ("e.yaml", b"a: 1\na: 2", "appears once"),
        ("e.yaml", b"1: &a {? [x] : 1}", "a key must be a word"),
        ("e.yaml", b"a: !!python/object:os.system x", "Not YAML"),
        ("e.yaml", b"a: !!binary aGk=", "which JSON cannot"),
        ("e.yaml", b"a: !!float .inf", "not finite"),
        ("e.yaml", BOMB, "more than 200,000 values"),
        ("e.yaml", b"a: &a [*a]", "recursive"),
        ("e.yaml", b"- 1", "holds no engagement"),
        ("e.yaml", b"", "holds no engagement"),
        ("e.yaml", b"\xff\xfe\x00", "not text in UTF-8"),
        ("e.json", b'{"a": }', "Not JSON, line 1"),
        ("e.json", b'{"a": 1, "a": 2}', "a key appears twice"),
        ("e.json", b'{"a": NaN}', "NaN is no number"),
        ("e.json", b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(name, content, message):
    with pytest.raises(UnreadableFileError, match=message):
        read_engagement(name, content)


def test_a_reference_to_a_table_is_found_at_any_depth():
    assert has_table_reference({"services": [{"volume": {"profile": {"csv": "x.csv"}}}]})
    assert has_table_reference({"services": [{"volume": {"profile": {"xlsx": "x.xlsx"}}}]})
    assert not has_table_reference({"services": [{"unit": "csv", "name": "xlsx"}]})
