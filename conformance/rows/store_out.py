"""Storage as SCU: files as they are, reports as they were written."""
from harness import part10
from harness.files import SYNTAXES
from harness.matrix import expect, row
from harness.peers import storescp


def received(paths):
    return {whole.instance: whole.data for whole in map(part10.read, paths)}


def send(world, address, wholes):
    return world.program.run("send", address, *[whole.path for whole in wholes])


@row("C-STORE from us (send), all transfer syntaxes", "storescp")
def to_storescp(world):
    peer = storescp(world.path("storescp-send"), "+xa")
    try:
        # storescp takes no JPEG Lossless but SV1.
        wholes = [world.files.make(syntax) for syntax in SYNTAXES if not syntax[1].endswith(".57")]
        done = send(world, peer.address, wholes)
        found = received(peer.files())
    finally:
        peer.stop()
    expect(done.returncode == 0, done.stderr)
    expect(found == {whole.instance: whole.data for whole in wholes}, "received bytes differ")


@row("C-STORE from us (send)", "dcmqrscp")
def to_dcmqrscp(world):
    wholes = world.files.some(3)
    done = send(world, world.dcmqrscp.address, wholes)
    expect(done.returncode == 0, done.stderr)
    found = received(world.dcmqrscp.files())
    expect(all(found.get(whole.instance) == whole.data for whole in wholes), "received bytes differ")


@row("C-STORE from us (send)", "Orthanc")
def to_orthanc(world):
    wholes = world.files.some(3)
    done = send(world, world.orthanc.address, wholes)
    expect(done.returncode == 0, done.stderr)
    for whole in wholes:
        there = world.orthanc.file_of(whole.instance)
        expect(there is not None and there.endswith(whole.data), "bytes differ or are missing")


def fails(name, *options):
    @row(f"C-STORE from us (send), {name}: exit 1 and a line that says so", "storescp")
    def refused(world):
        peer = storescp(world.path("storescp-" + options[0].strip("-+")), *options)
        try:
            done = send(world, peer.address, world.files.some(1))
        finally:
            peer.stop()
        expect(done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, f"exit {done.returncode}: {done.stderr}")


fails("association refused", "--refuse")
fails("association aborted after the data set", "--abort-after")
fails("association aborted inside the data set", "--abort-during")


@row("C-STORE from us (send), peer takes Implicit VR only: said, nothing converted in silence", "storescp")
def implicit_only(world):
    peer = storescp(world.path("storescp-implicit"), "+xi")
    try:
        whole = world.files.make(SYNTAXES[4])
        done = send(world, peer.address, [whole])
    finally:
        peer.stop()
    expect(done.returncode == 1, f"exit {done.returncode}")
