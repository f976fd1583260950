# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The document's part on alarms."""

from __future__ import annotations

from .alarm_metrics import METRICS
from .estate_document_ports import TAGS
from .estate_shape import NUMBER, TEXT, Attribute, ListOf, Record, choice
from .model_alarms import Alarms, Watch

WATCH = Record(
    Watch,
    {
        "metric": Attribute(choice(*METRICS), "What to watch.", needed="a metric"),
        "below": Attribute(NUMBER, "The alarm goes off below this number."),
        "above": Attribute(NUMBER, "The alarm goes off above this number."),
        "below_dbm": Attribute(NUMBER, "The alarm goes off below this optical level, in dBm."),
        "above_dbm": Attribute(NUMBER, "The alarm goes off above this optical level, in dBm."),
        "above_percent": Attribute(
            NUMBER, "The alarm goes off above this share of the connection's bandwidth."
        ),
        "lanes": Attribute(
            ListOf(TEXT),
            "The optical lanes to watch, as CloudWatch numbers them (C(OpticalLaneNumber)).",
        ),
        "metric_name": Attribute(TEXT, "The metric's name at AWS, if it is another than ours."),
        "period_seconds": Attribute(
            NUMBER,
            "How long a period is; AWS publishes every V(300) seconds, which is the default.",
        ),
        "evaluation_periods": Attribute(NUMBER, "How many periods are looked at."),
        "datapoints_to_alarm": Attribute(
            NUMBER, "How many of them must be bad; all of them if left out."
        ),
        "missing_data": Attribute(
            choice("breaching", "notBreaching", "ignore", "missing"),
            "How a period without data counts.",
        ),
    },
)

ALARMS = Record(
    Alarms,
    {
        "name": Attribute(TEXT, "The name of the set of alarms.", needed="a name of its own"),
        "account": Attribute(
            TEXT,
            "The account that watches its connections and virtual interfaces.",
            needed="the account that watches, as the inventory names it",
        ),
        "notify": Attribute(
            ListOf(TEXT),
            "The ARNs, as of SNS topics, that are told of an alarm and of its end; what is there "
            "stays if left out.",
        ),
        "only": Attribute(
            ListOf(TEXT),
            "The connections, LAGs and virtual interfaces to watch; all of the account's if left "
            "out.",
        ),
        "watch": Attribute(
            ListOf(WATCH),
            "The metrics; states of connections, of MACsec where there are keys, and of BGP "
            "sessions if left out.",
        ),
        "tags": Attribute(
            TAGS.reader, "Tags that an alarm gets when it is made; CloudWatch shows them apart."
        ),
    },
)
