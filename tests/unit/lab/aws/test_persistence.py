# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model's memory: what was acknowledged is there after a kill, and nobody else can read it."""

from __future__ import annotations

import contextlib
import json
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from lab.aws.persistence import RECORDS
from tests.fixtures.polling import until

ROOT = Path(__file__).parents[4]
CKN, CAK = "ab" * 32, "c0ffee" * 10 + "beef"
KEY = "key-that-must-stay-here"
ORDER = {"location": "EqFA5", "bandwidth": "10Gbps"}


class Life:
    """One process of the model, until it is killed."""

    def __init__(self, state, *options):
        command = [sys.executable, "-m", "lab.aws", "--port", "0", "--pace", "0.01", *options]
        self.process = subprocess.Popen(
            [*command, "--state", state], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.url = self.process.stdout.readline().strip()

    def client(self, service):
        return boto3.client(
            service,
            region_name="eu-central-1",
            endpoint_url=self.url,
            aws_access_key_id="AKIANETWORKNETWORK00",
            aws_secret_access_key="not-a-secret-at-all",  # noqa: S106
            config=Config(retries={"total_max_attempts": 1}),
        )

    def post(self, subject, body):
        command = ["curl", "-sf", "-X", "POST", "-d", json.dumps(body)]
        done = subprocess.run(
            [*command, f"{self.url}/_lab/{subject}"], capture_output=True, check=True
        )
        return json.loads(done.stdout)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def lives(tmp_path):
    """Return a function that begins the next life in the same state directory."""
    begun = []

    def begin(*options):
        begun.append(Life(tmp_path, *options))
        return begun[-1]

    yield begin
    for life in begun:
        life.process.kill()
        life.process.wait(10)
        life.process.stdout.close()


def everything(life):
    """Return all that Direct Connect and EC2 tell, but what grows with time."""
    direct_connect, ec2 = life.client("directconnect"), life.client("ec2")
    told = {
        "connections": direct_connect.describe_connections()["connections"],
        "lags": direct_connect.describe_lags()["lags"],
        "gateways": direct_connect.describe_direct_connect_gateways()["directConnectGateways"],
        "interfaces": direct_connect.describe_virtual_interfaces()["virtualInterfaces"],
        "groups": direct_connect.list_resiliency_groups()["items"],
        "vpcs": ec2.describe_vpcs()["Vpcs"],
        "transit gateways": ec2.describe_transit_gateways()["TransitGateways"],
        "virtual gateways": ec2.describe_vpn_gateways()["VpnGateways"],
        "alarms": life.client("cloudwatch").describe_alarms()["MetricAlarms"],
    }
    return json.loads(json.dumps(told, default=str))


def alarm(connection):
    return {
        "AlarmName": "crossconnect/acme/ops/fra-a/connection_state",
        "Namespace": "AWS/DX",
        "MetricName": "ConnectionState",
        "Dimensions": [{"Name": "ConnectionId", "Value": connection}],
        "Statistic": "Minimum",
        "ComparisonOperator": "LessThanThreshold",
        "Threshold": 1,
        "Period": 300,
        "EvaluationPeriods": 1,
    }


def build(life, state):
    """Make one of each kind; return the ids of the targets."""
    client = life.client("directconnect")
    port = client.create_connection(**ORDER, connectionName="fra-a", requestMACSec=True)
    client.create_lag(
        numberOfConnections=2, location="EqAM3", connectionsBandwidth="10Gbps", lagName="pair"
    )
    client.create_resiliency_group(
        resiliencyGroupName="core", intendedResiliencyModel="high-resiliency"
    )
    core = client.create_direct_connect_gateway(directConnectGatewayName="core")
    gateway = core["directConnectGateway"]["directConnectGatewayId"]
    (state / "cables.json").write_text(json.dumps({"fra-a": {"id": port["connectionId"]}}))
    life.post("clock", {"advance_seconds": 60})
    client.associate_mac_sec_key(connectionId=port["connectionId"], ckn=CKN, cak=CAK)
    client.create_transit_virtual_interface(
        connectionId=port["connectionId"],
        newTransitVirtualInterface={
            "virtualInterfaceName": "fra-a-transit",
            "vlan": 101,
            "asnLong": 4200000001,
            "authKey": KEY,
            "directConnectGatewayId": gateway,
        },
    )
    life.post("quotas", {"lags_per_region": 99})
    life.client("ec2").create_vpc(CidrBlock="10.99.0.0/16")
    life.client("cloudwatch").put_metric_alarm(**alarm(port["connectionId"]))
    life.post("clock", {"advance_seconds": 60})
    return life.post("seed", {})


def test_after_a_kill_all_is_as_it_was(lives, tmp_path):
    first = lives()
    seed = build(first, tmp_path)
    before = everything(first)
    first.kill()
    second = lives()
    assert everything(second) == before
    assert second.post("seed", {}) == seed
    assert second.post("quotas", {})["lags_per_region"] == 99
    assert before["interfaces"][0]["authKey"] == KEY
    assert before["connections"][0]["connectionState"] == "available"
    assert before["alarms"][0]["StateValue"] == "OK"


def test_the_time_at_which_a_letter_was_asked_for_outlives_a_kill(lives):
    first = lives()
    port = first.client("directconnect").create_connection(connectionName="fra-a", **ORDER)
    first.post("clock", {"advance_seconds": 60})
    first.client("directconnect").describe_loa(connectionId=port["connectionId"])
    first.kill()
    (found,) = lives().client("directconnect").describe_connections()["connections"]
    assert "loaIssueTime" in found


def test_only_its_owner_reads_the_memory_which_holds_keys(lives, tmp_path):
    build(lives(), tmp_path)
    memory = [tmp_path / RECORDS, *tmp_path.glob("aws-neighbours-*.pickle")]
    assert len(memory) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in memory} == {0o600}
    kept = (tmp_path / RECORDS).read_text()
    assert KEY in kept
    assert CAK in kept
    others = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != RECORDS]
    for path in others:
        content = path.read_bytes()
        assert KEY.encode() not in content, path
        assert CAK.encode() not in content, path


