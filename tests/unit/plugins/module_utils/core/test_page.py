# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page's words: an operator knows at a glance what is up, what is broken, who is awaited."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.page import (
    headline,
    moment,
    page_view,
    shown,
    waited,
    worst,
)
from tests.fixtures.demo_run import NOON, papers


def view(name):
    return page_view(*papers(name))


@pytest.mark.parametrize(
    ("name", "tone", "words"),
    [
        pytest.param(
            "before the first run", "wait", "0 of 2 circuits in service", id="before the first run"
        ),
        pytest.param("in service", "good", "Both circuits are in service", id="all in service"),
        pytest.param(
            "failing",
            "bad",
            "1 of 2 circuits failing, 1 in service, awaiting own team",
            id="failing",
        ),
    ],
)
def test_the_headline_says_it_in_one_line(name, tone, words):
    assert view(name)["headline"] == words
    assert view(name)["tone"] == tone


def test_the_headline_names_everybody_who_is_awaited_once():
    circuits = papers("ordered")[0]["circuits"]
    someone = {"what": "it", "since": None}
    for number, who in ((0, "Equinix"), (1, "AWS")):
        circuits[number]["awaited"] = {"from": who, **someone}
    assert headline(circuits) == "0 of 2 circuits in service, awaiting Equinix and AWS"
    assert headline([*circuits, circuits[0]]).endswith("awaiting Equinix and AWS")


def test_the_headline_counts_in_words_that_fit():
    circuits = papers("in service")[0]["circuits"]
    assert headline([]) == "The estate declares no circuit"
    assert headline(circuits[:1]) == "The one circuit is in service"
    assert headline([*circuits, *circuits]) == "All 4 circuits are in service"


def test_the_worst_of_several_tones_is_the_page_s():
    assert worst(["good", "bad", "wait"]) == "bad"
    assert worst([]) == "none"


def test_the_steps_before_the_present_one_are_done():
    ordered = view("ordered")["circuits"][0]
    assert [step["mark"] for step in ordered["steps"]] == ["done"] * 2 + ["now"] + ["todo"] * 5
    assert ordered["step_name"] == "Order"
    assert {step["mark"] for step in view("in service")["circuits"][0]["steps"]} == {"done"}


def test_failed_checks_of_all_circuits_stand_together():
    assert [(one["circuit"], one["id"]) for one in view("failing")["failures"]] == [
        ("fra-a", "ping6")
    ]
    assert view("in service")["failures"] == []


def test_checks_stand_with_the_gravest_first_and_open_when_worth_a_look():
    fra, ams = view("failing")["circuits"]
    assert [one["verdict"] for one in fra["checks"]][:2] == ["fail", "na"]
    assert fra["noteworthy"]
    assert [count["words"] for count in ams["counts"]] == [
        "1 to look at",
        "1 not applicable",
        "3 passed",
    ]
    assert not view("in service")["circuits"][0]["noteworthy"]


def test_the_figures_lead_with_what_matters():
    def figures(name):
        return {one["name"]: (one["value"], one["note"]) for one in view(name)["figures"]}

    assert figures("in service") == {
        "Circuits in service": ("2 of 2", ""),
        "BGP sessions up at both ends": ("3 of 3", ""),
        "Checks": ("7 passed", "2 not applicable"),
        "Changed by this run": ("4 objects", "3 in AWS, 1 on routers"),
    }
    assert figures("failing")["Checks"] == (
        "1 failed",
        "1 to look at, 2 not applicable, 7 passed",
    )
    assert figures("ordered")["Checks"] == ("none made", "")


def test_each_wait_is_told_with_how_long_it_has_lasted():
    wait = view("ordered")["awaited"][1]
    assert wait["from"] == "AWS"
    assert wait["since"] == "19 November 2026, 10:00 UTC"
    assert wait["waited"] == "3 days"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        pytest.param("2026-11-20T11:00:00Z", "2 days", id="days"),
        pytest.param("2026-11-22T11:00:00Z", "1 hour", id="an hour"),
        pytest.param("2026-11-22T11:58:00Z", "2 minutes", id="minutes"),
        pytest.param("2026-11-22T11:59:30Z", "less than a minute", id="seconds"),
        pytest.param(None, "", id="not known"),
        pytest.param("2026-11-22T11:00:00", "", id="no time zone"),
        pytest.param("yesterday", "", id="no time at all"),
    ],
)
def test_a_wait_is_told_in_its_largest_unit(since, words):
    assert waited(since, NOON) == words


def test_a_time_is_told_as_people_read_it_and_otherwise_left_alone():
    assert moment(NOON) == "22 November 2026, 12:00 UTC"
    assert moment("soon") == "soon"
    assert moment(None) == ""


def test_values_of_every_kind_have_a_text():
    assert shown(None) == "\N{EM DASH}"
    assert shown([]) == "none"
    assert shown(["10.20.0.0/16", 3]) == "10.20.0.0/16, 3"
    assert shown(84) == "84"


def test_nothing_to_do_is_not_shown_as_something_to_do():
    assert view("in service")["circuits"][0]["next_action"] == ""
    assert view("ordered")["circuits"][0]["next_action"]


def test_addresses_stand_beside_the_ends_that_have_them():
    rows = view("in service")["circuits"][0]["sessions"]
    assert rows[1]["amazon_address"] == "2001:db8:ffff:1::1/125"
    assert rows[1]["interface"] == "eth1.101"
    assert (rows[1]["aws_tone"], rows[1]["router_tone"]) == ("good", "good")
    unknown = view("ordered")["circuits"][1]["sessions"][0]
    assert unknown["amazon_address"] == "\N{EM DASH}"
    assert unknown["aws_tone"] == "none"


def test_a_family_that_the_record_lacks_has_no_address():
    report, handover = papers("in service")
    handover["circuits"][0]["virtual_interfaces"][0]["peers"].pop()
    row = page_view(report, handover)["circuits"][0]["sessions"][1]
    assert row["customer_address"] == "\N{EM DASH}"


def test_a_certificate_is_dated_and_counted():
    certificate = view("one in service")["certificates"][0]
    assert certificate["issued_at"] == "22 November 2026, 12:00 UTC"
    assert [count["words"] for count in certificate["counts"]] == ["1 not applicable", "4 passed"]
