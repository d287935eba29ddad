"""How the dashboard looks: legible in light and in dark, and an option of Streamlit each."""

import pytest
from streamlit import config

from dashboard.theme import DARK, LIGHT, THEME

AA_TEXT, AA_PARTS = 4.5, 3.0  # WCAG 2.2: 1.4.3 and 1.4.11


def luminance(colour):
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_and_controls_stand_out_from_both_grounds(colours):
    for ground in (colours["ground"], colours["surface"]):
        for text in ("text", "quiet", "link"):
            assert contrast(colours[text], ground) >= AA_TEXT, (text, ground)
        for part in ("primary", "edge", "warning"):
            assert contrast(colours[part], ground) >= AA_PARTS, (part, ground)
    assert contrast(colours["onprimary"], colours["primary"]) >= AA_TEXT
    assert contrast(colours["line"], colours["ground"]) < AA_PARTS  # it only separates


def test_every_option_of_the_theme_is_one_of_streamlit():
    assert THEME.keys() <= config._config_options_template.keys()
