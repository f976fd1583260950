# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random estates over the model: good ones come true, bad ones are told and cost no call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import hypothesis
from hypothesis import HealthCheck, given, settings

from ansible_collections.crossconnect.dx.plugins.modules import estate_info
from tests.fixtures.aws_model import run_module

from .ground import Verdict, finish, reconcile
from .sight import KEYS
from .stories import Phase
from .strategies import estates, littered, mutants
from .strategies_ports import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fixtures.aws_model import AwsModel

# What Ansible says of a text in the place of an object, before any code of ours runs.
NO_MAPPING = "dictionary requested, could not parse JSON or key=value"
# What the account has not is told once it has been looked at.
NOT_THERE = "there is no virtual private gateway"
LINE = re.compile(r"[a-z_]+[\w.\[\] -]*: .+")


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[
            hypothesis.Phase.generate
        ],  # each example is a story with a server: shrinking takes too long
        suppress_health_check=list(HealthCheck),
    )


def good(model: AwsModel, examples: int) -> Verdict:
    """Plan, apply, plan again: the second plan is empty, and all is there once."""
    verdict = Verdict()

    @_settings(examples)
    @given(estates())
    def live(document: dict[str, Any]) -> None:
        model.reset()
        phase = Phase(name="random", wanted=document)
        planned = reconcile(model, phase, ACCOUNT, check=True)
        assert not planned.get("failed"), planned["msg"]
        verdict.judge(str(document), model, phase, finish(model, phase))
        verdict.unfinished += import_plans(model, document["name"])

    live()
    return verdict


def import_plans(model: AwsModel, name: str, account: str = ACCOUNT) -> Iterator[str]:
    """Import all that is there, feed it back, and yield what is planned then: nothing."""
    given = {"estate": {"name": name}, "account": account, "everything": True}
    told = run_module(estate_info.main, **model.options(KEYS[account]), **given)
    again = _run(model, told["document"], account, check=True)
    if not told["document"].get("connections"):
        yield f"nothing is imported: {told['notes']}"
    if again.get("failed") or again["plan"]:
        yield f"imported {told['document']}: {again.get('msg') or again['plan_text']}"


def bad(model: AwsModel, examples: int) -> int:
    """Tell path and rule of what is wrong, with no traceback and no call; return how many were."""
    count = 0
    model.reset()

    @_settings(examples)
    @given(mutants())
    def tell(drawn: tuple[dict[str, Any], str, str]) -> None:
        nonlocal count
        document, path, words = drawn
        message = refused(model, document)
        assert path in message, (path, message)
        assert words in message, (words, message)
        assert all(LINE.fullmatch(line) for line in message.splitlines()), message
        count += 1

    tell()
    return count


def junk(model: AwsModel, examples: int) -> int:
    """Throw junk into one place: it is told by name, or it is no junk there; return the refused.

    Ansible itself tells some of it, by the names of the options that lead to the place. An empty
    section is told where others refer to what it does not hold.
    """
    count = 0
    model.reset()

    @_settings(examples)
    @given(littered())
    def throw(drawn: tuple[dict[str, Any], str]) -> None:
        nonlocal count
        document, name = drawn
        model.forget_calls()
        result = _run(model, document, check=True)
        if result.get("failed"):
            assert not model.calls() or NOT_THERE in result["msg"], result["msg"]
            assert "Traceback" not in str(result), result
            lines = result["msg"].splitlines()
            ours = name in result["msg"] or all(map(LINE.fullmatch, lines))
            assert ours or lines == [NO_MAPPING] or NOT_THERE in lines[0], (name, lines)
            count += 1

    throw()
    return count


def refused(model: AwsModel, document: dict[str, Any]) -> str:
    """Return what the module says of a document that it must refuse without a call."""
    model.forget_calls()
    result = _run(model, document)
    assert result.get("failed"), "it was accepted"
    assert model.calls() == [], "a validation error cost a call"
    assert "Traceback" not in str(result), result
    message: str = result["msg"]
    return message


def _run(
    model: AwsModel, document: dict[str, Any], account: str = ACCOUNT, **options: Any
) -> dict[str, Any]:
    return reconcile(model, Phase(name="random", wanted=document), account, **options)
