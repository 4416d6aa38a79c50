"""Just enough of PS3.10 section 7.1 to part File Meta Information from the data set."""
import struct
from collections import namedtuple

Part10 = namedtuple("Part10", "path sop_class instance syntax data")


def read(path):
    with open(path, "rb") as file:
        whole = file.read()
    if whole[128:132] != b"DICM":
        raise ValueError(f"{path} is not a Part 10 file")
    at, meta = 132, {}
    while at + 8 <= len(whole) and whole[at:at + 2] == b"\x02\x00":
        element, vr = struct.unpack_from("<H2s", whole, at + 2)
        start, length = (at + 12, struct.unpack_from("<I", whole, at + 8)[0]) if vr in (b"OB", b"UN") else (at + 8, struct.unpack_from("<H", whole, at + 6)[0])
        meta[element] = whole[start:start + length].rstrip(b"\0 ").decode("latin-1")
        at = start + length
    return Part10(path, meta[2], meta[3], meta[0x10], whole[at:])
