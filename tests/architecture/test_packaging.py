"""The distribution holds the four packages, whole, and nothing else."""

import tomllib
from pathlib import Path

import pytest
from setuptools import find_packages  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
FOUR = {"pricing", "staffing", "api", "dashboard"}

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = set(
    find_packages(ROOT, include=CONFIG["tool"]["setuptools"]["packages"]["find"]["include"])
)


def test_top_level_packages_are_the_four():
    assert {package.split(".")[0] for package in PACKAGES} == FOUR


def test_no_module_is_left_out():
    """A folder without __init__.py would be missing from the wheel, and only there."""
    folders = {
        path.parent.relative_to(ROOT) for name in FOUR for path in (ROOT / name).rglob("*.py")
    }
    assert {".".join(folder.parts) for folder in folders} == PACKAGES


@pytest.mark.parametrize("package", sorted(FOUR))
def test_packages_are_typed(package):
    assert (ROOT / package / "py.typed").exists()
    assert "py.typed" in CONFIG["tool"]["setuptools"]["package-data"]["*"]
