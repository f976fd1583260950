# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PDF of one page, written by hand: enough for people and for pdftotext."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE_SIZE, _TEXT_SIZE, _LINE, _LEFT, _TOP = 14, 11, 18, 60, 780


def one_page(lines: Sequence[str]) -> bytes:
    """Return an A4 page with the lines below each other, the first one as its title."""
    content = _content(lines)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            b"/Resources << /Font << /F1 4 0 R >> >> >>"
        ),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    return _file(objects)


def _content(lines: Sequence[str]) -> bytes:
    parts = ["BT", f"{_LEFT} {_TOP} Td", f"{_LINE} TL"]
    for number, line in enumerate(lines):
        size = _TITLE_SIZE if number == 0 else _TEXT_SIZE
        parts += [f"/F1 {size} Tf", f"({_escaped(line)}) Tj", "T*"]
    return "\n".join([*parts, "ET"]).encode("cp1252", errors="replace")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    """Return the objects with the table of their offsets that ends a PDF."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)
