# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGKILL at every call that changes something: nothing is made twice, and nothing gets lost.

The model of AWS holds the call, either before it acts (and it never will) or after it has acted and
before it answers; the module's process is killed while it waits. The next run is held at its own
first change, and so on, until a run finds nothing to do.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import yaml

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import run_module
from tests.fixtures.kills import kill_at_every_change
from tests.fixtures.living import living

DEMO = Path(__file__).parents[4] / "inventories/lab/group_vars/all/estate.yml"
CONSENT = {"state": "absent", "consent": ["fra-a", "ams-a"]}


def demo():
    """Return the demo's estate, its keys filled in."""
    text = re.sub(r"\{\{ vault_dx_keys\['(.+)'\] \}\}", r"key-of-\1", DEMO.read_text())
    return yaml.safe_load(text)["dx_estate"]


def reconcile(model, **options):
    return run_module(estate.main, estate=demo(), account="network", **model.options(), **options)


def kill_runs(model, **options):
    """Kill runs at every change; whatever is ordered meanwhile gets its cable."""
    return kill_at_every_change(
        model,
        estate.main,
        between=lambda: model.patch(*(thing["name"] for thing in model.ask("connections"))),
        estate=demo(),
        account="network",
        **options,
    )


ALL = {
    *("connection fra-a", "connection ams-a", "gateway core", "gateway legacy"),
    *("association core", "association legacy", "interface fra-a-transit"),
    *("interface ams-a-transit", "interface fra-a-private", "peer fra-a-private ipv4"),
    *(
        f"peer {name}-transit {family}"
        for name in ("fra-a", "ams-a")
        for family in ("ipv4", "ipv6")
    ),
}


def test_a_run_killed_at_any_change_is_completed_by_the_next_with_nothing_twice(aws_model):
    planned = run_module(
        estate.main, check=True, estate=demo(), account="network", **aws_model.options()
    )["plan"]

    changes = kill_runs(aws_model)

    exists = living(aws_model)
    assert (exists - Counter(ALL), ALL - set(exists)) == (Counter(), set()), "twice, or lost"
    assert len(changes) == len(planned)
    done = reconcile(aws_model)
    assert (done["changed"], done["plan"], done["awaited"]) == (False, [], [])


def test_a_demolition_killed_at_any_change_is_completed_by_the_next(aws_model):
    reconcile(aws_model)
    aws_model.patch("fra-a", "ams-a")
    assert len(reconcile(aws_model)["observed"]["virtual_interfaces"]) == 3

    changes = kill_runs(aws_model, **CONSENT)

    assert Counter(changes) == {
        "DeleteVirtualInterface": 3,
        "DeleteDirectConnectGatewayAssociation": 2,
        "DeleteDirectConnectGateway": 2,
        "DeleteConnection": 2,
        "DeleteResiliencyGroup": 1,
    }
    assert living(aws_model) == Counter()
    assert reconcile(aws_model, **CONSENT)["changed"] is False
