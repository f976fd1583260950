#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: macsec_key
short_description: Give a connection or a LAG its MACsec keys, and rotate them
version_added: 0.1.0
description:
  - Sees to it that a connection or a LAG has the MACsec keys that are given and no others. Those of
    a LAG's ports are the LAG's.
  - "Keys are rotated make before break: new ones are added and are in force, and encryption is up,
    before an old one goes; and it must be up again before the next one goes. Until then both stay,
    and RV(awaited) tells which CKN the router's key chain must hold."
  - AWS does not tell which of several keys is in use. Under C(must_encrypt) a port goes down if the
    router holds only the key that is taken away. So there an old key stays until the port's name is
    in O(consent).
  - The last key goes only with the port's name in O(consent) where encryption is up or a must; AWS
    then changes C(must_encrypt) to C(should_encrypt).
  - AWS never shows a CAK, so another CAK under the same CKN is not noticed. Give a new key a new
    CKN.
  - No key is ever in a result, a plan or a log.
author:
  - The Crossconnect founders (@crossconnect)
seealso:
  - module: crossconnect.dx.connection
    description: Requests MACsec with the port, and sets its encryption mode.
extends_documentation_fragment:
  - crossconnect.dx.attributes
  - crossconnect.dx.aws
  - crossconnect.dx.single
options:
  connection:
    description: The connection, by its name or its id.
    type: str
  lag:
    description: The LAG, by its name or its id.
    type: str
  keys:
    description:
      - All keys that it shall have, up to three.
      - With O(state=absent), the keys that it shall not have; CKN or secret will do.
    type: list
    elements: dict
    required: true
    suboptions:
      ckn:
        description: The name of the key, 64 hex digits.
        type: str
      cak:
        description: The key, 64 hex digits.
        type: str
      secret:
        description: The ARN of a secret that holds both, in place of the two.
        type: str
"""

EXAMPLES = r"""
- name: Give the port its first key
  crossconnect.dx.macsec_key:
    connection: fra-a
    keys:
      - ckn: "{{ vault_macsec.ckn_1 }}"
        cak: "{{ vault_macsec.cak_1 }}"
    region: eu-central-1

- name: Rotate to the second one, which the router's key chain holds by now
  crossconnect.dx.macsec_key:
    connection: fra-a
    keys:
      - ckn: "{{ vault_macsec.ckn_2 }}"
        cak: "{{ vault_macsec.cak_2 }}"
    consent: [fra-a]
    region: eu-central-1

- name: Take it away
  crossconnect.dx.macsec_key:
    connection: fra-a
    keys:
      - ckn: "{{ vault_macsec.ckn_2 }}"
    state: absent
    consent: [fra-a]
    region: eu-central-1
"""

RETURN = r"""
macsec_keys:
  description: The keys that AWS lists, by their CKN; null if there is no such port.
  returned: success
  type: list
  elements: dict
  sample:
    - ckn: 0000000000000000000000000000000000000000000000000000000000000001
      state: associated
      secret: arn:aws:secretsmanager:eu-central-1:111122223333:secret:directconnect!a
encryption_mode:
  description: What becomes of traffic that MACsec does not protect.
  returned: success
  type: str
  sample: should_encrypt
encryption_status:
  description: Whether frames are encrypted, in AWS's words.
  returned: success
  type: str
  sample: Encryption Up
plan:
  description: The actions in the order of execution.
  returned: success
  type: list
  elements: dict
  sample: []
plan_text:
  description: The same as text that a person can approve; empty when there is nothing to do.
  returned: success
  type: str
  sample: ''
awaited:
  description: What is not ready yet, and from whom it is awaited.
  returned: success
  type: list
  elements: dict
  sample: []
observed:
  description: The object and its parents, as far as they exist.
  returned: success
  type: dict
  sample:
    account: this account
    account_id: '111122223333'
    region: eu-central-1
    partition: aws
    connections: []
    lags: []
    hosted_connections: []
    gateways: []
    virtual_interfaces: []
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {AssociateMacSecKey: 1, DescribeConnections: 3, DescribeLags: 1, DisassociateMacSecKey: 1}
done:
  description: What had been done before a call failed.
  returned: failure of a call
  type: list
  elements: str
  sample: []
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.estate_options import options_of
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.single import (
    HERE,
    SINGLE_SPEC,
    judge,
    reconcile_single,
    single_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core import estate_rules_macsec
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document_ports import (
    MACSEC_KEY,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Lag,
    MacsecKey,
)

ARGUMENT_SPEC: dict[str, Any] = {
    **SINGLE_SPEC,
    "connection": {"type": "str"},
    "lag": {"type": "str"},
    "keys": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": options_of(MACSEC_KEY),
        "no_log": False,
    },
}
ONE_CARRIER = [("connection", "lag")]
TOLD = ("macsec_keys", "encryption_mode", "encryption_status")


def things_of(options: dict[str, Any]) -> dict[str, Any]:
    """Return the port or LAG, which has MACsec: whether it really has, AWS's answer tells."""
    port: dict[str, Any] = {
        "name": options["connection"] or options["lag"],
        "account": HERE,
        "location": "",
        "bandwidth": "",
        "request_macsec": True,
        "macsec_keys": tuple(MacsecKey(**key) for key in options["keys"]),
    }
    if options["lag"]:
        return {"lags": (Lag(**port, connections=()),)}
    return {"connections": (Connection(**port),)}


def work(module: AwsModule, aws: Any) -> dict[str, Any]:
    """Judge the keys, reconcile them, tell."""
    options = module.params
    things = things_of(options)
    if options["state"] == "present":
        judge(single_estate(options, things), estate_rules_macsec.RULES)
    result = reconcile_single(options, things, "macsec_keys", aws, check_mode=module.check_mode)
    observed = result["observed"]
    carriers = observed["lags"] if options["lag"] else observed["connections"]
    return {**result, **{name: carriers[0][name] if carriers else None for name in TOLD}}


def main() -> None:
    """Do the work, and report."""
    module = AwsModule(ARGUMENT_SPEC, mutually_exclusive=ONE_CARRIER, required_one_of=ONE_CARRIER)
    module.perform(lambda aws: work(module, aws))


if __name__ == "__main__":
    main()
