# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session: options, counting, one attempt for what changes something."""

from __future__ import annotations

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.errors import AwsError
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.session import SESSION_SPEC, Aws

NOTHING = dict.fromkeys(SESSION_SPEC) | {"validate_certs": True}


def session(model, **more):
    return Aws({**NOTHING, **model.options(), **more})


@pytest.mark.parametrize(
    ("region", "partition"),
    [("eu-central-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")],
)
def test_the_region_tells_the_partition(region, partition):
    assert Aws({**NOTHING, "region": region}).partition == partition


def test_every_request_is_counted_retries_included(aws_model):
    aws = session(aws_model)
    aws_model.break_call("DescribeConnections", "throttle", count=2)

    aws.reader().describe_connections()

    assert aws.calls == {"DescribeConnections": 3}


def test_what_changes_something_is_sent_once(aws_model):
    aws = session(aws_model)
    aws_model.break_call("CreateConnection", "drop-answer", count=5)

    with pytest.raises((BotoCoreError, ClientError)):
        aws.writer().create_connection(connectionName="fra-a", location="EqFA5", bandwidth="10Gbps")

    assert aws.calls == {"CreateConnection": 1}
    assert aws_model.changes() == ["CreateConnection"]


def test_the_account_is_asked_for_once_and_only_if_no_answer_has_told_it(aws_model):
    asked, told = session(aws_model), session(aws_model)
    told.learn_account_id("444455556666")

    assert [asked.account_id(), asked.account_id()] == ["111122223333"] * 2
    assert told.account_id() == "444455556666"
    assert (asked.calls, told.calls) == ({"GetCallerIdentity": 1}, {})


def test_keys_win_over_a_profile_of_the_environment(aws_model):
    aws = session(aws_model, profile="from-the-environment")

    assert aws.reader().describe_connections()["connections"] == []


@pytest.fixture
def who(monkeypatch, tmp_path):
    """Return who asks, by access key and token, in a shell that holds the keys of an account."""
    file = tmp_path / "credentials"
    file.write_text("[named]\naws_access_key_id = AKIDNAMED\naws_secret_access_key = other\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    shell = {"access_key": "AKIDSHELL", "secret_key": "half", "session_token": "token"}
    for option, value in shell.items():
        monkeypatch.setenv(SESSION_SPEC[option]["fallback"][1][0], value)

    def asks(**options):
        aws = Aws({**NOTHING, "region": "eu-central-1", **shell, **options})
        found = aws.reader()._request_signer._credentials  # noqa: SLF001
        return found.access_key, found.token

    return asks


def test_a_profile_that_is_named_wins_over_keys_of_the_environment(who):
    assert who(profile="named") == ("AKIDNAMED", None)


def test_a_profile_of_the_environment_gives_way_to_its_keys(who, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "named")

    assert who(profile="named") == ("AKIDSHELL", "token")


def test_keys_that_are_named_take_no_token_of_the_environment(who):
    assert who(access_key="AKIDGIVEN") == ("AKIDGIVEN", None)


@pytest.mark.parametrize("endpoint", ["localhost:4566", "http://[::1", "ht!tp://aws.example"])
def test_an_endpoint_that_is_no_url_is_one_sentence(endpoint):
    aws = Aws({**NOTHING, "region": "eu-central-1", "endpoint_url": endpoint})

    with pytest.raises(AwsError, match=r"endpoint_url .* is no URL: write it as https://HOST:PORT"):
        aws.reader()
