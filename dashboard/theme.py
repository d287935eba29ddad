"""How the dashboard looks, in light and in dark: colours, logo, Streamlit's options.

Colours are those of Okabe and Ito (2008), which people who see colours differently tell apart;
text and controls keep the contrast of WCAG 2.2, level AA.
"""

from __future__ import annotations

LIGHT = {
    "ground": "#FFFFFF",
    "surface": "#F4F6F9",
    "text": "#10151F",
    "quiet": "#5A6475",
    "line": "#D9DEE6",
    "edge": "#7A8496",
    "primary": "#0072B2",
    "onprimary": "#FFFFFF",
    "link": "#00619A",
    "warning": "#A34000",
}
DARK = {
    "ground": "#12161D",
    "surface": "#1B212B",
    "text": "#EEF1F6",
    "quiet": "#A9B3C3",
    "line": "#323B49",
    "edge": "#77829A",
    "primary": "#1F7BBF",
    "onprimary": "#FFFFFF",
    "link": "#7CC4F0",
    "warning": "#F0A04B",
}

_BARS = (
    '<rect x="2" y="11" width="7" height="10" rx="1.5" fill="#0072B2"/>'
    '<rect x="11" y="4" width="7" height="17" rx="1.5" fill="#D55E00"/>'
    '<path d="M1.5 23h18" stroke="#8A93A3" stroke-width="1.6" stroke-linecap="round"/>'
)
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 25" width="21" height="25">'
    f"{_BARS}</svg>"
)
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 24" width="128" height="24" '
    f'role="img" aria-label="crewquote">{_BARS}'
    '<text x="27" y="18" font-family="system-ui, sans-serif" font-size="17" font-weight="650" '
    'fill="#5B7FA6">crewquote</text></svg>'
)


def _streamlit(base: str, colours: dict[str, str]) -> dict[str, object]:
    return {
        f"theme.{base}.primaryColor": colours["primary"],
        f"theme.{base}.backgroundColor": colours["ground"],
        f"theme.{base}.secondaryBackgroundColor": colours["surface"],
        f"theme.{base}.textColor": colours["text"],
        f"theme.{base}.linkColor": colours["link"],
        f"theme.{base}.borderColor": colours["line"],
        f"theme.{base}.orangeTextColor": colours["warning"],
    }


THEME: dict[str, object] = {
    "theme.baseRadius": "0.4rem",
    "theme.showWidgetBorder": True,
    **_streamlit("light", LIGHT),
    **_streamlit("dark", DARK),
}


# Half the colour of text, which is light on a dark ground and dark on a light one.
CHOSEN_TEXT_SHARE = 0.5
_CHOSEN = (
    '[data-testid="stTab"][aria-selected="true"]',
    '[data-testid="stSliderThumbValue"]',
    '[data-variant="segmented_control"][data-selected="true"]',
    '[data-variant="pills"][data-selected="true"]',
)


def stylesheet() -> str:
    """Rules for what Streamlit has no option for.

    It writes the name of an open tab, and other things chosen, in the primary colour, which must be
    dark enough for white letters on a button and so is too dark for letters on a dark ground. Here
    they take the colour of text, half of it; a person may change the theme without a run.
    """
    mixed = f"color-mix(in srgb, currentcolor {CHOSEN_TEXT_SHARE:.0%}, {DARK['primary']})"
    own = ", ".join(_CHOSEN)
    letters = ", ".join(f"{one} p" for one in _CHOSEN)
    return f"<style>{own} {{color: inherit !important}} {letters} {{color: {mixed}}}</style>"
