# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts are results, which are logged: no secret of a router is among them."""

from __future__ import annotations

from ansible_collections.crossconnect.dx.plugins.action.device_facts import ActionModule


class Router:
    """A session whose router has a key that only it knows."""

    def device_facts(self, getters):
        """Return what NAPALM's getters do."""
        return {"taken_at": 1.0, "facts": {name: {"password": "0822455D"} for name in getters}}


def test_a_getter_that_returns_passwords_returns_none_to_the_play():
    action = ActionModule.__new__(ActionModule)

    result = action.ask(Router(), {"getters": ["users"]})

    assert result == {
        "changed": False,
        "taken_at": 1.0,
        "facts": {"users": {"password": "<hidden>"}},
    }
