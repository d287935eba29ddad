"""How the dashboard looks: legible in light and in dark, and an option of Streamlit each."""

import pytest
from streamlit import config

from dashboard.theme import CHOSEN_TEXT_SHARE, DARK, LIGHT, THEME, stylesheet

CAPTION = 0.6  # how opaque Streamlit writes captions and placeholders
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
        for text in ("text", "quiet", "link", "warning"):
            assert contrast(colours[text], ground) >= AA_TEXT, (text, ground)
        caption = mix(colours["text"], ground, CAPTION)
        assert contrast(caption, ground) >= AA_TEXT, ground
        for part in ("primary", "edge"):
            assert contrast(colours[part], ground) >= AA_PARTS, (part, ground)
    assert contrast(colours["onprimary"], colours["primary"]) >= AA_TEXT
    assert contrast(colours["line"], colours["ground"]) < AA_PARTS  # it only separates


def test_every_option_of_the_theme_is_one_of_streamlit():
    assert THEME.keys() <= config._config_options_template.keys()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_chosen_stands_out_as_text_does(colours):
    share = f"currentcolor {CHOSEN_TEXT_SHARE:.0%}, {DARK['primary']}"
    assert share in stylesheet()
    mixed = mix(colours["text"], DARK["primary"], CHOSEN_TEXT_SHARE)
    for ground in (colours["ground"], colours["surface"]):
        assert contrast(mixed, ground) >= AA_TEXT


def mix(one, other, share):
    parts = ((int(one[k : k + 2], 16), int(other[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in parts)
