"""Charts for paper: drawn once as SVG inside the page, without a browser."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import vl_convert

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

WHOLE_PX, HALF_PX = 640, 300
_FONT = "Inter, DejaVu Sans, sans-serif"
_CONFIG = {
    "font": _FONT,
    "background": "transparent",
    "view": {"stroke": "#d1d5db"},
    "title": {"anchor": "start", "fontSize": 12, "color": "#10243e", "fontWeight": 600},
    "axis": {
        "labelColor": "#4b5563",
        "titleColor": "#4b5563",
        "gridColor": "#e5e7eb",
        "domainColor": "#9ca3af",
        "tickColor": "#9ca3af",
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": "#1f2937", "titleColor": "#4b5563", "titleFontWeight": "normal"},
}


def figure(spec: Json, *, width_px: int = WHOLE_PX, height_px: int | None = None) -> str:
    """Draw a chart as a figure of the page.

    Parameters
    ----------
    spec : mapping
        Vega-Lite specification.
    width_px, height_px : int
        Of the plot; the height of the specification unless told.
    """
    sized = dict(spec) | {"width": width_px, "autosize": {"type": "fit-x", "contains": "padding"}}
    if height_px is not None:
        sized["height"] = height_px
    svg = vl_convert.vegalite_to_svg(sized, config=_CONFIG)
    data = base64.b64encode(svg.encode()).decode()
    return f'<figure><img src="data:image/svg+xml;base64,{data}" alt=""></figure>\n'
