"""Storage as SCP (PS3.4 annex B): whatever a peer sends lies in the journal byte for byte."""
import subprocess
from harness.association import ACCEPTED, EXPLICIT, IMPLICIT, NO_ABSTRACT_SYNTAX, NO_TRANSFER_SYNTAX, VERIFICATION, Association, Ended, command, status_of, unique_uid
from harness.files import SYNTAXES, tag
from harness.matrix import expect, row
from harness.peers import tool, until

MR = "1.2.840.10008.5.1.4.1.1.4"


def one_syntax(syntax):
    name, _, _, option = syntax

    @row(f"C-STORE to us, {name}", "storescu" if option else "dcmsend")
    def store(world):
        whole = world.files.make(syntax)
        code, said = world.storescu([whole.path], "-R", option) if option else tool("dcmsend", "-v", "-dn", "-aec", "BTD", "127.0.0.1", world.service.port, whole.path)
        expect(code == 0, said[-400:])
        world.expect_stored([whole])


for each in SYNTAXES:
    one_syntax(each)


@row("C-STORE to us, all compressed transfer syntaxes in one association", "dcmsend")
def all_compressed(world):
    # Between uncompressed ones dcmsend converts as it likes.
    wholes = [world.files.make(syntax) for syntax in SYNTAXES[4:]]
    code, said = tool("dcmsend", "-v", "-dn", "-aec", "BTD", "127.0.0.1", world.service.port, *[whole.path for whole in wholes])
    expect(code == 0, said[-400:])
    world.expect_stored(wholes)


def one_length(length):
    @row(f"C-STORE to us, PDUs of {length} bytes", "storescu")
    def store(world):
        wholes = world.files.some(3)
        code, said = world.storescu([whole.path for whole in wholes], "-R", "-xe", "-pdu", length, "--max-send-pdu", length)
        expect(code == 0, said[-400:])
        world.expect_stored(wholes)


for bytes_of_pdu in (4096, 16384, 131072):
    one_length(bytes_of_pdu)


@row("C-STORE to us, by its routing", "Orthanc")
def routed(world):
    wholes = world.files.some(3)
    told = world.orthanc.ask("/modalities/btd/store", [world.orthanc.upload(whole.path) for whole in wholes])
    expect(told.get("FailedInstancesCount") == 0, str(told))
    world.expect_stored(wholes)


@row("C-STORE to us, as destination of a C-MOVE", "dcmqrscp, movescu")
def moved(world):
    wholes = world.files.some(3)
    peer = world.dcmqrscp
    code, said = tool("storescu", "-R", "-xe", "-aec", "QRSCP", "127.0.0.1", peer.port, *[whole.path for whole in wholes])
    expect(code == 0, said[-400:])
    code, said = tool("movescu", "-v", "-S", "-aet", "HARNESS", "-aec", "QRSCP", "-aem", "BTD", "-k", "QueryRetrieveLevel=STUDY",
                      "-k", "StudyInstanceUID=" + tag(wholes[0].path, "0020,000d"), "127.0.0.1", peer.port)
    expect(code == 0, said[-400:])
    world.expect_stored(wholes)


@row("C-STORE to us, 8 associations at once", "storescu")
def at_once(world):
    wholes = world.files.some(24)
    runs = [subprocess.Popen(["storescu", "-R", "-xe", "-aec", "BTD", "127.0.0.1", str(world.service.port), *[whole.path for whole in wholes[start::8]]]) for start in range(8)]
    expect(all(run.wait(60) == 0 for run in runs), "a sender failed")
    world.expect_stored(wholes)


@row("C-STORE to us, sent three times: stored once", "storescu")
def repeated(world):
    wholes = world.files.some(2)
    for _ in range(3):
        expect(world.storescu([whole.path for whole in wholes], "-R", "-xe")[0] == 0, "refused")
    world.expect_stored(wholes)


@row("C-STORE to us, other bytes under the same UID: both are kept", "storescu")
def variant(world):
    whole = world.files.some(1)[0]
    expect(world.storescu([whole.path], "-R", "-xe")[0] == 0, "refused")
    expect(tool("dcmodify", "-nb", "-i", "(0008,103e)=another", whole.path)[0] == 0, "dcmodify")
    expect(world.storescu([whole.path], "-R", "-xe")[0] == 0, "refused")
    found = world.stored()[whole.instance]
    expect(len(found) == 2 and found[0] == whole.data, f"{len(found)} contents")
    world.sent[whole.instance] = whole.data


