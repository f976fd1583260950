# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a router says of a command that it does not take is told from what it answers."""

from __future__ import annotations

import pytest
from napalm.base.exceptions import CommandErrorException

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.show import (
    forbidden,
    refused,
    told,
)

INVALID = "show nonsense\n     ^\n% Invalid input detected at '^' marker.\n"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(INVALID, "% Invalid input detected at '^' marker.", id="IOS"),
        pytest.param("% Incomplete command.", "% Incomplete command.", id="IOS, too short"),
        pytest.param('% Ambiguous command:  "sh i"', '% Ambiguous command:  "sh i"', id="IOS, two"),
        pytest.param(
            "\n% Invalid command at '^' marker.\n",
            "% Invalid command at '^' marker.",
            id="NX-OS",
        ),
        pytest.param(
            "Syntax error while parsing 'show x'",
            "Syntax error while parsing 'show x'",
            id="NX-OS 9",
        ),
        pytest.param("% Unknown command: show x", "% Unknown command: show x", id="FRR"),
        pytest.param("% Command incomplete.", "% Command incomplete.", id="FRR, too short"),
        pytest.param(
            "% Permission denied for the role", "% Permission denied for the role", id="NX-OS role"
        ),
        pytest.param(
            "Command authorization failed.", "Command authorization failed.", id="IOS TACACS"
        ),
    ],
)
def test_a_refusal_is_told_in_the_router_s_words(answer, words):
    assert refused(answer) == words


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("", id="nothing to show"),
        pytest.param("% BGP instance not found", id="none there"),
        pytest.param("% Network not in table", id="no route"),
        pytest.param("banner motd ^C\n line\n line\n% Invalid input\n^C", id="a banner"),
        pytest.param("Nov 24 02:00:01 edge: % Invalid input detected", id="a log"),
        pytest.param(" description authorization failed here", id="a description"),
    ],
)
def test_an_answer_is_no_refusal(answer):
    assert refused(answer) == ""


def test_what_a_user_may_not_ask_is_told_from_what_is_unknown():
    assert forbidden("% Permission denied for the role") != ""
    assert forbidden(INVALID) == ""


def test_all_commands_that_were_refused_are_named():
    answers = {"show a": INVALID, "show version": "15.2", "show b": "% Incomplete command."}
    with pytest.raises(CommandErrorException) as raised:
        told(answers)
    assert str(raised.value) == (
        "show a: % Invalid input detected at '^' marker.; show b: % Incomplete command."
    )


def test_answers_stay_as_they_are():
    assert told({"show version": "15.2\n"}) == {"show version": "15.2\n"}
