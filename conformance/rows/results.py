"""What comes back: structured reports, storage commitment, FHIR."""
import json, os, subprocess, urllib.request
from harness import part10
from harness.files import must, tag
from harness.matrix import Absent, Skipped, expect, row
from harness.peers import free_port, storescp, until

SR = ("1.2.840.10008.5.1.4.1.1.88.34", "1.2.840.10008.5.1.4.1.1.88.33", "1.2.840.10008.5.1.4.1.1.88.22")


def report(world):
    """A study analysed once, its report delivered to storescp (which first refuses) and Orthanc. Returns the storescp."""
    def make():
        port = free_port()
        refusing = storescp(world.path("archive-refusing"), "--refuse", port=port)
        service = world.serve("report", "--quiet-time", "1", "--dicom-destination", refusing.address, "--dicom-destination", world.orthanc.address,
                              Delivery__FirstRetry="00:00:00.5", Delivery__LongestRetry="00:00:01")
        must("storescu", "-R", "-xe", "-aec", "BTD", "127.0.0.1", service.port, *world.files.phantom)
        folder = os.path.join(service.data, "reports", world.files.study, "1")
        until(lambda: os.path.exists(os.path.join(folder, "report.sr.dcm")), "a report", 90)
        until(lambda: "refus" in refusing_log(refusing), "a refused delivery")
        refusing.stop()
        archive = storescp(world.path("archive"), "+xa", port=port)
        archive.report = os.path.join(folder, "report.sr.dcm")
        return archive
    return world.once("report", make)


def named(peer, prefix):
    """The first file that storescp has named by the kind of object."""
    return next((path for path in peer.files() if os.path.basename(path).startswith(prefix)), None)


def complete(path):
    """The data set of a file; None where there is none, or storescp has not written all of it."""
    try:
        return part10.read(path).data if path else None
    except Exception:
        return None


def refusing_log(peer):
    with open(peer.folder + ".log") as log:
        return log.read().lower()


@row("SR from us, after the destination refused: delivered byte for byte", "storescp")
def to_storescp(world):
    archive = report(world)
    until(lambda: complete(named(archive, "SR")) == part10.read(archive.report).data, "a delivery with the bytes of the report on disk")
    got = part10.read(named(archive, "SR"))
    expect(got.sop_class in SR, got.sop_class)


@row("Heat map from us, after the destination refused: delivered byte for byte", "storescp")
def heat_map_to_storescp(world):
    archive = report(world)
    folder = os.path.join(os.path.dirname(archive.report), "heatmap")
    sent = [part10.read(os.path.join(folder, name)).data for name in os.listdir(folder) if name.endswith(".dcm")]
    until(lambda: complete(named(archive, "SC")) in sent, "a heat map with the bytes of one on disk")


@row("SR from us, listed under its study", "Orthanc")
def to_orthanc(world):
    whole = part10.read(report(world).report)
    until(lambda: world.orthanc.file_of(whole.instance), "a delivery")
    found = world.orthanc.ask("/tools/find", {"Level": "Series", "Query": {"Modality": "SR", "StudyInstanceUID": world.files.study}})
    expect(len(found) == 1, f"{len(found)} SR series")


@row("SR from us, read", "dsrdump, dsr2html")
def read(world):
    path = report(world).report
    said = must("dsrdump", path)
    expect("Imaging Measurement Report" in said or "CONTAINER" in said, said[:300])
    page = world.path("sr.html")
    must("dsr2html", path, page)
    expect(os.path.getsize(page) > 500, "an empty page")


@row("Storage commitment from us", "Orthanc")
def commitment(world):
    try:
        service = world.serve("commit", "--quiet-time", "1", Delivery__Dicom__0__Address=world.orthanc.address,
                              Delivery__Dicom__0__StorageCommitment="true")
    except RuntimeError as error:
        if "StorageCommitment" in str(error):
            raise Absent("StorageCommitment of a destination") from None
        raise
    # Orthanc answers in an association of its own, to whom it knows by title.
    world.orthanc.ask("/modalities/btd", {"AET": "BTD", "Host": "127.0.0.1", "Port": service.port}, "PUT")
    try:
        must("storescu", "-R", "-xe", "-aec", "BTD", "127.0.0.1", service.port, *world.files.phantom)
        until(lambda: "committed" in json.dumps(service.get("/api/studies")).lower(), "a commitment", 90)
    finally:
        world.orthanc.ask("/modalities/btd", {"AET": "BTD", "Host": "127.0.0.1", "Port": world.service.port}, "PUT")


@row("FHIR bundle from us", "a strict FHIR R4 receiver")
def fhir(world):
    receiver = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..", "..", "shared", "tools", "fhir-receiver")
    if not os.path.exists(receiver):
        raise Skipped("none on this machine")
    process = subprocess.Popen([receiver, "--store", world.path("fhir")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        base = json.loads(process.stdout.readline())["base"]
        service = world.serve("fhir", "--quiet-time", "1", "--fhir-destination", base, Fhir__PatientIdentifierSystem="urn:oid:1.2.3.4")
        patient = {"resourceType": "Patient", "identifier": [{"system": "urn:oid:1.2.3.4", "value": tag(world.files.phantom[0], "0010,0020").strip()}]}
        urllib.request.urlopen(urllib.request.Request(base + "/Patient", json.dumps(patient).encode(), {"Content-Type": "application/fhir+json"}), timeout=30).close()
        must("storescu", "-R", "-xe", "-aec", "BTD", "127.0.0.1", service.port, *world.files.phantom)
        until(lambda: os.path.isdir(os.path.join(world.folder, "fhir", "DiagnosticReport")), "a DiagnosticReport", 90)
    finally:
        process.terminate()
        process.wait(10)

