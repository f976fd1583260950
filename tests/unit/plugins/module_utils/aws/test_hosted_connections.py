# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which ports are asked what they host, and what a refusal means."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.hosted_connections import (
    read_all_hosted,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.session import SESSION_SPEC, Aws
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Estate,
    HostedConnection,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import FoundConnection

GIVEN = HostedConnection(
    name="cust", account="partner", on="nni", owner="1", bandwidth="50Mbps", vlan=1
)
ESTATE = Estate(name="acme", hosted_connections=(GIVEN,))


@pytest.fixture
def aws(aws_model):
    """Return an account of the model in which none of these ports is."""
    return Aws({**dict.fromkeys(SESSION_SPEC), **aws_model.options()})


def port(name, **changes):
    return FoundConnection(
        id=f"dxcon-{name}",
        name=name,
        state="available",
        location="EqFA5",
        bandwidth="10Gbps",
        **changes,
    )


def test_an_ordinary_port_that_aws_does_not_answer_for_hosts_nothing(aws, aws_model):
    assert read_all_hosted(aws, Estate(name="acme"), [port("plain")]) == ()
    assert aws_model.calls() == ["DescribeInterconnects", "DescribeHostedConnections"]


def test_a_port_that_the_estate_names_must_be_answered_for(aws):
    with pytest.raises(ClientError, match="doesn't exist"):
        read_all_hosted(aws, ESTATE, [port("nni")])


def test_what_is_hosted_itself_or_in_a_lag_is_not_asked(aws, aws_model):
    read_all_hosted(aws, Estate(name="acme"), [port("part", vlan=3), port("m", lag_id="dxlag-1")])

    assert aws_model.calls() == ["DescribeInterconnects"]


def test_a_failure_is_no_refusal(aws, aws_model):
    aws_model.break_call("DescribeHostedConnections", "error-before", count=20)

    with pytest.raises(ClientError):
        read_all_hosted(aws, Estate(name="acme"), [port("plain")])
