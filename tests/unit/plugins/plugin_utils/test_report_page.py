# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page stands alone, is well made for people and machines, and escapes what it shows."""

import copy
import re
from html.parser import HTMLParser

import pytest

from ansible_collections.crossconnect.dx.plugins.plugin_utils.report_page import render_page
from tests.fixtures.demo_run import KEY, MOMENTS, papers

VOID = {"meta", "link", "br"}


class Reader(HTMLParser):
    """Keeps what a page is made of, and whether every element that opens also closes."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.text = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(params=MOMENTS)
def page(request):
    return render_page(*papers(request.param))


def test_every_element_is_closed_and_no_id_is_given_twice(page):
    reader = Reader(page)
    assert reader.open == []
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in reader.tags:
        assert attributes.get("aria-labelledby", ids[0]) in ids


def test_the_page_needs_nothing_beside_itself(page):
    assert not re.search(r"https?:|//[a-z]|@import|url\(|<script|src=", page)
    assert [link["href"] for link in Reader(page).all("link")] == ["data:,"]


def test_the_page_has_a_language_a_title_and_one_first_heading(page):
    reader = Reader(page)
    assert reader.all("html")[0]["lang"] == "en"
    assert re.search(r"<title>demo: .+</title>", page)
    assert len(reader.all("h1")) == 1
    assert len(reader.all("main")) == 1


def test_every_table_has_a_caption_and_headings_with_a_scope(page):
    reader = Reader(page)
    assert len(reader.all("table")) == len(reader.all("caption"))
    assert all(heading["scope"] in ("col", "row") for heading in reader.all("th"))


def test_the_key_facts_are_on_the_page():
    text = " ".join("".join(Reader(render_page(*papers("one in service"))).text).split())
    for fact in (
        "1 of 2 circuits in service",
        "fra-a",
        "EqAM3",
        "dxcon-ffabc123",
        "dxvif-ffaa1111",
        "169.254.101.1/30",
        "2001:db8:ffff:1::2/125",
        "0 % of 20 lost, round trip min/avg/max 0.31/0.42/0.77 ms",
        "Step 3 of 8: Order.",
        "3 days",
        "for high-resiliency: a circuit at a second location",
        "Circuit fra-a is in service",
    ):
        assert fact in text


def test_only_circuits_in_service_have_a_certificate():
    assert "Turn-up certificates" not in render_page(*papers("ordered"))
    assert render_page(*papers("in service")).count('class="card certificate') == 2


def test_no_key_is_on_the_page(page):
    assert KEY not in page


def test_what_comes_from_the_world_is_escaped():
    report, handover = copy.deepcopy(papers("failing"))
    report["circuits"][0]["checks"][-1]["measured"] = "<script>alert('x')</script> & more"
    page = render_page(report, handover)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; more" in page


def test_an_estate_without_circuits_has_a_page():
    report, handover = papers("ordered")
    page = render_page(report | {"circuits": []}, handover | {"circuits": []})
    assert "The estate declares no circuit" in page
