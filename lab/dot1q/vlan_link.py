# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""802.1Q links for a kernel that has none, behind the sentences of `ip link`.

Runs inside a node, by the distribution's Python and with nothing but its standard library. A VLAN
link becomes a macvlan on its parent and two small eBPF programs on the traffic control hooks:

- leaving the link: push the tag, hand the frame to the parent;
- arriving at the parent: if the frame carries this tag, pop it and hand the frame to the link.

On the wire the frames are real 802.1Q. A file for each link, named by its interface index, holds
the VLAN and the parent; an index is not used twice, so a file of a link that is gone harms no one.
Not like a real VLAN link: it has a MAC address of its own (the same each time), and programs that
speak netlink instead of calling `ip` see a macvlan.
"""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

REAL_IP = "/usr/local/lib/crossconnect/ip"
RECORDS = Path("/run/crossconnect-vlan")
PINS = RECORDS / "pins"
LARGEST_VLAN = 4094
FAILED = 2  # as iproute2 answers when the kernel refuses
WITH_VALUE = {"-n", "-netns", "-f", "-family", "-rc", "-rcvbuf", "-l", "-loops", "-b", "-batch"}

BPF_SYSCALL = {"x86_64": 321, "aarch64": 280}
PROG_LOAD, OBJ_PIN, SCHED_CLS = 5, 6, 3
LOG_SIZE = 65536
HELPER_PUSH, HELPER_POP, HELPER_REDIRECT = 18, 19, 23
VLAN_PRESENT, VLAN_TCI = 20, 24  # offsets in struct __sk_buff
PASS_ON, DROP = -1, 2
TAG_PROTOCOL = 0x0081  # 0x8100 in network order
TO_INGRESS = 1


class RefusedError(Exception):
    """The kernel, or this substitute in its name, says no."""


# --- eBPF, assembled by hand: no compiler, no library ---


def _instruction(
    code: int, target: int = 0, source: int = 0, offset: int = 0, value: int = 0
) -> bytes:
    return struct.pack("<BBhi", code, (source << 4) | target, offset, value)


def _set(register: int, value: int) -> bytes:
    return _instruction(0xB7, register, value=value)


def _copy(register: int, source: int) -> bytes:
    return _instruction(0xBF, register, source)


def _call(helper: int) -> bytes:
    return _instruction(0x85, value=helper)


def _load_word(register: int, source: int, offset: int) -> bytes:
    return _instruction(0x61, register, source, offset)


def _skip_if_equal(register: int, value: int, count: int) -> bytes:
    return _instruction(0x15, register, offset=count, value=value)


def _skip_unless_equal(register: int, value: int, count: int) -> bytes:
    return _instruction(0x55, register, offset=count, value=value)


def _mask(register: int, value: int) -> bytes:
    return _instruction(0x57, register, value=value)


EXIT = _instruction(0x95)


def leaving(parent: int, vlan: int) -> bytes:
    """Return the program for frames that leave the link: tag, then out of the parent."""
    push = [_copy(6, 1), _set(2, TAG_PROTOCOL), _set(3, vlan), _call(HELPER_PUSH)]
    drop = [_skip_if_equal(0, 0, 2), _set(0, DROP), EXIT]
    return b"".join([*push, *drop, _set(1, parent), _set(2, 0), _call(HELPER_REDIRECT), EXIT])


def arriving(link: int, vlan: int) -> bytes:
    """Return the program for frames that arrive at the parent: ours go to the link, untagged."""
    ours = [
        _copy(6, 1),
        _load_word(2, 6, VLAN_PRESENT),
        _skip_if_equal(2, 0, 10),
        _load_word(2, 6, VLAN_TCI),
        _mask(2, 0xFFF),
        _skip_unless_equal(2, vlan, 7),
    ]
    pop = [_copy(1, 6), _call(HELPER_POP), _skip_unless_equal(0, 0, 4)]
    hand = [_set(1, link), _set(2, TO_INGRESS), _call(HELPER_REDIRECT), EXIT]
    return b"".join([*ours, *pop, *hand, _set(0, PASS_ON), EXIT])


def _bpf(command: int, attributes: bytes) -> int:
    import ctypes  # noqa: PLC0415 - see pin_program

    kernel = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(attributes, len(attributes))
    answer = int(kernel.syscall(BPF_SYSCALL[os.uname().machine], command, buffer, len(attributes)))
    if answer < 0:
        raise RefusedError(f"bpf: {os.strerror(ctypes.get_errno())}")
    return answer


def pin_program(code: bytes, name: str) -> Path:
    """Load a program and pin it where `tc` can pick it up."""
    import ctypes  # noqa: PLC0415 - slow to load, and showing links does without

    log = ctypes.create_string_buffer(LOG_SIZE)
    licence = ctypes.create_string_buffer(b"GPL")
    program = ctypes.create_string_buffer(code, len(code))
    addresses = ctypes.addressof(program), ctypes.addressof(licence), ctypes.addressof(log)
    attributes = struct.pack(
        "<IIQQIIQII", SCHED_CLS, len(code) // 8, addresses[0], addresses[1],
        1, LOG_SIZE, addresses[2], 0, 0,
    )  # fmt: skip
    loaded = _bpf(PROG_LOAD, attributes.ljust(120, b"\0"))
    pin = PINS / name
    pin.unlink(missing_ok=True)
    path = ctypes.create_string_buffer(str(pin).encode())
    _bpf(OBJ_PIN, struct.pack("<QII", ctypes.addressof(path), loaded, 0).ljust(120, b"\0"))
    os.close(loaded)
    return pin


# --- one VLAN link ---


def _index(interface: str) -> int:
    return int(Path(f"/sys/class/net/{interface}/ifindex").read_text(encoding="ascii"))


def stable_address(parent: str, vlan: int) -> str:
    """Return a MAC address that a link keeps when it is deleted and made again.

    A real VLAN link has its parent's, which a macvlan may not have. A random one would leave the
    neighbours talking to an address that is gone.
    """
    text = Path(f"/sys/class/net/{parent}/address").read_text(encoding="ascii")
    octets = [int(octet, 16) for octet in text.strip().split(":")]
    octets[1] ^= vlan >> 8
    octets[2] ^= vlan & 0xFF
    return ":".join(f"{octet:02x}" for octet in octets)


def record_of(interface: str) -> tuple[int, str] | None:
    """Return VLAN and parent of a link that is ours, else None."""
    try:
        vlan, parent = (RECORDS / str(_index(interface))).read_text(encoding="ascii").split()
    except OSError:
        return None
    return int(vlan), parent


def _taken(parent: str, vlan: int) -> bool:
    links = Path("/sys/class/net").iterdir()
    return any(record_of(link.name) == (vlan, parent) for link in links)


def _tc(lines: list[str]) -> None:
    done = subprocess.run(
        ["tc", "-batch", "-"], input="".join(f"{line}\n" for line in lines),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RefusedError(done.stderr.strip())


def _ensure_hooks(parent: str) -> None:
    """Give the parent its hooks; that they are there already is no fault."""
    RECORDS.mkdir(mode=0o755, exist_ok=True)
    if not PINS.is_mount():
        PINS.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "bpf", "bpf", str(PINS)], check=True)
    argv = ["tc", "qdisc", "add", "dev", parent, "clsact"]
    subprocess.run(argv, capture_output=True, check=False)


def attach(name: str, parent: str, vlan: int) -> None:
    """Make a fresh macvlan carry one VLAN of its parent."""
    _ensure_hooks(parent)
    link = _index(name)
    out = pin_program(leaving(_index(parent), vlan), f"{link}_out")
    into = pin_program(arriving(link, vlan), f"{link}_in")
    how = "protocol all bpf da object-pinned"
    _tc([
        f"qdisc add dev {name} clsact",
        f"filter add dev {name} egress prio 1 {how} {out}",
        f"filter replace dev {parent} ingress prio {vlan} {how} {into}",
    ])  # fmt: skip
    for pin in (out, into):
        pin.unlink()  # the filters hold the programs now
    (RECORDS / str(link)).write_text(f"{vlan} {parent}", encoding="ascii")


# --- the sentences of `ip` ---


def _split(argv: list[str]) -> tuple[list[str], list[str]]:
    """Part the options from the sentence."""
    place = 0
    while place < len(argv) and argv[place].startswith("-"):
        place += 2 if argv[place] in WITH_VALUE else 1
    return argv[:place], argv[place:]


def _take(words: list[str], key: str) -> str | None:
    """Take `key VALUE` out of a sentence and return the value."""
    if key not in words[:-1]:
        return None
    place = words.index(key)
    value = words[place + 1]
    del words[place : place + 2]
    return value


def _real(argv: list[str]) -> int:
    return subprocess.run([REAL_IP, *argv], check=False).returncode


def _vlan_number(text: str | None) -> int:
    if text is None:
        raise RefusedError("Error: 8021q: VLAN properties not specified.")
    if not text.isdigit() or not 0 < int(text) <= LARGEST_VLAN:
        raise RefusedError("Error: 8021q: Invalid VLAN id.")
    return int(text)


def add(options: list[str], words: list[str]) -> int:
    """Carry out `link add link PARENT [name] NAME [...] type vlan id VLAN`."""
    place = words.index("type")
    common, special = words[:place], words[place + 2 :]
    vlan = _vlan_number(_take(special, "id"))
    parent = _take(common, "link")
    name = _take(common, "name") or _take(common, "dev") or (common.pop(0) if common else None)
    if parent is None or name is None:
        raise RefusedError('Not enough information: "link" and "name" are required')
    if not Path(f"/sys/class/net/{parent}").exists():
        raise RefusedError(f'Cannot find device "{parent}"')
    if _taken(parent, vlan):
        raise RefusedError("RTNETLINK answers: File exists")
    address = [] if "address" in common else ["address", stable_address(parent, vlan)]
    macvlan = ["link", "add", "link", parent, "name", name, *address, *common]
    if code := _real([*options, *macvlan, "type", "macvlan", "mode", "private"]):
        return code
    try:
        attach(name, parent, vlan)
    except BaseException:
        _real(["link", "delete", name])
        raise
    return 0


def delete(options: list[str], words: list[str]) -> int:
    """Carry out `link delete [dev] NAME [type vlan]`."""
    rest = list(words)
    kind = _take(rest, "type")
    name = _take(rest, "dev") or (rest[0] if rest else "")
    record = record_of(name)
    if record is None:
        return _real([*options, "link", "delete", *words])
    if kind not in {None, "vlan"}:
        raise RefusedError("RTNETLINK answers: Operation not supported")
    index = _index(name)
    code = _real([*options, "link", "delete", name])
    if code == 0:
        vlan, parent = record
        _tc([f"filter delete dev {parent} ingress prio {vlan}"])
        (RECORDS / str(index)).unlink(missing_ok=True)
    return code


def show(options: list[str], subject: str, words: list[str]) -> int:
    """Carry out `link show` and `address show` so that our links read as VLAN links."""
    rest = list(words)
    only = "type" in rest and rest[rest.index("type") + 1 :][:1] == ["vlan"]
    if only:
        _take(rest, "type")
    argv = [REAL_IP, *options, subject, *rest]
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=False)
    if {"-j", "-json"} & set(options):
        indent = 4 if {"-p", "-pretty"} & set(options) else None
        links = [_told(link) for link in json.loads(done.stdout or "[]") if link]
        links = [link for link in links if not only or record_of(str(link["ifname"]))]
        sys.stdout.write(json.dumps(links, indent=indent) + "\n" if done.stdout else "")
    else:
        blocks = re.split(r"(?m)^(?=\d+: )", done.stdout)
        sys.stdout.write("".join(_told_in_text(block, only=only) for block in blocks))
    return done.returncode


def _told(link: dict[str, object]) -> dict[str, object]:
    record = record_of(str(link.get("ifname", "")))
    if record and "linkinfo" in link:
        data = {"protocol": "802.1Q", "id": record[0], "flags": ["REORDER_HDR"]}
        link["linkinfo"] = {"info_kind": "vlan", "info_data": data}
    return link


def _told_in_text(block: str, *, only: bool) -> str:
    head = re.match(r"\d+: ([^:@]+)", block)
    record = record_of(head[1]) if head else None
    if record is None:
        return "" if only else block
    told = f"vlan protocol 802.1Q id {record[0]} <REORDER_HDR>"
    return re.sub(r"macvlan mode private(?: bcqueuelen \d+)?(?: usedbcqueuelen \d+)?", told, block)


def batch(options: list[str]) -> int:
    """Carry out `-batch FILE`: sentence by sentence, up to the first that fails."""
    place = next(i for i, option in enumerate(options) if option in {"-b", "-batch"})
    source = options[place + 1]
    others = options[:place] + options[place + 2 :]
    text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    worst = 0
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        code = sentence(others, words) if words else 0
        worst = worst or code
        if code and not {"-force", "-fo"} & set(others):
            break
    return worst


def sentence(options: list[str], words: list[str]) -> int:
    """Carry out one sentence, ours or iproute2's."""
    subject = words[0] if words else ""
    verb = words[1] if len(words) > 1 else "show"
    if subject and "link".startswith(subject):
        if "add".startswith(verb) and "vlan" in words[2:]:
            return add(options, words[2:])
        if "delete".startswith(verb):
            return delete(options, words[2:])
    showing = "show".startswith(verb) or "list".startswith(verb) or verb == "lst"
    if subject and showing and ("link".startswith(subject) or "address".startswith(subject)):
        return show(options, subject, words[1:])
    return _real([*options, *words])


def main() -> int:
    """Carry out what the command line says, answering as iproute2 does."""
    options, words = _split(sys.argv[1:])
    try:
        if {"-b", "-batch"} & set(options):
            return batch(options)
        return sentence(options, words)
    except RefusedError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
