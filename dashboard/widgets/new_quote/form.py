"""Fields of a form over a document: each shows what stands at its place, and what is wrong there.

The document is the truth: a field is filled from it on every run, and writes to it when a person
changes it. So steps that are not shown lose nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft, entered, pointers
from dashboard.number_format import localised, plain_number
from dashboard.widgets.new_quote.words import words_of
from dashboard.wording import field_place, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from api.client import Client, Issue

    Json = dict[str, Any]

_FORMAT = "%.10g"


@dataclass
class Form:
    """A document, and what is wrong with it that no field has shown yet.

    Fields take what their widget takes; `write` is called with place, key and reader instead of
    writing the one field.
    """

    document: Json
    issues: list[Issue]
    client: Client
    open_issues: list[Issue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open_issues = list(self.issues)

    def at(self, place: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
        """What stands at a place of the document, or None."""
        return pointers.found(self.document, place)

    def items(self, place: str) -> list[Json]:
        """Mappings of a list of the document; none where it is no such list."""
        held = self.at(place)
        return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []

    def text(self, place: str, **shown: Any) -> None:  # noqa: ANN401 (of the widget)
        """A line of text."""
        key = self._filled(place, str(self.at(place) or ""))
        self._shown(st.text_input, place, key, _text, **shown)

    def number(self, place: str, *, step: float | None = None, **shown: Any) -> None:  # noqa: ANN401
        """A number, which may be left empty."""
        key = self._filled(place, entered.as_number(self.at(place)))
        self._shown(
            st.number_input, place, key, _number, value=None, format=_FORMAT, step=step, **shown
        )

    def money(self, place: str, **shown: Any) -> None:  # noqa: ANN401 (of the widget)
        """An amount of money, written and read as the browser's language does; may be empty."""
        key = self._filled(place, _amount_text(self.at(place)))
        self._shown(st.text_input, place, key, _amount, **shown)

    def count(self, place: str, **shown: Any) -> None:  # noqa: ANN401 (of the widget)
        """A whole number, which may be left empty."""
        held = entered.as_number(self.at(place))
        key = self._filled(place, None if held is None else int(held))
        self._shown(st.number_input, place, key, _number, value=None, step=1, **shown)

    def share(self, place: str, **shown: Any) -> None:  # noqa: ANN401 (of the widget)
        """A share, read and written as per cent."""
        key = self._filled(place, entered.as_percent(self.at(place)))
        self._shown(
            *(st.number_input, place, key, entered.share_of),
            percent=True,
            **{"value": None, "format": _FORMAT, "step": None, **shown},
        )

    def day(self, place: str, **shown: Any) -> None:  # noqa: ANN401 (of the widget)
        """A day."""
        key = self._filled(place, _day(self.at(place)))
        first, last = date(1900, 1, 1), date(2199, 12, 31)
        limits = {"value": None, "min_value": first, "max_value": last, "format": "YYYY-MM-DD"}
        self._shown(st.date_input, place, key, _iso, **{**limits, **shown})

    def choice(self, place: str, options: Sequence[object], default: object, **shown: Any) -> None:  # noqa: ANN401
        """One of a few values; what the document says otherwise is one of them as well."""
        held = self.at(place)
        held = default if held is None else held
        offered = list(options) if held in options else [*options, held]
        key = self._filled(place, held)
        self._shown(st.selectbox, place, key, _same, options=offered, **shown)

    def several(
        self,
        place: str,
        options: Mapping[tuple[str, ...], str],
        default: tuple[str, ...],
        **shown: Any,  # noqa: ANN401 (of the widget)
    ) -> None:
        """One of a few combinations of words."""
        held = self.at(place)
        chosen = default if not isinstance(held, list) else tuple(map(str, held))
        key = self._filled(place, chosen)
        self._shown(
            *(st.selectbox, place, key, list),
            options=[*options, *({chosen} - options.keys())],
            format_func=lambda one: options.get(one, ", ".join(one)),
            **shown,
        )

    def times(self, place: str, **shown: Any) -> None:  # noqa: ANN401 (of the widget)
        """Times of the day in a line, which may be left empty."""
        held = self.at(place)
        key = self._filled(place, ", ".join(map(str, held)) if isinstance(held, list) else "")
        self._shown(st.text_input, place, key, _times, **shown)

    def hours(self, place: str, **shown: Any) -> None:  # noqa: ANN401 (of the widget)
        """Opening hours."""
        key = self._filled(place, entered.hours_text(self.at(place)))
        self._shown(st.text_input, place, key, entered.hours_of, **shown)

    def numbers(self, place: str, *, percent: bool = False, **shown: Any) -> None:  # noqa: ANN401
        """Numbers in a line, which may be left empty."""
        key = self._filled(place, entered.numbers_text(self.at(place), percent=percent))

        def read(text: str) -> object:
            return entered.numbers_of(text, percent=percent) or None

        self._shown(st.text_input, place, key, read, **shown)

    def rest(self, place: str = "") -> None:
        """Show what is wrong within a place and no field has shown, with where it is."""
        for issue in self._taken(place):
            _complain(issue, named=True)

    def _filled(self, place: str, value: object) -> str:
        """Fill a field with what the document holds, and return its name."""
        key = field_key(place)
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value
        return key

    def _shown(
        self,
        widget: Callable[..., object],
        place: str,
        key: str,
        read: Callable[[Any], object],
        *,
        percent: bool = False,
        **shown: Any,  # noqa: ANN401 (of the widget)
    ) -> None:
        told = words_of(place)
        source = entered.origin(self.at(place))
        explained = [told.help] + ([f"Source: {plain(source)}."] if source else [])
        with st.container(gap="xsmall"):
            widget(
                shown.pop("label", told.label),
                help=" ".join(part for part in explained if part) or None,
                key=key,
                on_change=shown.pop("write", _write),
                args=(place, key, read),
                **shown,
            )
            for issue in self._taken(place):
                own = issue.pointer in {place, f"{place}/value"}
                _complain(
                    entered.issue_in_percent(issue) if percent and own else issue, named=not own
                )

    def _taken(self, place: str) -> list[Issue]:
        """Issues within a place, each told once."""
        found = [one for one in self.open_issues if pointers.is_within(one.pointer, place)]
        self.open_issues = [one for one in self.open_issues if one not in found]
        return found


