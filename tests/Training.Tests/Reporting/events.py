#!/usr/bin/env python3
"""Reads a TensorBoard event file with nothing but the format's description: record framing, masked CRC-32C, protobuf wire format."""
import struct
import sys
import zlib  # PNG chunks only


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = varint(data, at)
        elif wire == 1:
            value, at = data[at:at + 8], at + 8
        elif wire == 5:
            value, at = data[at:at + 4], at + 4
        else:
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        yield number, value


def main():
    data, at = open(sys.argv[1], 'rb').read(), 0
    while at < len(data):
        length, crc = struct.unpack_from('<QI', data, at)
        assert crc == masked(data[at:at + 8]), 'crc of a length'
        body = data[at + 12:at + 12 + length]
        assert struct.unpack_from('<I', data, at + 12 + length)[0] == masked(body), 'crc of a record'
        at += 16 + length
        event = dict(fields(body))
        step = event.get(2, 0)
        if 3 in event:
            print('version', event[3].decode())
        if 4 in event:
            nodes = [dict(fields(value)) for number, value in fields(event[4]) if number == 1]
            print('graph', len(nodes), len({node[1] for node in nodes}), sum(node[2] == b'Conv' for node in nodes))
        if 5 in event:
            for _, value in fields(event[5]):
                entry = dict(fields(value))
                if 2 in entry:
                    print('scalar', step, entry[1].decode(), '%.6g' % struct.unpack('<f', entry[2])[0])
                else:
                    image = dict(fields(entry[4]))
                    height, width = struct.unpack('>II', image[4][16:24])[::-1]
                    assert (height, width) == (image[1], image[2]) and image[4][:4] == b'\x89PNG'
                    assert zlib.crc32(image[4][12:29]) == struct.unpack('>I', image[4][29:33])[0]
                    print('image', step, entry[1].decode(), image[1], image[2], image[3])


main()