@pytest.mark.parametrize("after", [pytest.param(1, id="one"), pytest.param(7, id="seven")])
def test_no_order_that_was_acknowledged_is_lost_by_a_kill_in_the_middle(lives, after):
    life = lives()
    client = life.client("directconnect")
    life.post("quotas", {"connections_per_location": 10_000})
    acknowledged = []

    def strike():
        until(lambda: len(acknowledged) >= after, "orders are acknowledged", pause=0)
        life.process.kill()

    threading.Thread(target=strike).start()
    with contextlib.suppress(BotoCoreError):
        while True:
            made = client.create_connection(**ORDER, connectionName=f"c{len(acknowledged)}")
            acknowledged.append(made["connectionId"])
    found = [
        each["connectionId"]
        for page in pages(lives().client("directconnect"))
        for each in page["connections"]
    ]
    assert len(acknowledged) >= after
    assert found[: len(acknowledged)] == acknowledged
    assert len(found) <= len(acknowledged) + 1, "at most the last order was not acknowledged"


def pages(client):
    token = {}
    while True:
        page = client.describe_connections(**token)
        yield page
        if "nextToken" not in page:
            return
        token = {"nextToken": page["nextToken"]}


def test_an_assumed_role_stays_in_its_account(lives):
    first = lives()
    role = first.client("sts").assume_role(
        RoleArn="arn:aws:iam::777788889999:role/network", RoleSessionName="test"
    )["Credentials"]
    first.kill()
    second = lives()
    session = boto3.Session(role["AccessKeyId"], role["SecretAccessKey"], role["SessionToken"])
    sts = session.client("sts", region_name="eu-central-1", endpoint_url=second.url)
    assert sts.get_caller_identity()["Account"] == "777788889999"


def test_a_volatile_model_keeps_nothing(lives, tmp_path):
    first = lives("--volatile")
    first.client("directconnect").create_connection(**ORDER, connectionName="fra-a")
    first.kill()
    assert not (tmp_path / RECORDS).exists()
    assert lives("--volatile").client("directconnect").describe_connections()["connections"] == []


def test_a_reset_is_remembered_too(lives):
    first = lives()
    first.client("directconnect").create_connection(**ORDER, connectionName="fra-a")
    first.post("reset", {})
    first.kill()
    assert lives().client("directconnect").describe_connections()["connections"] == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("{", id="damaged"),
        pytest.param('{"fields": {"Connection": ["id", "moons"]}}', id="another version"),
    ],
)
def test_a_memory_that_cannot_be_read_is_told_and_not_forgotten(tmp_path, content):
    (tmp_path / RECORDS).write_text(content)
    command = [sys.executable, "-m", "lab.aws", "--port", "0", "--state", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 1
    assert "Take the lab down and up again" in done.stderr
    assert (tmp_path / RECORDS).read_text() == content


def test_what_failed_left_nothing_that_a_restart_would_bring_back(lives):
    first = lives()
    with pytest.raises(ClientError):
        first.client("directconnect").create_connection(**ORDER, connectionName="a;b")
    first.kill()
    assert lives().client("directconnect").describe_connections()["connections"] == []


def named(state):
    return state / json.loads((state / RECORDS).read_text())["neighbours"]


def vpcs(life):
    return sorted(each["VpcId"] for each in life.client("ec2").describe_vpcs()["Vpcs"])


def test_a_kill_between_the_files_of_a_change_leaves_all_as_it_was(lives, tmp_path):
    first = lives()
    first.client("directconnect").create_connection(**ORDER, connectionName="fra-a")
    before, seen = vpcs(first), (tmp_path / RECORDS).read_bytes()
    first.client("ec2").create_vpc(CidrBlock="10.99.0.0/16")
    first.kill()
    # The file of the neighbours was written, and the records that name it were not.
    (tmp_path / RECORDS).write_bytes(seen)
    second = lives()
    assert vpcs(second) == before
    assert len(second.client("directconnect").describe_connections()["connections"]) == 1


def test_what_the_neighbours_hold_is_written_when_it_has_changed_and_not_else(lives, tmp_path):
    life = lives()
    for _ in range(3):
        vpcs(life)  # the first of an account make what moto holds of it
    before = named(tmp_path)
    stamp = before.stat()
    life.client("directconnect").create_connection(**ORDER, connectionName="fra-a")
    vpcs(life)
    assert named(tmp_path) == before
    assert before.stat() == stamp
    life.client("ec2").create_vpc(CidrBlock="10.99.0.0/16")
    assert named(tmp_path) != before


def test_records_whose_neighbours_are_lost_are_told_and_not_forgotten(lives, tmp_path):
    first = lives()
    vpcs(first)
    first.kill()
    named(tmp_path).unlink()
    kept = (tmp_path / RECORDS).read_bytes()
    command = [sys.executable, "-m", "lab.aws", "--port", "0", "--state", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 1
    assert "is lost, damaged" in done.stderr
    assert (tmp_path / RECORDS).read_bytes() == kept
