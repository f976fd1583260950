# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation of the model, held against botocore's own description of the service.

The answers to good calls are held against it in conftest.py: raw, member by member, type by type,
enum by enum. Here each operation is called well, and badly in each way that the description rules
out.
"""

from __future__ import annotations

import re
from copy import deepcopy

import pytest
from botocore import xform_name

from lab.aws import service  # noqa: F401 - registers every operation
from lab.aws.request import OPERATIONS
from lab.aws.validation import service_model
from tests.fixtures import drives_gateways, drives_interfaces, drives_ports  # noqa: F401
from tests.fixtures.drives import DRIVES

DRIVEN = sorted(operation for name, operation in DRIVES if name == "directconnect")
# The service's own texts call these deprecated; what replaces them is there.
DEPRECATED = {
    "AllocateConnectionOnInterconnect",
    "DescribeConnectionLoa",
    "DescribeConnectionsOnInterconnect",
    "DescribeInterconnectLoa",
    "DescribeVirtualGateways",
}


def without(value, path):
    """Return a copy of the parameters without the member at a path."""
    copy = deepcopy(value)
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    return copy


def required(shape, value, path=()):
    """Yield the path of each member that the description requires, wherever it stands."""
    if shape.type_name == "structure":
        for name, member in value.items():
            if name in shape.required_members:
                yield (*path, name)
            yield from required(shape.members[name], member, (*path, name))
    elif shape.type_name == "list":
        for number, member in enumerate(value):
            yield from required(shape.member, member, (*path, number))


def parameters_of(operation, circuits):
    return DRIVES["directconnect", operation](circuits)


UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# By the operation that makes it: the member that names it, and the form of the real service's ids.
IDS = {
    "CreateBGPPeer": ("bgpPeerId", r"dxpeer-[a-z0-9]{8}"),
    "CreateConnection": ("connectionId", r"dxcon-[a-z0-9]{8}"),
    "CreateDirectConnectGateway": ("directConnectGatewayId", UUID),
    "CreateDirectConnectGatewayAssociation": ("associationId", UUID),
    "CreateDirectConnectGatewayAssociationProposal": ("proposalId", UUID),
    "CreateInterconnect": ("interconnectId", r"dxcon-[a-z0-9]{8}"),
    "CreateLag": ("lagId", r"dxlag-[a-z0-9]{8}"),
    "CreatePublicVirtualInterface": ("virtualInterfaceId", r"dxvif-[a-z0-9]{8}"),
    "CreateResiliencyGroup": ("resiliencyGroupId", r"dxrg-[a-z0-9]{17}"),
    "StartBgpFailoverTest": ("testId", UUID),
}


def members(answer, name):
    """Yield the values of a member, wherever in an answer it stands."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            if key == name:
                yield value
            else:
                yield from members(value, name)
    elif isinstance(answer, list):
        for value in answer:
            yield from members(value, name)


@pytest.mark.parametrize("operation", IDS)
def test_ids_have_the_forms_of_the_real_service(operation, circuits):
    parameters = parameters_of(operation, circuits)
    answer = getattr(circuits.direct_connect, xform_name(operation))(**parameters)
    name, form = IDS[operation]
    found = list(members(answer, name))
    assert found
    assert all(re.fullmatch(form, each) for each in found)


def test_the_model_answers_all_that_is_not_deprecated_and_each_is_driven():
    assert set(DRIVEN) == set(OPERATIONS)
    assert set(OPERATIONS) == set(service_model().operation_names) - DEPRECATED


@pytest.mark.parametrize("operation", DRIVEN)
def test_a_good_answer_is_as_the_service_describes_it(operation, circuits, aws):
    parameters = parameters_of(operation, circuits)
    answer = getattr(circuits.direct_connect, xform_name(operation))(**parameters)
    assert aws.calls()[-1]["operation"] == operation
    told = set(answer) - {"ResponseMetadata"}
    assert told or not service_model().operation_model(operation).output_shape.members


@pytest.mark.parametrize("operation", DRIVEN)
def test_what_the_description_rules_out_is_a_typed_error(operation, circuits, aws):
    model = service_model().operation_model(operation)
    parameters = parameters_of(operation, circuits)
    wrong = [({**parameters, "colour": "red"}, "colour")]
    if model.input_shape is not None:
        paths = list(required(model.input_shape, parameters))
        assert {path[0] for path in paths} >= set(model.input_shape.required_members)
        wrong += [(without(parameters, path), path[-1]) for path in paths]
    for body, member in wrong:
        status, answer = aws.raw(operation, body)
        assert (status, answer["__type"]) == (400, "DirectConnectClientException")
        assert member in answer["message"]
        assert set(answer) == {"__type", "message"}
    assert answer["__type"] in {shape.name for shape in model.error_shapes}
