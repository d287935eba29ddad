"""Step: how long people work, what they are paid on top, how they come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft
from dashboard.pointers import pointer
from dashboard.wording import plain

if TYPE_CHECKING:
    from dashboard.widgets.new_quote.form import Form

    Json = dict[str, Any]

_TABLE = "reference table"
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
            form.number("/attrition/recruiting_cost", min_value=0.0)
            form.count("/attrition/training_weeks", min_value=0, max_value=52)
    for index, site in enumerate(form.items("/sites")):
        with st.container(border=True):
            _site(form, pointer("sites", index), site)


def _site(form: Form, at: str, site: Json) -> None:
    st.subheader(plain(str(site.get("name") or "A site")), anchor=False)
    left, right = st.columns(2)
    with left:
        form.numbers(f"{at}/labour/shift_lengths_h")
    with right:
        form.choice(f"{at}/labour/shift_start_step_min", _STEPS_MIN, 60)
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


def _listed(form: Form, at: str, site: Json) -> str:
    """Name what a site has beyond these fields."""
    own = [part for part in ("shrinkage", "attrition") if site.get(part)]
    counted = {
        "breaks": form.items(f"{at}/labour/breaks"),
        "tours": form.items(f"{at}/labour/tours"),
    }
    named = [f"{len(items)} {kind}" for kind, items in counted.items() if items]
    named += [f"{part} of its own" for part in own]
    return f"This site has {', '.join(named)}." if named else ""
