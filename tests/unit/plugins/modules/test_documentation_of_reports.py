# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules say of their options is what they take."""

import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.action import report as report_action
from ansible_collections.crossconnect.dx.plugins.modules import path_test, report

CASES = [
    pytest.param(path_test.DOCUMENTATION, path_test.ARGUMENT_SPEC, id="path_test"),
    pytest.param(report.DOCUMENTATION, report_action.ARGUMENT_SPEC, id="report"),
]


def documented(options):
    """Return the argument spec that a documentation promises."""
    spec = {}
    for name, option in options.items():
        spec[name] = {
            key: option[key] for key in ("type", "elements", "choices", "default") if key in option
        }
        if option.get("required"):
            spec[name]["required"] = True
        if "suboptions" in option:
            spec[name]["options"] = documented(option["suboptions"])
    return spec


@pytest.mark.parametrize(("documentation", "spec"), CASES)
def test_every_option_is_documented_as_it_is_taken(documentation, spec):
    assert documented(yaml.safe_load(documentation)["options"]) == spec


@pytest.mark.parametrize("text", [path_test, report])
def test_examples_and_returns_are_yaml(text):
    assert yaml.safe_load(text.EXAMPLES)
    assert yaml.safe_load(text.RETURN)
