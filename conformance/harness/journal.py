"""A second reader of the journal, from the layout in src/Service/Journal/RecordFormat.cs alone: what is stored, without asking the program."""
import os, struct
from collections import namedtuple

Record = namedtuple("Record", "variant sop_class instance syntax study series data")
BLOCK = 4096
MAGIC = b"\x9bBTDR\r\n\x1a"


def records(folder):
    """Every whole instance record. A torn tail, which is what a kill leaves, ends its segment."""
    for name in sorted(os.listdir(folder)):
        if name.endswith(".journal"):
            with open(os.path.join(folder, name), "rb") as file:
                yield from segment(file)


def segment(file):
    while True:
        prefix = file.read(32)
        if len(prefix) < 32 or not prefix.startswith(MAGIC):
            return
        version, kind, header_length, meta_length, data_length = struct.unpack("<BBHiq", prefix[8:24])
        header, _, data = file.read(header_length), file.read(meta_length), file.read(data_length)
        if len(data) < data_length:
            return
        if version > 1:
            # The next record begins on a block.
            file.seek(-file.tell() % BLOCK, os.SEEK_CUR)
        if kind == 1:
            texts, at = [], 21
            for _ in range(7):
                texts.append(header[at + 1:at + 1 + header[at]].decode("latin-1"))
                at += 1 + header[at]
            yield Record(struct.unpack_from("<i", header, 16)[0], texts[1], texts[2], texts[3], texts[4], texts[5], data)
