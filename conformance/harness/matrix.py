"""Rows: what is played, against whom, and how it ended."""
import contextlib, os, traceback
from collections import namedtuple
from . import journal
from .files import Files
from .peers import Orthanc, dcmqrscp, storescp, tool
from .program import Service

Row = namedtuple("Row", "service peer play")
ROWS = []
PASSED, FAILED, ABSENT, SKIPPED = "passed", "FAILED", "not offered", "skipped"


class Absent(Exception):
    """The program does not offer what the row plays."""


class Skipped(Exception):
    """The peer or the data is not on this machine."""


def row(service, peer):
    """Decorator: a function of one World, which raises where it does not go as the standard says."""
    def add(play):
        ROWS.append(Row(service, peer, play))
        return play
    return add


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


class World:
    """What rows share, each part made when the first row asks for it."""

    def __init__(self, program, folder):
        self.program, self.folder, self.stack, self.made, self.sent = program, folder, contextlib.ExitStack(), {}, {}

    def once(self, name, make):
        """A failure to make it is the failure of every row that needs it."""
        if name not in self.made:
            self.made[name] = make()
            if hasattr(self.made[name], "stop"):
                self.stack.callback(self.made[name].stop)
        return self.made[name]

    def path(self, *names):
        path = os.path.join(self.folder, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    @property
    def files(self):
        os.makedirs(self.path("files"), exist_ok=True)
        return self.once("files", lambda: Files(self.program, self.path("files")))

    @property
    def service(self):
        return self.serve("main", "--quiet-time", "600")

    def serve(self, name, *arguments, **settings):
        return self.once("service " + name, lambda: Service(self.program, self.path("service-" + name), *arguments, settings=settings))

    @property
    def storescp(self):
        return self.once("storescp", lambda: storescp(self.path("storescp")))

    @property
    def orthanc(self):
        return self.once("orthanc", lambda: Orthanc(self.path("orthanc"), {"btd": ("BTD", self.service.port)}))

    @property
    def dcmqrscp(self):
        return self.once("dcmqrscp", lambda: dcmqrscp(self.path("dcmqrscp"), [("BTD", self.service.port)]))

    def stored(self, service=None):
        """{SOP Instance UID: [data set, ...]} in the journal now."""
        found = {}
        for record in journal.records(os.path.join((service or self.service).data, "journal")):
            found.setdefault(record.instance, []).append(record.data)
        return found

    def expect_stored(self, wholes, service=None):
        """Each is in the journal once, byte for byte as in its file."""
        found = self.stored(service)
        for whole in wholes:
            expect(whole.instance in found, "was not stored")
            expect(len(found[whole.instance]) == 1, f"was stored {len(found[whole.instance])} times")
            expect(found[whole.instance][0] == whole.data, f"stored bytes differ ({len(found[whole.instance][0])} for {len(whole.data)})")
            if service is None:
                self.sent[whole.instance] = whole.data

    def storescu(self, paths, *options, service=None):
        return tool("storescu", "-v", *options, "-aet", "HARNESS", "-aec", "BTD", "127.0.0.1", (service or self.service).port, *paths)

    def needs(self, verb, option=""):
        if not self.program.offers(verb, option):
            raise Absent(f"{verb} {option}".strip())


def play(world, wanted):
    """Plays the rows; yields (row, result, remark)."""
    with world.stack:
        for one in ROWS:
            if wanted and wanted.lower() not in f"{one.service} {one.peer}".lower():
                continue
            try:
                one.play(world)
                yield one, PASSED, ""
            except Absent as error:
                yield one, ABSENT, str(error)
            except Skipped as error:
                yield one, SKIPPED, str(error)
            except FileNotFoundError as error:
                # A name without a folder is a peer program that is not installed; where peers are required, that is a failure.
                missing = "/" not in str(error.filename) and not os.environ.get("BTD_REQUIRE_PEERS")
                yield one, SKIPPED if missing else FAILED, str(error)
            except AssertionError as error:
                yield one, FAILED, " ".join(str(error).split())[:300]
            except Exception as error:
                # A row's fault must not end the run: whatever it is, it is that row's result.
                yield one, FAILED, f"{type(error).__name__}: {error} at {traceback.extract_tb(error.__traceback__)[-1][:3]}"


def versions():
    said = {"DCMTK": tool("storescu", "--version")[1].split("\n")[0], "Orthanc": tool("Orthanc", "--version")[1].split("\n")[0]}
    words = {name: next((word.lstrip("v") for word in text.split() if word.lstrip("v")[:1].isdigit()), "?") for name, text in said.items()}
    return ", ".join(f"{name} {version}" for name, version in words.items())


def write(path, results):
    lines = ["# What has been played, against whom", "", f"Written by `conformance/run`; not to be edited. Peers: {versions()}.", "",
             "| service | peer | result |", "|---|---|---|"]
    lines += [f"| {one.service} | {one.peer} | {result}{f' ({remark})' if remark and result != FAILED else ''} |" for one, result, remark in results]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
