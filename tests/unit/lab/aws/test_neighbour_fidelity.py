# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls of the services beside that Direct Connect needs, held against botocore's words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import botocore.session
import pytest
from botocore import xform_name
from botocore.serialize import create_serializer

from lab.aws.alarms import CloudWatch
from lab.aws.core_networks import NetworkManager
from lab.aws.ec2_service import CHECKED, Ec2
from lab.aws.neighbour_validation import unknown_to_ec2
from tests.fixtures import (  # noqa: F401 - registers the drives
    drives_alarms,
    drives_neighbours,
    drives_vpn,
)
from tests.fixtures.drives import DRIVES
from tests.unit.lab.aws.conftest import faults_in

PLUGINS = Path(__file__).parents[4] / "plugins"
SERVICES = ("cloudwatch", "ec2", "networkmanager")
DRIVEN = sorted(key for key in DRIVES if key[0] in SERVICES)
# How each refuses a call that lacks something.
REFUSALS = {
    "cloudwatch": "ValidationError",
    "ec2": "MissingParameter",
    "networkmanager": "ValidationException",
}
# A type of EC2's answers, as text.
TEXTS = {
    "integer": r"-?\d+",
    "long": r"-?\d+",
    "boolean": "true|false",
    "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)",
}


def model_of(service, operation):
    return botocore.session.get_session().get_service_model(service).operation_model(operation)


def plain(tag):
    return tag.rpartition("}")[2]


def xml_faults(shape, element, path="$"):
    """Yield what in an answer of EC2 is not as botocore's description of the service says."""
    if shape.type_name == "structure":
        known = {m.serialization.get("name", name): m for name, m in shape.members.items()}
        for child in element:
            name = plain(child.tag)
            if name not in known:
                yield f"{path}.{name} is not known"
            else:
                yield from xml_faults(known[name], child, f"{path}.{name}")
    elif shape.type_name == "list":
        for number, child in enumerate(element):
            yield from xml_faults(shape.member, child, f"{path}[{number}]")
    elif not re.fullmatch(TEXTS.get(shape.type_name, "(?s).*"), element.text or ""):
        yield f"{path} is {element.text!r}, not a {shape.type_name}"
    elif getattr(shape, "enum", None) and element.text not in shape.enum:
        yield f"{path} is {element.text!r}, none of {shape.enum}"


def faults_of(service, operation, content):
    shape = model_of(service, operation).output_shape
    if service != "ec2" and shape is None:
        return [] if json.loads(content) == {} else ["an answer where there is none"]
    if service != "ec2":
        return list(faults_in(shape, json.loads(content)))
    root = ET.fromstring(content)  # noqa: S314 - our own
    assert plain(root.tag) == f"{operation}Response"
    for identifier in [child for child in root if plain(child.tag) == "requestId"]:
        root.remove(identifier)
    return list(xml_faults(shape, root)) if shape is not None else []


def operations_of(kind):
    """Return the operations that a class of ours answers itself."""
    ours = [each for each in kind.__mro__ if each.__module__.startswith("lab.")]
    own = {name for each in ours for name in vars(each) if not name.startswith("_")}
    names = botocore.session.get_session().get_service_model(kind().service_name).operation_names
    return {operation for operation in names if xform_name(operation) in own}


def called_by_the_product():
    """Return what plugins/ names of the neighbours' operations and Direct Connect has not."""
    texts = [path.read_text(encoding="utf-8") for path in PLUGINS.rglob("*.py")]
    named = {word for text in texts for word in re.findall(r'[."](\w+)[("]', text)}
    session = botocore.session.get_session()
    shared = set(session.get_service_model("directconnect").operation_names)
    return {
        (service, name)
        for service in SERVICES
        for name in session.get_service_model(service).operation_names
        if name not in shared and named & {name, xform_name(name)}
    }


def test_what_we_answer_and_what_the_product_calls_is_driven():
    ours = {("ec2", name) for name in operations_of(Ec2) | CHECKED}
    ours |= {("networkmanager", name) for name in operations_of(NetworkManager)}
    ours |= {("cloudwatch", name) for name in operations_of(CloudWatch)}
    assert called_by_the_product()
    assert ours | called_by_the_product() <= set(DRIVEN)


@pytest.mark.parametrize(("service", "operation"), DRIVEN)
def test_a_good_answer_is_as_the_service_describes_it(service, operation, circuits, aws):
    parameters = DRIVES[service, operation](circuits)
    client = aws.client(service)
    contents = []

    def keep(http_response, **_):
        contents.append(http_response.content)

    event = f"after-call.{service}.{operation}"
    client.meta.events.register(event, keep)
    getattr(client, xform_name(operation))(**parameters)
    client.meta.events.unregister(event, keep)
    assert faults_of(service, operation, contents[0]) == []


@pytest.mark.parametrize(("service", "operation"), DRIVEN)
def test_a_required_parameter_is_missed(service, operation, circuits, aws):
    parameters = DRIVES[service, operation](circuits)
    required = model_of(service, operation).input_shape.required_members
    assert set(required) <= set(parameters)
    client = aws.client(service, parameter_validation=False)
    for name in required:
        if name == "AttachmentId" or operation == "GetCoreNetwork":
            continue  # it stands in the path: without it the call is another one
        fewer = {key: value for key, value in parameters.items() if key != name}
        with pytest.raises(client.exceptions.ClientError) as caught:
            getattr(client, xform_name(operation))(**fewer)
        error = caught.value.response["Error"]
        assert error["Code"] == REFUSALS[service]
        assert name in error["Message"]


@pytest.mark.parametrize("operation", sorted(CHECKED))
def test_ec2_refuses_a_parameter_that_it_does_not_know(operation, circuits, aws):
    client = aws.client("ec2")
    event = f"before-call.ec2.{operation}"

    def colour(params, **_):
        params["body"]["Colour.1"] = "red"

    client.meta.events.register(event, colour)
    with pytest.raises(client.exceptions.ClientError) as caught:
        getattr(client, xform_name(operation))(**DRIVES["ec2", operation](circuits))
    client.meta.events.unregister(event, colour)
    assert caught.value.response["Error"]["Code"] == "UnknownParameter"


def sample(shape, depth=0):
    """Return a value of a shape with every member in it."""
    if shape.type_name == "structure":
        if depth > 4:
            return {}
        return {name: sample(member, depth + 1) for name, member in shape.members.items()}
    if shape.type_name == "list":
        return [sample(shape.member, depth + 1)]
    return {"integer": 1, "long": 1, "boolean": True}.get(shape.type_name, "a")


@pytest.mark.parametrize("operation", sorted(CHECKED))
def test_ec2_knows_every_parameter_that_boto3_can_send(operation):
    model = model_of("ec2", operation)
    serializer = create_serializer("ec2", include_validation=False)
    body = serializer.serialize_to_request(sample(model.input_shape), model)["body"]
    assert len(body) > len(model.input_shape.members)
    assert unknown_to_ec2(operation, body) is None
