# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's router at the other end of the cable, configured by hand: these tests need no AWS."""

from __future__ import annotations

from lab.nodes import run_in

CABLE = "ip link add x-test type bridge && ip link set x-test up"


class FarEnd:
    """One virtual interface as AWS has it: VLAN 101 on aws-fra."""

    NODE = "aws-fra"
    LOCATION = "eqfa5"
    ADDRESS = "169.254.101.1"
    ADDRESS_V6 = "2001:db8:101::1"

    def __init__(self, state):
        self.state = state

    def shell(self, script, node=NODE):
        done = run_in(self.state, node, ["sh", "-ec", script])
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def plug_in(self):
        """Be the technician: a bridge between both ports."""
        ports = "".join(f" && ip link set {port} master x-test up" for port in ("eth1", "eth2"))
        self.shell(CABLE + ports, node=self.LOCATION)

    def make(self, *, key="shared-key", asn=64512, vlan=101, neighbor_asn=65001, port="eth1"):
        """Put a virtual interface on AWS's port."""
        self.clear()
        name = f"{port}.{vlan}"
        self.shell(
            f"ip link add link {port} name {name} type vlan id {vlan};"
            f"ip link set {name} mtu 8500 up"
        )
        password = f" neighbor {{peer}} password {key}\n" if key else ""
        sessions = "".join(
            f" neighbor {peer} remote-as {neighbor_asn}\n"
            f" neighbor {peer} local-as {asn} no-prepend replace-as\n"
            f" neighbor {peer} timers connect 1\n"
            f" neighbor {peer} bfd\n" + password.format(peer=peer)
            for peer in ("169.254.101.2", "2001:db8:101::2")
        )
        self._feed(
            f"interface {name}\n ip address {self.ADDRESS}/30\n"
            f" ipv6 address {self.ADDRESS_V6}/125\nexit\n"
            f"route-map ALL permit 10\nexit\nrouter bgp 7224\n{sessions}"
            " address-family ipv4 unicast\n  neighbor 169.254.101.2 activate\n"
            "  neighbor 169.254.101.2 route-map ALL in\n"
            "  neighbor 169.254.101.2 route-map ALL out\n exit-address-family\n"
            " address-family ipv6 unicast\n  neighbor 2001:db8:101::2 activate\n"
            "  neighbor 2001:db8:101::2 route-map ALL in\n"
            "  neighbor 2001:db8:101::2 route-map ALL out\n exit-address-family\nexit\n"
        )

    def _feed(self, text):
        command = ["sh", "-ec", "umask 077; cat > /tmp/far && vtysh -f /tmp/far; rm /tmp/far"]
        done = run_in(self.state, self.NODE, command, input=text)
        assert done.returncode == 0, done.stderr + done.stdout

    def clear(self):
        """Take the virtual interface away."""
        self.shell(
            "vtysh -c 'configure' -c 'router bgp 7224' -c 'no neighbor 169.254.101.2'"
            " -c 'no neighbor 2001:db8:101::2' >/dev/null 2>&1 || true;"
            "for link in $(ls /sys/class/net | grep '[.]'); do ip link del $link; done"
        )