@row("C-STORE to us, then an abort: what was answered stays", "storescu")
def aborted(world):
    wholes = world.files.some(2)
    world.storescu([whole.path for whole in wholes], "-R", "-xe", "--abort")
    world.expect_stored(wholes)


@row("C-STORE to us, connection cut inside a data set: nothing of it is stored", "raw PDUs")
def cut(world):
    whole = world.files.some(1)[0]
    association = Association(world.service.port, [(MR, [EXPLICIT])])
    asked = command(sop_class=whole.sop_class, field=1, message=1, priority=0, data=0, instance=whole.instance)
    association.socket.sendall(association.fragment(1, 3, asked) + association.fragment(1, 0, whole.data[:1000]))
    association.close()
    until(lambda: echoed(world), "an echo after it")
    expect(whole.instance not in world.stored(), "was stored")


def echoed(world):
    association = Association(world.service.port, [(VERIFICATION, [IMPLICIT])])
    answer = association.ask(1, command(sop_class=VERIFICATION, field=0x30, message=1, data=0x0101))
    association.release()
    return status_of(answer) == 0


@row("Negotiation: each context is answered for itself", "raw PDUs")
def negotiated(world):
    association = Association(world.service.port, [(VERIFICATION, [IMPLICIT]), (MR, ["1.2.840.10008.1.2.4.100", EXPLICIT]), (MR, ["1.2.840.10008.1.2.4.100"]),
                                                  ("1.2.840.10008.5.1.4.1.2.1.1", [IMPLICIT]), ("1.2.3.4.5", [IMPLICIT]), ("1.2.840.10008.1.20.1", [IMPLICIT])])
    results = [association.results[index][0] for index in range(1, 12, 2)]
    association.release()
    expect(results == [ACCEPTED, ACCEPTED, NO_TRANSFER_SYNTAX, NO_ABSTRACT_SYNTAX, NO_ABSTRACT_SYNTAX, NO_ABSTRACT_SYNTAX], str(results))
    expect(association.results[3][1] == EXPLICIT, association.results[3][1])


@row("Negotiation: only contexts that we refuse; the association stands and can be released", "raw PDUs")
def nothing_accepted(world):
    association = Association(world.service.port, [("1.2.3.4.5", [IMPLICIT]), (MR, ["1.2.840.10008.1.2.4.102"])])
    expect([result for result, _ in association.results.values()] == [NO_ABSTRACT_SYNTAX, NO_TRANSFER_SYNTAX], str(association.results))
    association.release()


def status(name, code, change):
    @row(f"C-STORE to us, {name}: {code:04X}H, and the association goes on", "raw PDUs")
    def refused(world):
        whole = world.files.some(1)[0]
        sop_class, instance, data = change(whole)
        association = Association(world.service.port, [(MR, [EXPLICIT])])
        answered = association.store(1, sop_class, instance, data)
        expect(answered == code, f"{answered:04X}H")
        expect(association.store(1, whole.sop_class, whole.instance, whole.data) == 0, "the next one is refused")
        association.release()
        world.expect_stored([whole])


status("another SOP class than the context's", 0x0122, lambda whole: ("1.2.840.10008.5.1.4.1.1.2", whole.instance, whole.data))
status("a SOP Instance UID that is none", 0x0117, lambda whole: (whole.sop_class, "not-a-uid", whole.data))
status("another SOP Instance UID in the data set", 0xA900, lambda whole: (whole.sop_class, unique_uid(), whole.data))
status("a data set that cannot be read", 0xC000, lambda whole: (whole.sop_class, whole.instance, b"\xff" * 400))


@row("N-ACTION in a Storage context: 0211H, unrecognized operation", "raw PDUs")
def n_action(world):
    association = Association(world.service.port, [(MR, [EXPLICIT])])
    asked = command(requested_class="1.2.840.10008.1.20.1", field=0x0130, message=1, data=0x0101, requested_instance="1.2.840.10008.1.20.1.1", action=1)
    try:
        answered = status_of(association.ask(1, asked))
        expect(answered == 0x0211, f"{answered:04X}H")
        association.release()
    except Ended as error:
        raise AssertionError(str(error)) from None
