"""Query (PS3.4 annex C): SCU where it is offered, never SCP."""
from harness.association import IMPLICIT, NO_ABSTRACT_SYNTAX, Association
from harness.files import must, tag
from harness.matrix import expect, row
from harness.peers import tool


def found_by_us(world, peer):
    world.needs("find")
    study = tag(world.files.phantom[0], "0020,000d")
    must("storescu", "-R", "-xe", "-aec", peer.aet, "127.0.0.1", peer.port, world.files.phantom[0])
    done = world.program.run("find", peer.address, "--study", study, "--json")
    expect(done.returncode == 0 and study in done.stdout, done.stdout + done.stderr)
    nobody = world.program.run("find", peer.address, "--study", "1.2.3.4.5.6.7", "--json")
    expect("1.2.3.4.5.6.7" not in nobody.stdout, "finds what is not there")


@row("C-FIND from us", "dcmqrscp")
def in_dcmqrscp(world):
    found_by_us(world, world.dcmqrscp)


@row("C-FIND from us", "Orthanc")
def in_orthanc(world):
    found_by_us(world, world.orthanc)


def refused(service, program, *options):
    @row(f"{service} to us: no presentation context accepted, association released", program)
    def ask(world):
        code, said = tool(program, "-v", *options, "-aec", "BTD", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.3", "127.0.0.1", world.service.port)
        expect(code != 0 and any(text in said for text in ("No Acceptable Presentation Contexts", "No adequate Presentation Contexts")), f"exit {code}: {said}")


refused("C-FIND", "findscu", "-S")
refused("C-MOVE", "movescu", "-S", "-aem", "HARNESS")
refused("C-GET", "getscu", "-S")


@row("Storage Commitment to us: abstract syntax not supported", "raw PDUs")
def commitment(world):
    association = Association(world.service.port, [("1.2.840.10008.1.20.1", [IMPLICIT])])
    association.release()
    expect(association.results[1][0] == NO_ABSTRACT_SYNTAX, str(association.results))
