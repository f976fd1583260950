# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser shows the page whole: no complaint, nothing cut off, readable on any device."""

import pytest

from ansible_collections.crossconnect.dx.plugins.plugin_utils.report_page import render_page
from tests.fixtures.browser import BROWSER, DRIVER, browser
from tests.fixtures.demo_run import MOMENTS, papers

pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="chromium and chromium-driver are not installed"
)

WIDER_THAN_THE_PAGE = """
const width = document.documentElement.clientWidth;
return [...document.body.querySelectorAll("*:not(.unseen)")]
  .filter(one => !one.closest(".unseen") && !one.closest("thead"))
  .filter(one => one.getBoundingClientRect().right > width + 0.5)
  .map(one => one.tagName + " " + one.textContent.trim().slice(0, 40));
"""

# The contrast of every text against what is painted behind it, as WCAG 2 counts it.
FAINT_TEXTS = """
const parts = colour => colour.match(/[\\d.]+/g).map(Number);
const light = colour => {
  const [r, g, b] = parts(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const paper = one => {
  for (; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if ((parts(colour)[3] ?? 1) > 0) return colour;
  }
  return "rgb(255, 255, 255)";
};
const texts = [...document.body.querySelectorAll("*")].filter(one =>
  [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
return texts.map(one => {
  const [a, b] = [light(getComputedStyle(one).color), light(paper(one))].sort((x, y) => y - x);
  return [(a + 0.05) / (b + 0.05), one.textContent.trim().slice(0, 40)];
}).filter(([contrast]) => contrast < 4.5);
"""


@pytest.fixture(scope="module")
def shown():
    with browser() as opened:
        yield opened


@pytest.fixture(params=MOMENTS)
def page(request, shown, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(render_page(*papers(request.param)))
    shown.emulate()
    shown.console()
    shown.open(file)
    return shown


def test_the_browser_has_nothing_to_complain_of(page):
    assert page.console() == []
    assert page.run("return document.compatMode") == "CSS1Compat"
    assert page.run("return performance.getEntriesByType('resource').map(one => one.name)") == []


@pytest.mark.parametrize("width", [375, 768, 1280])
def test_nothing_is_cut_off_at_any_width(page, width):
    page.emulate(width=width)
    page.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.run("return document.documentElement.scrollWidth") <= width
    assert page.run(WIDER_THAN_THE_PAGE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page, scheme):
    page.emulate(scheme=scheme)
    assert page.run(FAINT_TEXTS) == []


def test_the_two_schemes_differ(page):
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate(scheme=scheme)
        grounds.append(page.run("return getComputedStyle(document.body).backgroundColor"))
    assert len(set(grounds)) == 2


def test_the_first_screen_says_what_is_up_and_who_is_awaited(shown, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(render_page(*papers("ordered")))
    shown.emulate()
    shown.open(file)
    seen = shown.run(
        "return [...document.querySelectorAll('h1, #awaited, main table tbody th')].slice(0, 3)"
        ".map(one => [one.innerText, one.getBoundingClientRect().bottom])"
    )
    assert seen[0][0].startswith("0 of 2 circuits in service, awaiting ")
    assert seen[0][0].endswith(" and AWS")
    assert seen[1][0] == "Who is awaited"
    assert all(bottom < 800 for _, bottom in seen)


def test_paper_shows_the_checks_that_the_screen_folds_away(shown, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(render_page(*papers("in service")))
    shown.open(file)
    visible = "return document.querySelector('details td').checkVisibility()"
    shown.emulate()
    assert shown.run(visible) is False
    shown.emulate(media="print")
    assert shown.run(visible) is True
