# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The FRR templates: attachments in, a candidate out, as in the golden files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from ansible_collections.crossconnect.dx.plugins.module_utils.device.drivers.frr import text

ROOT = Path(__file__).parents[5]
ROLE = ROOT / "roles/edge_router"
GOLDEN = ROOT / "tests/golden/frr"
CASES = sorted(folder.name for folder in GOLDEN.iterdir())


LOOKUP = "{{ lookup('template', 'frr/candidate.j2') }}"


def render(attachments):
    """As the role does it: by the lookup, from the role's folder."""
    variables = {"edge_router_attachments": attachments, "ansible_search_path": [str(ROLE)]}
    return Templar(DataLoader(), variables=variables).template(trust_as_template(LOOKUP))


def attachments_of(case):
    return yaml.safe_load((GOLDEN / case / "attachments.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_attachments_render_to_the_golden_candidate(case):
    expected = (GOLDEN / case / "candidate.conf").read_text(encoding="utf-8")
    assert render(attachments_of(case)) == expected


def statements(candidate):
    return [line for line in candidate.splitlines() if not line.lstrip().startswith("!")]


@pytest.mark.parametrize("case", CASES)
def test_the_candidate_stands_in_the_order_of_the_running_configuration(case):
    candidate = render(attachments_of(case))
    canonical = text.render(text.parse(candidate))
    assert statements(canonical) == statements(candidate)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param("ttl-security", id="TTL security"),
        pytest.param("ebgp-multihop", id="multihop"),
        pytest.param("graceful-restart", id="graceful restart beside BFD"),
        pytest.param("permit any", id="a list that lets all pass"),
        pytest.param(r"-OUT-V\d seq \d+ permit \S+ le", id="an outbound list that is not exact"),
        pytest.param(r"password (?!@@KEY:)", id="a key in clear"),
    ],
)
def test_the_candidate_never_holds(case, forbidden):
    assert not re.search(forbidden, render(attachments_of(case)))
