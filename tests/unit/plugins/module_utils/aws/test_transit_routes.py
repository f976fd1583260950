# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attachments of transit gateways, which EC2 may show later than Direct Connect makes them."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.errors import AwsError
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.executor import Executor
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.session import SESSION_SPEC, Aws
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.waits import Patience
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import (
    Action,
    Plan,
    Reference,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.drift import given
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import Snapshot


def test_an_attachment_that_does_not_show_is_told_in_a_sentence(aws_model):
    aws = Aws({**dict.fromkeys(SESSION_SPEC), "validate_certs": True, **aws_model.options()})
    aws.reader("ec2").describe_vpcs()  # to make the client takes seconds on a busy machine
    action = Action(
        verb="create",
        kind="transit_route_table",
        name="core/tgw-core",
        parents=(
            Reference(kind="gateway", name="core", id="00000000-0000-0000-0000-000000000001"),
            Reference(kind="target", name="tgw-core", id="tgw-00000000000000001"),
        ),
        changes=given(route_table="tgw-rtb-00000000000000001"),
    )
    plan = Plan(account="network", estate="acme", actions=(action,))

    with pytest.raises(AwsError) as caught:
        Executor(aws, plan, Snapshot(), Patience()).run()

    assert str(caught.value) == (
        "create transit_route_table core/tgw-core: EC2 does not show the transit gateway's "
        "attachment of this gateway: run again"
    )
    assert caught.value.result == {"done": [], "changed": False}
    assert aws.calls["DescribeTransitGatewayAttachments"] > 1
    assert aws_model.changes() == []
