"""Secure transport (PS3.15 annex B.12, BCP 195)."""
import os, re
from harness.files import must
from harness.matrix import expect, row
from harness.peers import storescp, tool, until


class Certificates:
    """A certification authority, one certificate of it for 127.0.0.1, and a stranger's of another authority."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        for authority, leaf in (("ca", "peer"), ("other-ca", "stranger")):
            must("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self[authority, "key"], "-out", self[authority, "pem"],
                 "-days", 2, "-subj", f"/CN={authority}", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
            must("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", self[leaf, "key"], "-out", self[leaf, "csr"], "-subj", f"/CN={leaf}")
            with open(self[leaf, "ext"], "w") as file:
                file.write("subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n")
            must("openssl", "x509", "-req", "-in", self[leaf, "csr"], "-CA", self[authority, "pem"], "-CAkey", self[authority, "key"],
                 "-CAcreateserial", "-days", 2, "-extfile", self[leaf, "ext"], "-out", self[leaf, "pem"])

    def __getitem__(self, name):
        return os.path.join(self.folder, ".".join(name))


def certificates(world):
    world.needs("echo", "--tls")
    return world.once("certificates", lambda: Certificates(world.path("tls")))


def secure(world, name, **more):
    own = certificates(world)
    return world.serve(name, "--quiet-time", "600", Dicom__Tls__CertificateFile=own["peer", "pem"], Dicom__Tls__KeyFile=own["peer", "key"],
                       Dicom__Tls__TrustedCaFile=own["ca", "pem"], Dicom__Tls__Port="0", **more)


def tls_port(service):
    """The TLS port, where it has one of its own."""
    return int(until(lambda: re.search(r"TLS listens on [^ ]*:(\d+):", service.log()), "a TLS port", 10).group(1))


def mutual(world):
    return secure(world, "tls", Dicom__Tls__RequireClientCertificate="true")


def anonymous(world):
    return secure(world, "tls-anonymous", Dicom__Tls__RequireClientCertificate="false")


def store(world, service, *options):
    whole = world.files.some(1)[0]
    code, said = tool("storescu", "-v", "-R", "-xe", *options, "-aec", "BTD", "127.0.0.1", tls_port(service), whole.path)
    return whole, code, said


@row("C-STORE to us over TLS, client certificate", "storescu +tls")
def with_certificate(world):
    own, service = certificates(world), mutual(world)
    whole, code, said = store(world, service, "+tls", own["peer", "key"], own["peer", "pem"], "+cf", own["ca", "pem"])
    expect(code == 0, said[-400:])
    world.expect_stored([whole], service)


@row("C-STORE to us over TLS, client certificate of another authority: refused", "storescu +tls")
def stranger(world):
    own, service = certificates(world), mutual(world)
    whole, code, _ = store(world, service, "+tls", own["stranger", "key"], own["stranger", "pem"], "+cf", own["ca", "pem"])
    expect(code != 0 and whole.instance not in world.stored(service), "was taken")


@row("C-STORE to us over TLS, no client certificate where one is required: refused", "storescu +tla")
def no_certificate(world):
    own, service = certificates(world), mutual(world)
    whole, code, _ = store(world, service, "+tla", "+cf", own["ca", "pem"])
    expect(code != 0 and whole.instance not in world.stored(service), "was taken")


@row("C-STORE to us over TLS, no client certificate where none is required", "storescu +tla")
def without_certificate(world):
    own, service = certificates(world), anonymous(world)
    whole, code, said = store(world, service, "+tla", "+cf", own["ca", "pem"])
    expect(code == 0, said[-400:])
    world.expect_stored([whole], service)


@row("C-STORE to us over TLS, the client does not know our authority: it ends", "storescu +tla")
def unknown_authority(world):
    own, service = certificates(world), anonymous(world)
    _, code, _ = store(world, service, "+tla", "+cf", own["other-ca", "pem"])
    expect(code != 0, "was taken")


@row("TLS 1.1 to us: refused; TLS 1.2 and 1.3: taken", "openssl")
def versions(world):
    own, service = certificates(world), anonymous(world)
    for option, taken in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
        code, said = tool("sh", "-c", f"openssl s_client {option} -cipher ALL:@SECLEVEL=0 -CAfile {own['ca', 'pem']} -connect 127.0.0.1:{tls_port(service)} </dev/null")
        expect(("Verify return code: 0" in said and "Cipher is (NONE)" not in said) == taken, f"{option}: {said[-200:]}")


@row("C-ECHO and C-STORE from us over TLS, client certificate", "storescp +tls")
def out(world):
    own = certificates(world)
    peer = storescp(world.path("storescp-tls"), "+xa", "+tls", own["peer", "key"], own["peer", "pem"], "+cf", own["ca", "pem"])
    try:
        options = ["--tls", "--tls-ca", own["ca", "pem"], "--tls-cert", own["peer", "pem"], "--tls-key", own["peer", "key"]]
        echoed = world.program.run("echo", peer.address, *options)
        stored = world.program.run("send", peer.address, world.files.explicit(), *options)
        wrong = world.program.run("echo", peer.address, "--tls", "--tls-ca", own["other-ca", "pem"], "--tls-cert", own["peer", "pem"], "--tls-key", own["peer", "key"])
        count = len(peer.files())
    finally:
        peer.stop()
    expect(echoed.returncode == 0 and stored.returncode == 0 and count == 1, echoed.stderr + stored.stderr)
    expect(wrong.returncode == 1, "a peer of an unknown authority is trusted")
