# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate of management, against sockets that answer in all the ways there are."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device import management
from ansible_collections.crossconnect.dx.plugins.module_utils.device.management import (
    Door,
    door,
    record,
    sentence,
)


@contextmanager
def listening(*words, ends=True):
    """Answer one connection with these words, and end it."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection:
                for word in words:
                    connection.sendall(word)
                if not ends:
                    done.wait(10)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        done.set()
        thread.join(10)


def found(port, *, speaks_first=True):
    return record(Door(host="127.0.0.1", port=port, speaks_first=speaks_first), "edge-fra-1")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([b"SSH-2.0-OpenSSH_9.2\r\n"], id="its version"),
        pytest.param([b"Authorised use only\r\n", b"SS", b"H-2.0-x\r\n"], id="a banner before it"),
    ],
)
def test_a_router_that_says_its_version_is_within_reach(words):
    with listening(*words) as port:
        assert found(port) == {
            "id": "management",
            "target": "edge-fra-1",
            "verdict": "pass",
            "measured": "answers",
            "expected": "answers",
        }


def test_over_https_the_connection_is_enough():
    with listening() as port:
        assert found(port, speaks_first=False)["verdict"] == "pass"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="nothing"),
        pytest.param([b"HTTP/1.1 400 Bad Request\r\n\r\n"], id="something else"),
        pytest.param([b"x" * management.LONGEST], id="too much of something else"),
    ],
)
def test_what_is_no_ssh_is_told(words):
    with listening(*words) as port:
        told = found(port)
    assert (told["verdict"], told["measured"]) == ("fail", "no SSH there")


def test_a_router_that_takes_the_connection_and_says_nothing_is_told(monkeypatch):
    monkeypatch.setattr(management, "SECONDS", 0.2)
    with listening(ends=False) as port:
        assert found(port)["measured"] == "no answer within 0.2 s"


def test_a_port_where_nobody_listens_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    refused = found(port)
    assert (refused["verdict"], refused["measured"]) == ("fail", "connection refused")
    assert sentence(Door(host="127.0.0.1", port=port, speaks_first=True), refused) == (
        f"edge-fra-1: 127.0.0.1 port {port} takes no new connection from here (connection refused),"
        " although the session of this run still stands: look at what the change does to the"
        " routes and filters on the way"
    )


@pytest.mark.parametrize(
    ("platform", "options", "port"),
    [
        pytest.param("frr", {}, 22, id="SSH"),
        pytest.param("frr", {"port": 2222}, 2222, id="a port of its own"),
        pytest.param("junos", {}, 830, id="NETCONF"),
        pytest.param("iosxr", {}, 830, id="NETCONF of XR"),
        pytest.param("eos", {}, 443, id="eAPI"),
        pytest.param("eos", {"transport": "http"}, 80, id="eAPI in clear"),
        pytest.param("ios", {"ssh_config_file": "~/.ssh/config"}, None, id="a jump host"),
        pytest.param("mock", {}, None, id="no router at all"),
    ],
)
def test_each_platform_has_its_door(platform, options, port):
    assert door(platform, "192.0.2.1", options).port == port


def test_behind_a_jump_host_nothing_is_judged():
    entrance = door("ios", "192.0.2.1", {"ssh_config_file": "~/.ssh/config"})
    assert record(entrance, "edge-fra-1")["verdict"] == "na"
