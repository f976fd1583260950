# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's errors as sentences, and which of them leave the outcome open."""

from __future__ import annotations

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ParamValidationError,
    ProfileNotFound,
    ReadTimeoutError,
)
from botocore.parsers import ResponseParserError

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.errors import (
    AwsError,
    is_throttled,
    outcome_is_unknown,
    sentence,
)
from tests.fixtures.golden import assert_golden

URL = "https://directconnect.example.invalid"


def refusal(code, message, status=400):
    answer = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, "CreateConnection")


def denied(action, code, status):
    """Return AWS's answer to a caller without a policy for an action."""
    who = "User: arn:aws:iam::111122223333:user/dx"
    return refusal(code, f"{who} is not authorized to perform: {action} on resource: *", status)


CASES = {
    "refused": refusal("DirectConnectClientException", "Location NoWhere is not valid."),
    "server fault": refusal("DirectConnectServerException", "Internal error.", 500),
    "throttled": refusal("ThrottlingException", "Rate exceeded"),
    "throttled by EC2": refusal("RequestLimitExceeded", "Request limit exceeded.", 503),
    "expired": refusal("ExpiredTokenException", "The security token is expired"),
    "a slow clock": refusal(
        "InvalidSignatureException",
        "Signature expired: 20261123T040000Z is now earlier than 20261123T045500Z",
    ),
    "a fast clock": refusal(
        "SignatureDoesNotMatch",
        "Signature not yet current: 20261123T060000Z is still later than 20261123T050500Z",
        403,
    ),
    "a wrong clock at EC2": refusal("RequestExpired", "Request has expired."),
    "a wrong secret": refusal(
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided.",
    ),
    "not allowed": denied("directconnect:CreateConnection", "AccessDeniedException", 400),
    "not allowed to tag": denied("ec2:CreateTags", "UnauthorizedOperation", 403),
    "not allowed to look": denied("directconnect:DescribeLags", "AccessDeniedException", 400),
    "not allowed by the organization": denied("kms:Decrypt", "AccessDeniedException", 400),
    "not allowed and AWS does not say what": refusal(
        "UnauthorizedOperation", "You are not authorized to perform this operation.", 403
    ),
    "no credentials": NoCredentialsError(),
    "no region": NoRegionError(),
    "key in parameter": ParamValidationError(report="authKey, value: secret-key-of-the-estate"),
    "no such profile": ProfileNotFound(profile="acme"),
    "unreachable": EndpointConnectionError(endpoint_url=URL),
    "lost": ConnectionClosedError(endpoint_url=URL),
    "timeout": ReadTimeoutError(endpoint_url=URL),
    "unreadable": ResponseParserError("invalid XML received: secret-key-of-the-estate"),
}
# EC2 throttles with a 503, which is no failure: a call that was turned away was not carried out.
OPEN = {"server fault", "lost", "timeout", "unreadable"}
THROTTLED = {"throttled", "throttled by EC2"}


def test_every_error_is_a_sentence():
    sentences = [sentence("create connection fra-a", error) for error in CASES.values()]

    assert_golden("aws_errors/sentences.txt", "".join(f"{line}\n" for line in sentences))
    assert "secret-key" not in "".join(sentences)


@pytest.mark.parametrize("case", CASES)
def test_the_outcome_is_open_when_the_answer_is_lost_or_aws_failed(case):
    assert outcome_is_unknown(CASES[case]) is (case in OPEN)


@pytest.mark.parametrize("case", CASES)
def test_only_throttling_is_certain_to_have_done_nothing(case):
    assert is_throttled(CASES[case]) is (case in THROTTLED)


def test_an_error_carries_what_else_is_to_be_reported():
    assert AwsError("no", done=["create gateway core"]).result == {"done": ["create gateway core"]}
