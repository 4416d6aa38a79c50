"""The published program, as a service and as a command."""
import json, os, re, signal, subprocess, time, urllib.request


class Program:
    def __init__(self, folder):
        self.path = os.path.join(os.path.abspath(folder), "braintumordicom")
        if not os.access(self.path, os.X_OK):
            raise SystemExit(f"no {self.path}: dotnet publish src/Cli -c Release -o {folder}")
        self.helps = {}

    def run(self, *arguments, timeout=60):
        return subprocess.run([self.path, *map(str, arguments)], capture_output=True, text=True, timeout=timeout)

    def offers(self, verb, option=""):
        """Whether --help names the verb (and the option of it)."""
        if verb not in self.helps:
            answer = self.run(verb, "--help")
            self.helps[verb] = answer.stdout if answer.returncode == 0 and re.search(rf"^\s+\S+ {verb}\b", answer.stdout, re.M) else ""
        return option in self.helps[verb] if option else bool(self.helps[verb])


class Service:
    """`serve` in the foreground of a process of its own. `settings` are Section__Key pairs of the environment."""

    def __init__(self, program, data, *arguments, settings=None, aet="BTD"):
        self.data = data
        os.makedirs(data, exist_ok=True)
        self.log_path = data.rstrip("/") + ".log"
        self.begins = os.path.getsize(self.log_path) if os.path.exists(self.log_path) else 0
        environment = dict(os.environ, **{"BTD__" + key: value for key, value in (settings or {}).items()})
        out = data.rstrip("/") + ".out"
        with open(self.log_path, "ab") as log, open(out, "wb") as said:
            self.process = subprocess.Popen(
                [program.path, "serve", "--data", data, "--aet", aet, "--port", "0", "--http", "127.0.0.1:0", "--device", "cpu", *map(str, arguments)],
                stdout=said, stderr=log, env=environment)
        until = time.monotonic() + 60
        # The log is written by a thread of its own: the ports may follow "ready" on standard output.
        while not (os.path.getsize(out) and (ports := re.findall(r"(?:HTTP|DICOM) listens on [^ ]*:(\d+):", self.log()))[1:]):
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError("the service is not ready: " + self.log()[-400:].replace("\n", " "))
            time.sleep(0.05)
        self.http, self.port = int(ports[0]), int(ports[1])

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            log.seek(self.begins)
            return log.read()

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}{path}", timeout=30) as answer:
            return json.load(answer)

    def kill(self):
        """SIGKILL: what a power failure is to the process."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode
