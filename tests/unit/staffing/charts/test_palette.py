"""Colours of charts: seen on both pages, told apart by everybody."""

from itertools import combinations

import numpy as np
import pytest

from staffing.charts.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SERIES

WHITE, DARK = "#FFFFFF", "#12161D"
# Machado, Oliveira and Fernandes (2009): what eyes without one kind of cone see, in linear RGB.
EYES = {
    "all cones": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE_POINT = np.array([0.9505, 1.0, 1.089])


def linear(colour):
    values = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """Of WCAG 2.2."""
    dark, light = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(seen):
    ratio = TO_XYZ @ np.clip(seen, 0, 1) / WHITE_POINT
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def nearest(colours):
    """Smallest difference (CIE 1976) of two of the colours, to the eyes that see least of it."""
    return min(
        float(np.linalg.norm(lab(eyes @ linear(one)) - lab(eyes @ linear(other))))
        for eyes in EYES.values()
        for one, other in combinations(colours, 2)
    )


@pytest.mark.parametrize("colour", sorted({*SERIES, GREY, RED}))
def test_every_colour_stands_out_from_both_pages(colour):
    assert contrast(colour, WHITE) >= 3
    assert contrast(colour, DARK) >= 3


def test_a_colour_may_fail_to_stand_out():
    assert contrast("#F0E442", WHITE) < 3  # the yellow of Okabe and Ito, for dark pages only


def test_colours_are_told_apart_by_all_eyes():
    assert nearest([BLUE, ORANGE, GREEN, PURPLE, RED]) > 15
    assert nearest(SERIES) > 8
    assert nearest([RED, "#C0392B"]) < 15
