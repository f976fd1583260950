# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to speak to one AWS account: clients from the options that amazon.aws taught everyone."""

from __future__ import annotations

import os
import traceback
from collections import Counter
from typing import TYPE_CHECKING, Any

from ansible.module_utils.common.parameters import env_fallback

try:
    import boto3
    from botocore.config import Config

    BOTO3_IMPORT_ERROR: str | None = None
except ImportError:
    BOTO3_IMPORT_ERROR = traceback.format_exc()

from .errors import AwsError

if TYPE_CHECKING:
    from collections.abc import Mapping


def _option(*names: str, environment: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    option: dict[str, Any] = {"type": "str", "aliases": list(names), **more}
    if environment:
        option["fallback"] = (env_fallback, list(environment))
    return option


SESSION_SPEC: dict[str, dict[str, Any]] = {
    "region": _option(
        "aws_region", "ec2_region", environment=("AWS_REGION", "AWS_DEFAULT_REGION", "EC2_REGION")
    ),
    "profile": _option("aws_profile", environment=("AWS_PROFILE", "AWS_DEFAULT_PROFILE")),
    "access_key": _option(
        "aws_access_key_id",
        "aws_access_key",
        "ec2_access_key",
        environment=("AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "EC2_ACCESS_KEY"),
        no_log=False,  # says who asks; the secret is the other half
    ),
    "secret_key": _option(
        "aws_secret_access_key",
        "aws_secret_key",
        "ec2_secret_key",
        environment=("AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "EC2_SECRET_KEY"),
        no_log=True,
    ),
    "session_token": _option(
        "aws_session_token",
        "security_token",
        "aws_security_token",
        "access_token",
        environment=("AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "EC2_SECURITY_TOKEN"),
        no_log=True,
    ),
    "endpoint_url": _option(
        "aws_endpoint_url",
        "ec2_url",
        "s3_url",
        environment=("AWS_ENDPOINT_URL", "AWS_URL", "EC2_URL", "S3_URL"),
    ),
    "aws_ca_bundle": {"type": "path", "fallback": (env_fallback, ["AWS_CA_BUNDLE"])},
    "validate_certs": {"type": "bool", "default": True},
}

READ_ATTEMPTS = 6
SECONDS_TO_CONNECT = 10
SECONDS_TO_ANSWER = 60


def _identity(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return who asks: what the operator has named wins over what the environment happens to hold.

    Keys in a shell would otherwise take every account of an inventory for one and the same.
    """
    profile, key, token = (options[each] for each in ("profile", "access_key", "session_token"))
    of_environment = _is_of_environment("access_key", key)
    if profile and not _is_of_environment("profile", profile) and (not key or of_environment):
        return {"profile_name": profile}
    if key and not of_environment and _is_of_environment("session_token", token):
        token = None
    return {
        "profile_name": None if key else profile,
        "aws_access_key_id": key,
        "aws_secret_access_key": options["secret_key"],
        "aws_session_token": token,
    }


def _is_of_environment(option: str, value: str | None) -> bool:
    """Tell whether an option has the value that it falls back to."""
    names = SESSION_SPEC[option]["fallback"][1]
    there = next((os.environ[name] for name in names if name in os.environ), None)
    return value is not None and value == there


class Aws:
    """One account and Region: a client that reads, one that writes, and a count of all calls.

    Reads are retried by boto3's standard mode. Writes are sent once: a create call has no
    idempotency token, and a blind retry can order a second port.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        """Open a session; no call is made yet.

        Args:
            options: The values of `SESSION_SPEC`; what is None is left to boto3's own chain.
        """
        self._options = options
        self._clients: dict[tuple[str, bool], Any] = {}
        self._account_id: str | None = None
        self.calls: Counter[str] = Counter()
        self._session: Any = boto3.Session(region_name=options["region"], **_identity(options))
        self._session.events.register("before-send", self._count)

    @property
    def region(self) -> str:
        """The Region in force; empty when neither option, environment nor profile gives one."""
        return self._session.region_name or ""

    @property
    def partition(self) -> str:
        """The partition of the Region: aws, aws-cn or aws-us-gov."""
        return str(self._session.get_partition_for_region(self.region))

    def reader(self, service: str = "directconnect") -> Any:
        """Return the client for calls that change nothing."""
        return self._client(service, writes=False)

    def writer(self, service: str = "directconnect") -> Any:
        """Return the client for calls that change something: each is sent exactly once."""
        return self._client(service, writes=True)

    def learn_account_id(self, account_id: str | None) -> None:
        """Note the account id that an answer bore by the way, which saves a call."""
        self._account_id = self._account_id or account_id

    def account_id(self) -> str:
        """Return the account's id; asks STS when no answer has borne it so far."""
        if self._account_id is None:
            self._account_id = str(self.reader("sts").get_caller_identity()["Account"])
        return self._account_id

    def _client(self, service: str, *, writes: bool) -> Any:
        if (service, writes) not in self._clients:
            verify: Any = self._options["validate_certs"]
            attempts: Any = {
                "total_max_attempts": 1 if writes else READ_ATTEMPTS,
                "mode": "standard",
            }
            self._clients[service, writes] = self._new_client(
                service,
                verify=verify and (self._options["aws_ca_bundle"] or True),
                config=Config(
                    retries=attempts,
                    connect_timeout=SECONDS_TO_CONNECT,
                    read_timeout=SECONDS_TO_ANSWER,
                ),
            )
        return self._clients[service, writes]

    def _new_client(self, service: str, **more: Any) -> Any:
        endpoint = self._options["endpoint_url"]
        try:
            return self._session.client(service, endpoint_url=endpoint, **more)
        except ValueError as error:
            raise AwsError(
                f"endpoint_url {endpoint} is no URL: write it as https://HOST:PORT, or leave it out"
            ) from error

    def _count(self, event_name: str, **_: Any) -> None:
        """Count every request that leaves, retries included; None lets boto3 send it."""
        self.calls[event_name.rpartition(".")[2]] += 1
