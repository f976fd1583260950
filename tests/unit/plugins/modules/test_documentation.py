# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation says of an option is what the module takes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.doc_fragments import aws, single
from ansible_collections.crossconnect.dx.plugins.doc_fragments import estate as estate_fragment
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import (
    ESTATE_SPEC,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.session import SESSION_SPEC
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document import ESTATE
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_shape import (
    ListOf,
    Record,
)
from ansible_collections.crossconnect.dx.plugins.modules import (
    alarms,
    connection,
    customer_gateway,
    estate,
    estate_info,
    failover_test,
    gateway,
    gateway_association,
    hosted_connection,
    lag,
    loa,
    locations_info,
    macsec_key,
    resiliency_group,
    virtual_gateway,
    virtual_interface,
    virtual_interface_info,
    vpn_configuration,
    vpn_connection,
)

FRAGMENTS = {
    "aws": aws,
    "single": single,
    "estate": estate_fragment,
}
SPECS = {
    alarms: alarms.ARGUMENT_SPEC,
    connection: connection.ARGUMENT_SPEC,
    customer_gateway: customer_gateway.ARGUMENT_SPEC,
    estate: estate.ARGUMENT_SPEC,
    estate_info: estate_info.ARGUMENT_SPEC,
    failover_test: failover_test.ARGUMENT_SPEC,
    gateway: gateway.ARGUMENT_SPEC,
    gateway_association: gateway_association.ARGUMENT_SPEC,
    hosted_connection: hosted_connection.ARGUMENT_SPEC,
    lag: lag.ARGUMENT_SPEC,
    loa: loa.ARGUMENT_SPEC,
    locations_info: locations_info.ARGUMENT_SPEC,
    macsec_key: macsec_key.ARGUMENT_SPEC,
    resiliency_group: resiliency_group.ARGUMENT_SPEC,
    virtual_gateway: virtual_gateway.ARGUMENT_SPEC,
    virtual_interface: virtual_interface.ARGUMENT_SPEC,
    virtual_interface_info: virtual_interface_info.ARGUMENT_SPEC,
    vpn_configuration: vpn_configuration.ARGUMENT_SPEC,
    vpn_connection: vpn_connection.ARGUMENT_SPEC,
}


def documented(module: Any) -> dict[str, Any]:
    """Return the options of a module's documentation, those of its fragments included."""
    document = yaml.safe_load(module.DOCUMENTATION)
    options = dict(document.get("options", {}))
    for name in document["extends_documentation_fragment"]:
        fragment = FRAGMENTS.get(name.removeprefix("crossconnect.dx."))
        if fragment:
            options |= yaml.safe_load(fragment.ModuleDocFragment.DOCUMENTATION)["options"]
    return options


def essence(option: dict[str, Any], below: str) -> dict[str, Any]:
    """Return what both forms say of an option."""
    return {
        "type": option.get("type", "str"),
        "elements": option.get("elements"),
        "required": option.get("required", False),
        "choices": option.get("choices"),
        "default": option.get("default"),
        "aliases": sorted(option.get("aliases", [])),
        "options": {name: essence(more, below) for name, more in option.get(below, {}).items()},
    }


@pytest.mark.parametrize("module", SPECS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_documentation_and_argument_spec_agree(module):
    spec = {**SESSION_SPEC, **SPECS[module]}

    said = {name: essence(option, "suboptions") for name, option in documented(module).items()}

    assert said == {name: essence(option, "options") for name, option in spec.items()}


def names(reader: Record) -> dict[str, Any]:
    """Return the attributes that the estate's reader knows, as deep as it goes."""
    found = {}
    for name, attribute in reader.attributes.items():
        inner = attribute.reader.item if isinstance(attribute.reader, ListOf) else attribute.reader
        found[name] = names(inner) if isinstance(inner, Record) else {}
    return found


def spec_names(spec: dict[str, Any]) -> dict[str, Any]:
    return {name: spec_names(option.get("options", {})) for name, option in spec.items()}


def test_the_estate_option_takes_what_the_estate_reader_knows():
    assert spec_names(ESTATE_SPEC) == names(ESTATE)
