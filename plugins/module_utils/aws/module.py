# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame of every AWS module: options, session, and the one place that catches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ..core.estate_fault import EstateError
from ..core.plan import PlanError
from .errors import AWS_ERRORS, AwsError, sentence
from .session import BOTO3_IMPORT_ERROR, SESSION_SPEC, Aws

if TYPE_CHECKING:
    from collections.abc import Callable


class AwsModule(AnsibleModule):
    """An AnsibleModule that knows how to reach an AWS account."""

    def __init__(self, argument_spec: dict[str, Any], **more: Any) -> None:
        """Add the session's options, and insist on boto3."""
        super().__init__(  # type: ignore[no-untyped-call]
            argument_spec={**SESSION_SPEC, **argument_spec}, supports_check_mode=True, **more
        )
        if BOTO3_IMPORT_ERROR:
            self.fail_json(msg=missing_required_lib("boto3"), exception=BOTO3_IMPORT_ERROR)

    def perform(self, work: Callable[[Aws], dict[str, Any]]) -> None:
        """Do the work on the account and report; whatever goes wrong becomes one sentence.

        Args:
            work: Takes the account, returns the module's result.
        """
        try:
            result = work(Aws(self.params))
        except AwsError as error:
            self.fail_json(msg=str(error), **error.result)
        except (EstateError, PlanError) as error:
            self.fail_json(msg=str(error))
        except AWS_ERRORS as error:
            self.fail_json(msg=sentence("talk to AWS", error))
        except OSError as error:
            self.fail_json(msg=f"this control node: {error}")
        else:
            self.exit_json(**result)
