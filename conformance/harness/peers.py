"""The peer programs, each on a free port of the loopback interface and in a folder of its own."""
import json, os, socket, subprocess, time, urllib.error, urllib.request

SBIN = os.environ["PATH"] + ":/usr/sbin"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def until(condition, what, seconds=40):
    """Waits for a condition and returns its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {seconds} s")


def tool(*command, timeout=60):
    """Runs a peer's client program; returns (exit code, everything it said)."""
    done = subprocess.run([str(word) for word in command], capture_output=True, timeout=timeout, env=dict(os.environ, PATH=SBIN))
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


class Peer:
    """A server program in the background."""

    def __init__(self, aet, port, folder, command):
        self.aet, self.port, self.folder = aet, port, folder
        self.address = f"{aet}@127.0.0.1:{port}"
        with open(folder.rstrip("/") + ".log", "ab") as log:
            self.process = subprocess.Popen([str(word) for word in command], stdout=log, stderr=log, cwd=folder, env=dict(os.environ, PATH=SBIN))
        until(lambda: accepts(port), command[0], 20)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def files(self):
        """Part 10 files that the peer has written."""
        return sorted(os.path.join(root, name) for root, _, names in os.walk(self.folder) for name in names if not name.endswith((".dat", ".cfg")))


def storescp(folder, *options, port=None):
    os.makedirs(folder, exist_ok=True)
    port = port or free_port()
    return Peer("STORESCP", port, folder, ["storescp", "-v", "-aet", "STORESCP", "-od", folder, "+B", *(options or ["+xa"]), port])


def dcmqrscp(folder, destinations):
    """`destinations` is [(AE title, port)]: whom C-MOVE may name."""
    store = os.path.join(folder, "store")
    os.makedirs(store, exist_ok=True)
    port = free_port()
    hosts = "".join(f"peer{index} = ({aet}, 127.0.0.1, {number})\n" for index, (aet, number) in enumerate(destinations))
    configuration = os.path.join(folder, "qr.cfg")
    with open(configuration, "w") as file:
        file.write(f"NetworkTCPPort = {port}\nMaxPDUSize = 16384\nMaxAssociations = 16\nHostTable BEGIN\n{hosts}HostTable END\n"
                   f"VendorTable BEGIN\nVendorTable END\nAETable BEGIN\nQRSCP {store} RW (200, 1024mb) ANY\nAETable END\n")
    return Peer("QRSCP", port, store, ["dcmqrscp", "-v", "-c", configuration])


class Orthanc(Peer):
    def __init__(self, folder, modalities, **settings):
        """`modalities` is {name: (AE title, port)}."""
        os.makedirs(folder, exist_ok=True)
        port, self.http = free_port(), free_port()
        configuration = os.path.join(folder, "orthanc.json")
        plugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so"
        with open(configuration, "w") as file:
            json.dump({
                "Name": "peer", "DicomAet": "ORTHANC", "DicomPort": port, "HttpPort": self.http, "StorageDirectory": folder + "/db", "IndexDirectory": folder + "/db",
                "RemoteAccessAllowed": False, "AuthenticationEnabled": False, "DicomAlwaysAllowFind": True, "UnknownSopClassAccepted": False, "SaveJobs": False,
                "DicomModalities": {name: [aet, "127.0.0.1", number] for name, (aet, number) in modalities.items()},
                "Plugins": [plugin] if os.path.exists(plugin) else [], "DicomWeb": {"Enable": True, "Root": "/dicom-web/"}, **settings}, file)
        super().__init__("ORTHANC", port, folder, ["Orthanc", configuration])
        until(lambda: accepts(self.http), "Orthanc's HTTP port", 20)

    def ask(self, path, data=None, method=None):
        """REST: a dict goes as JSON, bytes as they are; the answer comes back parsed."""
        body = json.dumps(data).encode() if isinstance(data, (dict, list)) else data
        asked = urllib.request.Request(f"http://127.0.0.1:{self.http}{path}", body, method=method or ("GET" if body is None else "POST"))
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                said = answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"Orthanc answers {error.code} to {path}: {error.read()[:200]!r}") from None
        return json.loads(said) if said[:1] in (b"{", b"[", b'"') else said

    def upload(self, path):
        with open(path, "rb") as file:
            return self.ask("/instances", file.read())["ID"]

    def file_of(self, sop_instance):
        found = self.ask("/tools/lookup", sop_instance.encode())
        return self.ask(f"/instances/{found[0]['ID']}/file") if found else None
