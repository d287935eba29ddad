"""Pages in a browser: when they stand still, pictures of them, texts that are cut."""

import os

from playwright.sync_api import expect

PATIENCE_MS = 60_000
WIDE, NARROW, HEIGHT = 1280, 800, 900
expect.set_options(timeout=PATIENCE_MS)


def go_to(page, section, title):
    """Choose a page from the menu."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
    page.get_by_role("menuitem", name=title, exact=True).click()


def settled(page):
    """Wait until no run is going on, nothing is a grey bar yet, and charts are drawn.

    What is under a closed tab is not waited for.
    """
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE_MS
    )
    page.wait_for_function(
        """() => ![...document.querySelectorAll('[data-testid=stSkeleton]')]
                 .some(bar => bar.offsetParent)"""
    )
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
                 .every(chart => !chart.offsetParent || chart.querySelector('canvas, svg'))"""
    )
    page.wait_for_timeout(500)
    assert page.get_by_text("Something went wrong on this page").count() == 0


def in_both_looks(page):
    """Show an open page wide and light, then narrow and dark; back at the end.

    Whether a text is cut depends on the width alone, whether it is faint on the scheme.
    """
    for scheme, width in (("light", WIDE), ("dark", NARROW)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        settled(page)
        yield scheme, width
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})


def shoot(page, file):
    """Take a picture of the whole page: Streamlit scrolls inside, so the window is made to fit."""
    width = fit(page)
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    page.set_viewport_size({"width": width, "height": HEIGHT})


def fit(page):
    """Make the window as high as the page; charts are drawn only then, and add to it."""
    width, height = page.viewport_size["width"], HEIGHT
    for _ in range(5):
        settled(page)
        needed = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        if needed <= height:
            break
        height = needed
        page.set_viewport_size({"width": width, "height": height})
    return width


def cut_texts(page):
    """Texts on the page that their box shows only in part; tables scroll and are left out."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] *')]
                 .filter(e => e.offsetParent && e.clientWidth && e.scrollWidth > e.clientWidth + 1
                              && getComputedStyle(e).overflowX !== 'visible'
                              && !e.closest('[data-testid=stDataFrame]') && e.textContent)
                 .map(e => e.textContent)"""
    )


def nameless(page):
    """What can be used on the page but has no name for who cannot see it; tables have their own."""
    return page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, textarea, a[href]')]
                 .filter(e => e.offsetParent && e.type !== 'hidden' && e.tabIndex >= 0
                              && !e.closest('[data-testid=stDataFrame]'))
                 .filter(e => !(e.ariaLabel || '').trim() && !e.getAttribute('aria-labelledby')
                              && ![...(e.labels || [])].some(label => label.textContent.trim())
                              && !e.textContent.trim() && !e.title)
                 .map(e => e.outerHTML.slice(0, 200))"""
    )


def faint(page):
    """Texts below the contrast of WCAG 2.2, 1.4.3 (4.5, of large letters 3), with their contrast.

    Charts and tables are drawn, not written, and are left out; so is what cannot be used now.
    """
    return page.evaluate(
        r"""() => {
            const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
            const pixel = (grounds, letters = 'transparent', opacity = 1) => {
                canvas.clearRect(0, 0, 1, 1);
                for (const [colour, alpha] of
                        [...grounds.map(ground => [ground, 1]), [letters, opacity]]) {
                    canvas.globalAlpha = alpha;
                    canvas.fillStyle = colour;
                    canvas.fillRect(0, 0, 1, 1);
                }
                return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
            };
            const light = rgb => {
                const linear = rgb.map(part => part / 255).map(
                    part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
            };
            const grounds = element => {
                const layers = [];
                for (let at = element; at; at = at.parentElement)
                    if (!at.querySelector(':scope > [data-testid=stSliderThumbValue]'))
                        layers.unshift(getComputedStyle(at).backgroundColor);
                return ['white', ...layers];
            };
            const opacity = element => element
                ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
            const unusable = element => element.closest('label')
                ?.closest('[data-testid=stElementContainer]')?.querySelector(':disabled');
            const found = [];
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const text = texts.currentNode.textContent.trim();
                const element = texts.currentNode.parentElement;
                const hidden = !element.checkVisibility({opacityProperty: true})
                    || element.closest('script, style, noscript, svg, :disabled,'
                        + ' [aria-disabled=true], [data-testid=stDataFrame],'
                        + ' [data-testid=stVegaLiteChart], [data-testid=stIconMaterial]');
                if (!text || hidden || unusable(element)) continue;
                const style = getComputedStyle(element);
                const below = grounds(element);
                const [dark, bright] = [
                    pixel(below), pixel(below, style.color, opacity(element))]
                    .map(light).sort((one, other) => one - other);
                const contrast = (bright + 0.05) / (dark + 0.05);
                const large = parseFloat(style.fontSize) >= 24
                    || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
                if (contrast < (large ? 3 : 4.5) - 0.005)
                    found.push(`${contrast.toFixed(2)} ${text.slice(0, 60)}`);
            }
            return found;
        }"""
    )


def shoot_for_readme(page, file):
    """With UPDATE_SCREENSHOT=1, take a picture of a page down to the end of its first chart."""
    if os.environ.get("UPDATE_SCREENSHOT") != "1":
        return
    fit(page)
    chart = page.get_by_test_id("stVegaLiteChart").first.bounding_box()
    clip = {"x": 0, "y": 0, "width": WIDE, "height": chart["y"] + chart["height"]}
    page.screenshot(path=file, clip=clip)
