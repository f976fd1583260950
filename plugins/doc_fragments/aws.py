# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that all AWS modules share."""

from __future__ import annotations


class ModuleDocFragment:
    """How to reach an AWS account, in the words of amazon.aws."""

    DOCUMENTATION = r"""
options:
  region:
    description:
      - The Region to work in.
      - Without it, E(AWS_REGION), E(AWS_DEFAULT_REGION) or E(EC2_REGION) is taken, else what the
        profile says.
    type: str
    aliases: [aws_region, ec2_region]
  profile:
    description:
      - The profile of the shared AWS configuration to use.
      - Without it, E(AWS_PROFILE) or E(AWS_DEFAULT_PROFILE) is taken.
      - Ignored if O(access_key) is given as an option, or if both come from the environment.
      - A profile that is given as an option wins over keys of the environment.
    type: str
    aliases: [aws_profile]
  access_key:
    description:
      - The access key id.
      - Without it, E(AWS_ACCESS_KEY_ID), E(AWS_ACCESS_KEY) or E(EC2_ACCESS_KEY) is taken.
    type: str
    aliases: [aws_access_key_id, aws_access_key, ec2_access_key]
  secret_key:
    description:
      - The secret access key.
      - Without it, E(AWS_SECRET_ACCESS_KEY), E(AWS_SECRET_KEY) or E(EC2_SECRET_KEY) is taken.
    type: str
    aliases: [aws_secret_access_key, aws_secret_key, ec2_secret_key]
  session_token:
    description:
      - The token of temporary credentials.
      - Without it, E(AWS_SESSION_TOKEN), E(AWS_SECURITY_TOKEN) or E(EC2_SECURITY_TOKEN) is taken,
        unless O(access_key) is given as an option.
    type: str
    aliases: [aws_session_token, security_token, aws_security_token, access_token]
  endpoint_url:
    description:
      - Another address for the AWS API, as a private endpoint or the lab's model of AWS.
      - Without it, E(AWS_ENDPOINT_URL), E(AWS_URL), E(EC2_URL) or E(S3_URL) is taken.
    type: str
    aliases: [aws_endpoint_url, ec2_url, s3_url]
  aws_ca_bundle:
    description:
      - A file of certificate authorities to trust instead of the built-in ones.
      - Without it, E(AWS_CA_BUNDLE) is taken.
    type: path
  validate_certs:
    description:
      - Whether the certificate of the AWS API is checked.
    type: bool
    default: true
requirements:
  - boto3 >= 1.35.0
"""
