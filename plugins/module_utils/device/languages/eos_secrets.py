# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arista's type 7, which hides a BGP key, and no more than that.

DES in CBC mode from a vector of zeros. Its key is made of the neighbor's address and the word
`_passwd`, folded into eight bytes over a start that is the same on every router; DES ignores the
lowest bit of each. What is enciphered begins with three bytes that tell a right key from a wrong
one, and a byte that tells how many zeros fill the last block. So the same key at the same neighbor
is always the same text (https://blog.koehntopp.info/2021/11/22/arista-type-7-passwords.html).
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.modes import CBC

START = bytes.fromhex("d5a8c91ef5d58a23")
MARK = bytes.fromhex("4c88bb")
BLOCK = 8  # bytes
_HEAD = len(MARK) + 1
_TAIL = 0x0E  # the lower half of the byte that tells the filling


def encode(neighbor: str, secret: str) -> str:
    """Return what EOS prints after `password 7`."""
    content = secret.encode()
    filling = -(len(content) + _HEAD) % BLOCK
    plain = MARK + bytes([filling << 4 | _TAIL]) + content + bytes(filling)
    writer = _cipher(neighbor).encryptor()
    return base64.b64encode(writer.update(plain) + writer.finalize()).decode()


def decode(neighbor: str, word: str) -> str | None:
    """Return the secret in clear; None where the text is not this neighbor's, or of no type 7."""
    try:
        hidden = base64.b64decode(word, validate=True)
        reader = _cipher(neighbor).decryptor()
        plain = reader.update(hidden) + reader.finalize()
    except (binascii.Error, ValueError):
        return None
    if not plain.startswith(MARK) or len(plain) < _HEAD:
        return None
    filling = plain[len(MARK)] >> 4
    try:
        return plain[_HEAD : len(plain) - filling].decode()
    except UnicodeDecodeError:
        return None


def _cipher(neighbor: str) -> Cipher[CBC]:
    # Imported here: whoever configures other platforms only need not have it.
    from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers import Cipher, modes  # noqa: PLC0415

    key = bytearray(START)
    for at, byte in enumerate(f"{neighbor}_passwd".encode()):
        key[at % BLOCK] ^= byte
    # The highest bit of each byte is dropped.
    single = bytes(byte & 0x7F for byte in key)
    return Cipher(TripleDES(single * 3), modes.CBC(bytes(BLOCK)))
