"""STOW-RS (PS3.18 section 10.5)."""
import os
from harness import part10
from harness.files import SYNTAXES
from harness.matrix import Absent, Skipped, expect, row
from harness.peers import tool


def post(world, wholes, *more, accept="application/dicom+json", part="application/dicom"):
    body = b"".join(b"--part\r\nContent-Type: " + part.encode() + b"\r\n\r\n" + open(whole.path, "rb").read() + b"\r\n" for whole in wholes) + b"--part--\r\n"
    path = world.path("stow.body")
    with open(path, "wb") as file:
        file.write(body)
    code, said = tool("curl", "-sS", "-w", "\n%{http_code}", "-X", "POST", "-H", 'Content-Type: multipart/related; type="application/dicom"; boundary=part',
                      "-H", "Accept: " + accept, "--data-binary", "@" + path, *more, f"http://127.0.0.1:{world.service.http}/dicom-web/studies")
    expect(code == 0, said)
    answer, status = said.rsplit("\n", 1)
    if status == "404":
        raise Absent("/dicom-web/studies")
    return int(status), answer


@row("STOW-RS to us", "curl")
def stored(world):
    wholes = world.files.some(3)
    status, answer = post(world, wholes)
    expect(status == 200 and all(whole.instance in answer for whole in wholes), f"{status} {answer[:300]}")
    world.expect_stored(wholes)


@row("STOW-RS to us, each transfer syntax", "curl")
def syntaxes(world):
    # As in the file: STOW-RS sends that, a deflated data set of odd length too.
    wholes = [part10.read(world.files.make(syntax).path) for syntax in SYNTAXES]
    status, answer = post(world, wholes)
    expect(status == 200, f"{status} {answer[:300]}")
    world.expect_stored(wholes)


@row("STOW-RS to us, a part that is not DICOM: 202, the others are stored", "curl")
def partly(world):
    wholes = world.files.some(2)
    bad = world.path("bad.dcm")
    with open(bad, "wb") as file:
        file.write(b"this is no DICOM file" * 20)
    status, answer = post(world, [*wholes, wholes[0]._replace(path=bad)])
    expect(status == 202, f"{status} {answer[:300]}")
    world.expect_stored(wholes)


@row("STOW-RS to us, metadata instead of instances: 415", "curl")
def metadata(world):
    post(world, world.files.some(1))
    code, said = tool("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", "-H", 'Content-Type: multipart/related; type="application/dicom+json"; boundary=part',
                      "--data-binary", "--part--", f"http://127.0.0.1:{world.service.http}/dicom-web/studies")
    expect(code == 0 and said.strip() == "415", said)


@row("STOW-RS to us", "Orthanc, DICOMweb plugin")
def from_orthanc(world):
    if not os.path.exists("/usr/share/orthanc/plugins/libOrthancDicomWeb.so"):
        raise Skipped("the plugin is not installed")
    post(world, world.files.some(1))
    wholes = world.files.some(3)
    world.orthanc.ask("/dicom-web/servers/btd", {"Url": f"http://127.0.0.1:{world.service.http}/dicom-web/"}, "PUT")
    told = world.orthanc.ask("/dicom-web/servers/btd/stow", {"Resources": [world.orthanc.upload(whole.path) for whole in wholes], "Synchronous": True})
    world.expect_stored(wholes)
    expect(told is not None, "no answer")