def field_key(place: str) -> str:
    """Name of the widget of a field."""
    return f"draft {draft.epoch()} {place}"


def _write(place: str, key: str, read: Callable[[Any], object]) -> None:
    held = pointers.found(draft.document(), place)
    draft.change(place, entered.with_value(held, read(st.session_state[key])))


def _complain(issue: Issue, *, named: bool) -> None:
    where = f"{plain(field_place(issue.pointer))}: " if named else ""
    found = "" if issue.value is None else f" Found: {plain(issue.value)}."
    said = plain(sentence(issue.detail))
    st.markdown(f":red[:material/error: {where}{said}{found}]")


def _amount_text(held: object) -> str:
    """``25,000`` of a number, in the browser's language; what is none stands as it is."""
    number = entered.bare(held)
    if number is None:
        return ""
    try:
        return localised(f"{Decimal(str(number)):,f}")
    except ArithmeticError:
        return str(number)


def _amount(typed: str) -> object:
    """Read an amount to every digit: whole, or a decimal text; what is none stays as typed."""
    read = plain_number(typed)
    if not read:
        return None
    return int(read) if read.lstrip("+-").isdigit() else read


def _times(typed: str) -> list[str] | None:
    return typed.replace(",", " ").replace(";", " ").split() or None


def _text(typed: str) -> str | None:
    return typed.strip() or None


def _number(value: float | None) -> float | None:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _same(value: object) -> object:
    return value


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(held: object) -> date | None:
    try:
        return date.fromisoformat(str(held))
    except ValueError:
        return None
