"""A DICOM association from the standard's tables and nothing else (PS3.8 section 9.3, PS3.7 annex E): for what no peer program can be made to send."""
import os, socket, struct

VERIFICATION = "1.2.840.10008.1.1"
IMPLICIT, EXPLICIT = "1.2.840.10008.1.2", "1.2.840.10008.1.2.1"
ACCEPTED, NO_ABSTRACT_SYNTAX, NO_TRANSFER_SYNTAX = 0, 3, 4


class Ended(Exception):
    """The peer rejected, aborted or closed; the reason is the text."""


def item(kind, body):
    return struct.pack(">BxH", kind, len(body)) + body


def command(**fields):
    """A command set (PS3.7 section E.1) from keyword names: a str is a UID, an int is US."""
    elements = b""
    for (element, name) in ((0x0002, "sop_class"), (0x0003, "requested_class"), (0x0100, "field"), (0x0110, "message"), (0x0700, "priority"),
                            (0x0800, "data"), (0x1000, "instance"), (0x1001, "requested_instance"), (0x1008, "action")):
        if name in fields:
            value = fields[name]
            coded = struct.pack("<H", value) if isinstance(value, int) else value.encode() + b"\0" * (len(value) % 2)
            elements += struct.pack("<HHI", 0, element, len(coded)) + coded
    return struct.pack("<HHII", 0, 0, 4, len(elements)) + elements


def elements_of(data):
    """Group 0000 as {element: bytes}."""
    found, at = {}, 0
    while at + 8 <= len(data):
        group, element, length = struct.unpack_from("<HHI", data, at)
        found[element] = data[at + 8:at + 8 + length]
        at += 8 + length
    return found


class Association:
    """An association as requestor. `contexts` is a list of (abstract syntax, [transfer syntaxes])."""

    def __init__(self, port, contexts, called="BTD", calling="HARNESS", pdu=16384, timeout=60, wrap=None):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if wrap:
            self.socket = wrap(self.socket)
        self.rest, self.message = b"", 0
        body = struct.pack(">HH16s16s32x", 1, 0, called.encode().ljust(16), calling.encode().ljust(16)) + item(0x10, b"1.2.840.10008.3.1.1.1")
        for index, (abstract, syntaxes) in enumerate(contexts):
            inner = item(0x30, abstract.encode()) + b"".join(item(0x40, syntax.encode()) for syntax in syntaxes)
            body += item(0x20, struct.pack(">B3x", 2 * index + 1) + inner)
        body += item(0x50, item(0x51, struct.pack(">I", pdu)) + item(0x52, b"2.25.101"))
        self.send(1, body)
        kind, answer = self.receive()
        if kind == 3:
            raise Ended("rejected: result %d, source %d, reason %d" % tuple(answer[1:4]))
        if kind != 2:
            raise Ended(f"PDU {kind} instead of A-ASSOCIATE-AC")
        self.results, self.maximum = {}, 16384
        at = 68
        while at < len(answer):
            kind, length = struct.unpack_from(">BxH", answer, at)
            inner = answer[at + 4:at + 4 + length]
            if kind == 0x21:
                self.results[inner[0]] = (inner[2], inner[8:].decode())
            elif kind == 0x50:
                self.maximum = struct.unpack_from(">I", inner, 4)[0] or 1 << 20
            at += 4 + length

    def send(self, kind, body):
        self.socket.sendall(struct.pack(">BxI", kind, len(body)) + body)

    def take(self, count):
        while len(self.rest) < count:
            part = self.socket.recv(1 << 16)
            if not part:
                raise Ended("closed")
            self.rest += part
        part, self.rest = self.rest[:count], self.rest[count:]
        return part

    def receive(self):
        kind, length = struct.unpack(">BxI", self.take(6))
        body = self.take(length)
        if kind == 7:
            raise Ended("aborted: source %d, reason %d" % tuple(body[2:4]))
        return kind, body

    def ask(self, context, command_set, data=None):
        """Sends one message and returns the response's group 0000."""
        pieces = [self.fragment(context, 3, command_set)]
        if data is not None:
            step = self.maximum - 6
            for at in range(0, len(data), step):
                pieces.append(self.fragment(context, 2 if at + step >= len(data) else 0, data[at:at + step]))
        self.socket.sendall(b"".join(pieces))
        _, body = self.receive()
        return elements_of(body[6:])

    @staticmethod
    def fragment(context, flags, data):
        return struct.pack(">BxIIBB", 4, len(data) + 6, len(data) + 2, context, flags) + data

    def store(self, context, sop_class, instance, data):
        """C-STORE; returns the status."""
        self.message = self.message % 65535 + 1
        asked = command(sop_class=sop_class, field=1, message=self.message, priority=0, data=0, instance=instance)
        return status_of(self.ask(context, asked, data))

    def release(self):
        self.send(5, b"\0" * 4)
        kind, _ = self.receive()
        if kind != 6:
            raise Ended(f"PDU {kind} instead of A-RELEASE-RP")
        self.socket.close()

    def abort(self):
        self.send(7, b"\0" * 4)
        self.socket.close()

    def close(self):
        self.socket.close()


def status_of(response):
    return struct.unpack("<H", response[0x0900])[0]


def unique_uid():
    return "2.25." + str(int.from_bytes(os.urandom(15), "big"))
