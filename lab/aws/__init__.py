# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A model of AWS for the lab: moto's server with Direct Connect completed on top.

It is our model, made from botocore's service description and AWS's published documentation. What it
answers is never evidence of what AWS does; docs/aws-model.md says what it was checked against.
"""
