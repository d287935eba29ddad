"""Step: how long people work, what they are paid on top, how they come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft
from dashboard.pointers import pointer
from dashboard.widgets.new_quote.card import listed
from dashboard.wording import plain

if TYPE_CHECKING:
    from dashboard.widgets.new_quote.form import Form

Json = dict[str, Any]

_TABLE = "reference table"
_TOUR: Json = {"name": "five days", "days_on": 5}
_WEEKEND = {"any": "Any day of it", "both_or_none": "Both days or none"}
_DAYS_OFF = {False: "Anywhere in the week", True: "One after another"}
_STEPS_MIN = (15, 30, 60, 120)


def render(form: Form) -> None:
    """Show what holds for all sites, then each site's own rules."""
    with st.container(border=True):
        st.subheader("All sites", anchor=False)
        columns = st.columns(3)
        with columns[0]:
            form.number("/contract_hours_per_week", min_value=1.0, max_value=84.0)
            form.share("/occupancy_cap", max_value=100.0)
            form.share("/utilisation", max_value=100.0)
        with columns[1]:
            form.share("/shrinkage/out_of_office", max_value=90.0)
            form.share("/shrinkage/in_office", max_value=90.0)
        with columns[2]:
            form.share("/attrition/annual")
            form.share("/attrition/early_loss", max_value=90.0)
            form.money("/attrition/recruiting_cost")
            form.count("/attrition/training_weeks", min_value=0, max_value=52)
    for index, site in enumerate(form.items("/sites")):
        with st.container(border=True):
            _site(form, pointer("sites", index), site)


def _site(form: Form, at: str, site: Json) -> None:
    st.subheader(plain(str(site.get("name") or "A site")), anchor=False)
    columns = st.columns(3)
    with columns[0]:
        form.numbers(f"{at}/labour/shift_lengths_h")
    with columns[1]:
        form.choice(f"{at}/labour/shift_start_step_min", _STEPS_MIN, 60)
    with columns[2]:
        form.times(f"{at}/labour/shift_starts", placeholder="at every step")
    tours = f"{at}/labour/tours"
    with st.expander("Working weeks (tours)", key=f"{tours} {draft.epoch()}"):
        st.caption(
            "Kinds of weeks people work: days on, start within one band. Without them every shift "
            "stands for itself."
        )
        listed(form, tours, "Tour", _TOUR, _tour)
    with st.expander("Premiums, rest and overtime", key=f"labour {at} {draft.epoch()}"):
        columns = st.columns(3)
        with columns[0]:
            form.share(f"{at}/labour/night_premium", placeholder=_TABLE)
            form.share(f"{at}/labour/overtime_premium", placeholder=_TABLE)
        with columns[1]:
            form.share(f"{at}/labour/saturday_premium", placeholder=_TABLE)
            form.share(f"{at}/labour/sunday_premium", placeholder=_TABLE)
        with columns[2]:
            form.number(f"{at}/labour/daily_rest_h", placeholder="11")
            form.number(f"{at}/labour/weekly_hours_max", placeholder="48")
            form.share(f"{at}/labour/overtime_share_max", placeholder="10")
    said = _listed(form, at, site)
    if said:
        st.caption(f"{said} They are edited in the whole engagement, under Review.")
    for part in ("labour", "shrinkage", "attrition"):
        form.rest(f"{at}/{part}")


def _tour(form: Form, at: str) -> None:
    columns = st.columns(3)
    with columns[0]:
        form.text(f"{at}/name")
        form.count(f"{at}/days_on", min_value=1, max_value=7)
    with columns[1]:
        form.numbers(f"{at}/shift_lengths_h", placeholder="as above")
        form.count(f"{at}/start_band_min", min_value=0, placeholder="120")
    with columns[2]:
        form.share(f"{at}/share_max", max_value=100.0, placeholder="100")
        form.choice(f"{at}/weekend", list(_WEEKEND), "any", format_func=_weekend_words)
    form.choice(
        f"{at}/consecutive_days_off",
        list(_DAYS_OFF),
        default=False,
        format_func=_DAYS_OFF.__getitem__,
    )


def _weekend_words(weekend: object) -> str:
    return _WEEKEND.get(str(weekend), str(weekend))


def _listed(form: Form, at: str, site: Json) -> str:
    """Name what a site has beyond these fields."""
    own = [part for part in ("shrinkage", "attrition") if site.get(part)]
    counted = {"breaks": form.items(f"{at}/labour/breaks")}
    named = [f"{len(items)} {kind}" for kind, items in counted.items() if items]
    named += [f"{part} of its own" for part in own]
    return f"This site has {', '.join(named)}." if named else ""
