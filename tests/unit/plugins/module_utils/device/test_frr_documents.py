# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What vtysh answers to several questions at once is taken apart, or asked for one by one."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr.client import Agent

BROKEN = "% BGP instance not found\n"


class Router(Agent):
    """An agent whose vtysh has these answers, and stops at the first that is none."""

    def __init__(self, answers):
        self.answers = answers
        self.started = 0

    def call(self, operation, **arguments):
        assert operation == "run"
        return [self._vtysh(command) for command in arguments["commands"]]

    def _vtysh(self, command):
        self.started += 1
        out = ""
        for question in command[2::2]:
            out += self.answers[question]
            if self.answers[question] == BROKEN:
                return 1, out, ""
        return 0, out, ""


def test_one_vtysh_answers_all():
    router = Router({"a": '{"x": 1}\n', "b": "[]\n\n", "c": "{\n}\n"})
    assert router.documents("a", "b", "c") == [{"x": 1}, [], {}]
    assert router.started == 1


@pytest.mark.parametrize("answers", [(BROKEN, "[2]\n"), ("[1]\n", BROKEN), ("[1]\n", "")])
def test_what_is_no_document_takes_no_other_along(answers):
    router = Router(dict(zip("ab", answers, strict=True)))
    expected = [{} if text in {BROKEN, ""} else [int(text[1])] for text in answers]
    assert router.documents("a", "b") == expected
