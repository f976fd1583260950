# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module loa: a letter, saved once."""

from __future__ import annotations

from stat import S_IMODE

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import connection, loa
from tests.fixtures.aws_model import run_module


@pytest.fixture
def dest(aws_model, tmp_path):
    """Order a port, and return where its letter goes."""
    run_module(
        connection.main,
        name="fra-a",
        location="EqFA5",
        bandwidth="10Gbps",
        **aws_model.options(),
    )
    aws_model.forget_calls()
    return tmp_path / "loa-fra-a.pdf"


def fetch(model, dest, **options):
    return run_module(
        loa.main, **{"connection": "fra-a", "dest": str(dest), **model.options(), **options}
    )


def test_the_letter_is_saved_for_its_owner_only(aws_model, dest):
    result = fetch(aws_model, dest)

    assert (result["changed"], result["issued"], result["connection_state"]) == (
        True,
        True,
        "pending",
    )
    assert dest.read_bytes().startswith(b"%PDF-")
    assert S_IMODE(dest.stat().st_mode) == 0o600
    assert [path.name for path in dest.parent.iterdir()] == [dest.name]


def test_a_letter_that_is_there_costs_no_call(aws_model, dest):
    fetch(aws_model, dest)
    aws_model.forget_calls()

    result = fetch(aws_model, dest)

    assert (result["changed"], aws_model.calls()) == (False, [])


def test_force_issues_the_letter_anew(aws_model, dest):
    fetch(aws_model, dest)

    assert fetch(aws_model, dest, force=True, mode="0640")["changed"]
    assert S_IMODE(dest.stat().st_mode) == 0o640
    assert aws_model.calls().count("DescribeLoa") == 2


def test_check_mode_predicts_and_does_not_issue(aws_model, dest):
    result = fetch(aws_model, dest, check=True)

    assert (result["changed"], dest.exists()) == (True, False)
    assert "DescribeLoa" not in aws_model.calls()


@pytest.fixture
def just_ordered(aws_model, dest):
    """Return where the letter goes, at a moment at which AWS still works on the order."""
    aws_model.let_time_pass(-60)
    yield dest
    aws_model.let_time_pass(60)


def test_a_letter_that_is_not_issued_yet_is_no_failure(aws_model, just_ordered):
    result = fetch(aws_model, just_ordered)

    assert (result["changed"], result["issued"], result["connection_state"]) == (
        False,
        False,
        "requested",
    )
    assert "DescribeLoa" not in aws_model.calls()


def test_an_unknown_connection_is_an_error(aws_model, dest):
    assert fetch(aws_model, dest, connection="fra-z")["msg"] == (
        "there is no connection fra-z in this account: order it"
    )


def test_a_missing_directory_is_an_error_before_the_letter_is_issued(aws_model, dest):
    result = fetch(aws_model, dest.parent / "nowhere" / "loa.pdf")

    assert result["msg"] == f"there is no directory {dest.parent / 'nowhere'}: make it first"
    assert "DescribeLoa" not in aws_model.calls()


def test_a_mode_that_yaml_has_made_a_number_of_is_an_error_before_the_letter_is_issued(
    aws_model, dest
):
    result = fetch(aws_model, dest, mode="384")

    assert result["msg"] == "mode 384 is not octal: write it in quotes, as '0600'"
    assert aws_model.calls() == []


def test_what_keeps_from_aws_is_told_in_a_sentence(aws_model, dest, monkeypatch):
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "EC2_REGION"):
        monkeypatch.delenv(name, raising=False)

    result = fetch(aws_model, dest, region=None)

    assert result["msg"] == "talk to AWS: there is no Region; set region or AWS_REGION"


def test_in_check_mode_the_directory_may_be_yet_to_be_made(aws_model, dest):
    result = fetch(aws_model, dest.parent / "loa" / dest.name, check=True)

    assert (result.get("msg"), result["changed"]) == (None, True)
    assert list(dest.parent.iterdir()) == []


def test_a_place_that_cannot_be_written_is_one_sentence_and_leaves_nothing(aws_model, dest):
    dest.mkdir()

    result = fetch(aws_model, dest, force=True)

    assert result["failed"]
    assert result["msg"].startswith("this control node: ")
    assert str(dest) in result["msg"]
    assert [path.name for path in dest.parent.iterdir()] == [dest.name]
