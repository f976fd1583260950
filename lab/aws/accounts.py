# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which account a call is made in: by access key, from the state directory's accounts.json.

The file maps access key ids to account ids. Keys of assumed roles are moto's to know. Any other key
belongs to the default account, so that a lab needs no set-up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .fabric import read_json

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_ACCOUNT = "111122223333"
_ACCESS_KEY = re.compile(r"Credential=([^/,\s]+)/")


def access_key(authorization: str) -> str:
    """Return the access key id of an AWS4 Authorization header, "" when it has none."""
    match = _ACCESS_KEY.search(authorization)
    return match.group(1) if match else ""


def account_of(state_directory: Path, authorization: str) -> str:
    """Return the account id that the caller's credentials belong to."""
    from moto.core.models import DEFAULT_ACCOUNT_ID  # noqa: PLC0415 - the server loads moto
    from moto.iam.models import get_account_id_from  # noqa: PLC0415

    key = access_key(authorization)
    mapped = read_json(state_directory / "accounts.json").get(key)
    if mapped is not None:
        return str(mapped)
    known = get_account_id_from(key)
    return DEFAULT_ACCOUNT if known == DEFAULT_ACCOUNT_ID else known
