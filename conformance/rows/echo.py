"""Verification (PS3.4 annex A), both ways."""
from harness.matrix import expect, row
from harness.peers import tool


def echoscu(world, *options, service=None, called="BTD"):
    return tool("echoscu", "-v", *options, "-aec", called, "127.0.0.1", (service or world.service).port)


@row("C-ECHO to us", "echoscu")
def plain(world):
    code, said = echoscu(world)
    expect(code == 0 and "Success" in said, said)


@row("C-ECHO to us, 128 presentation contexts of 38 transfer syntaxes", "echoscu")
def many(world):
    code, said = echoscu(world, "-ppc", 128, "-pts", 38)
    expect(code == 0, said)


@row("C-ECHO to us, aborted instead of released", "echoscu")
def aborted(world):
    echoscu(world, "--abort")
    expect(echoscu(world)[0] == 0, "no association after an abort")


@row("C-ECHO to us by another called AE title, any title taken", "echoscu")
def any_title(world):
    expect(echoscu(world, called="NOBODY")[0] == 0, "refused")


@row("C-ECHO to us by another called AE title, RequireCalledAe: rejected", "echoscu")
def strict_title(world):
    strict = world.serve("strict", Dicom__RequireCalledAe="true")
    code, said = echoscu(world, service=strict, called="NOBODY")
    expect(code != 0 and "Called AE Title Not Recognized" in said, said)
    expect(echoscu(world, service=strict)[0] == 0, "our own title is refused")


def out(name):
    @row("C-ECHO from us", name)
    def echo(world):
        done = world.program.run("echo", getattr(world, name.lower()).address)
        expect(done.returncode == 0 and "success" in done.stdout, done.stderr)


for peer in ("storescp", "dcmqrscp", "Orthanc"):
    out(peer)
