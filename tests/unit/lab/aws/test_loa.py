# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The LOA-CFA of the model."""

from __future__ import annotations

import re


def text_of(pdf):
    return [line.decode("cp1252") for line in re.findall(rb"\((.*)\) Tj", pdf)]


def test_the_letter_is_a_whole_pdf_with_the_orders_data(circuits, aws):
    connection = circuits.connection("fra-a", providerName="Equinix")
    aws.pass_time(2)
    letter = circuits.direct_connect.describe_loa(connectionId=connection)
    pdf = letter["loaContent"]
    assert letter["loaContentType"] == "application/pdf"
    lines = text_of(pdf)
    assert f"Connection: {connection} \\(fra-a\\)" in lines
    assert "Port speed: 10Gbps" in lines
    assert "Issued to: Equinix \\(account 111122223333\\)" in lines
    table = int(re.search(rb"startxref\n(\d+)", pdf).group(1))
    offsets = [int(n) for n in re.findall(rb"(\d{10}) 00000 n ", pdf[table:])]
    assert [pdf[o:].split(b" ", 1)[0] for o in offsets] == [b"1", b"2", b"3", b"4", b"5"]


def test_each_call_counts_as_an_issue(circuits, aws):
    connection = circuits.connection()
    aws.pass_time(2)
    described = circuits.direct_connect.describe_connections()["connections"][0]
    assert "loaIssueTime" not in described
    times = []
    for _ in range(2):
        circuits.direct_connect.describe_loa(connectionId=connection)
        described = circuits.direct_connect.describe_connections()["connections"][0]
        times.append(described["loaIssueTime"])
        aws.pass_time(60)
    assert (times[1] - times[0]).total_seconds() >= 60


def test_no_letter_is_out_while_the_order_is_new(circuits, refusal):
    connection = circuits.connection()
    assert refusal(circuits.direct_connect.describe_loa, connectionId=connection) == (
        f"The LOA-CFA for connection {connection} is not available yet."
    )


def test_one_letter_names_all_ports_of_a_lag(circuits, aws):
    lag = circuits.direct_connect.create_lag(
        numberOfConnections=2, location="EqFA5", connectionsBandwidth="10Gbps", lagName="pair"
    )
    aws.pass_time(2)
    lines = text_of(circuits.direct_connect.describe_loa(connectionId=lag["lagId"])["loaContent"])
    assert f"LAG: {lag['lagId']} \\(pair\\)" in lines
    named = [line.split()[1] for line in lines if line.startswith("Connection: ")]
    assert named == [each["connectionId"] for each in lag["connections"]]
    described = circuits.direct_connect.describe_connections()["connections"]
    assert all("loaIssueTime" in each for each in described)


def test_a_partner_gets_the_letter_of_its_interconnect(circuits, aws):
    made = circuits.direct_connect.create_interconnect(
        interconnectName="nni", bandwidth="10Gbps", location="EqFA5"
    )["interconnectId"]
    aws.pass_time(2)
    circuits.direct_connect.describe_loa(connectionId=made)
    (found,) = circuits.direct_connect.describe_interconnects()["interconnects"]
    assert "loaIssueTime" in found
