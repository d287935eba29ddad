"""A quote is written completely or not at all."""

from pathlib import Path

import pytest

from api.cli.quote import write_whole


def test_a_new_file_holds_the_text_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "quote.json", "größe\n")
    assert (tmp_path / "quote.json").read_text(encoding="utf-8") == "größe\n"
    assert [file.name for file in tmp_path.iterdir()] == ["quote.json"]


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "quote.json"
    file.write_text("x" * 100_000, encoding="utf-8")
    write_whole(file, "new")
    assert file.read_text(encoding="utf-8") == "new"


def test_a_failure_on_the_way_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "quote.json"
    file.write_text("old", encoding="utf-8")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, "new")
    assert file.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["quote.json"]


def test_text_that_cannot_be_encoded_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "quote.json"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "\ud800")
    assert file.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 1
