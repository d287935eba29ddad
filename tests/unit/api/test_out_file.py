"""A quote is written completely or not at all, and only where it was asked to go."""

import os
import stat
import threading
from pathlib import Path

import pytest

from api.cli.out_file import check_target, write_whole
from staffing.errors import BadInputError


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


def test_a_symbolic_link_is_followed_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = tmp_path / "link.json"
    link.symlink_to(folder / "quote.json")
    for text in ("first", "second"):
        check_target(link, tmp_path / "case.yaml", "--out")
        write_whole(link, text)
        assert link.is_symlink()
        assert (folder / "quote.json").read_text() == text
    assert [file.name for file in folder.iterdir()] == ["quote.json"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    check_target(pipe, tmp_path / "case.yaml", "--out")
    write_whole(pipe, "x" * 200_000)
    reader.join(timeout=10)
    assert got == ["x" * 200_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [file.name for file in tmp_path.iterdir()] == ["pipe"]


def test_a_device_that_is_full_is_named_and_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "full"
    os.mkfifo(pipe)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(pipe, "new")
    assert caught.value.filename == str(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_the_file_standard_output_goes_to_gets_the_text_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_whole(Path("/dev/stdout"), "a quote")
    assert capfd.readouterr().out == "a quote"


def test_the_engagement_is_not_overwritten_by_another_name(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("x")
    (tmp_path / "link").symlink_to(case)
    (tmp_path / "hard").hardlink_to(case)
    for name in ("case.yaml", "link", "hard"):
        with pytest.raises(BadInputError, match="another file than the engagement"):
            check_target(tmp_path / name, case, "--out")


@pytest.mark.parametrize("target", [".", "nowhere/quote.json", "dangling"])
def test_a_place_that_cannot_be_written_is_refused_before_pricing(
    tmp_path: Path, target: str
) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere" / "quote.json")
    with pytest.raises(BadInputError, match="--out"):
        check_target(tmp_path / target, tmp_path / "case.yaml", "--out")
