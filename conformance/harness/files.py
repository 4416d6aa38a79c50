"""One phantom slice in each transfer syntax, made by programs that are not ours."""
import os, shutil
from . import part10
from .peers import tool

# Name, UID, how it is made from a slice in Explicit VR Little Endian, and storescu's option for it (none: only dcmsend proposes it).
SYNTAXES = (
    ("Implicit VR Little Endian", "1.2.840.10008.1.2", ("dcmconv", "+ti"), "-xi"),
    ("Explicit VR Little Endian", "1.2.840.10008.1.2.1", ("dcmconv", "+te"), "-xe"),
    ("Explicit VR Big Endian", "1.2.840.10008.1.2.2", ("dcmconv", "+tb"), "-xb"),
    ("Deflated Explicit VR Little Endian", "1.2.840.10008.1.2.1.99", ("dcmconv", "+td"), "-xd"),
    ("RLE Lossless", "1.2.840.10008.1.2.5", ("dcmcrle",), "-xr"),
    ("JPEG Baseline (Process 1)", "1.2.840.10008.1.2.4.50", ("dcmcjpeg", "+eb"), "-xy"),
    ("JPEG Extended (Process 2 and 4)", "1.2.840.10008.1.2.4.51", ("dcmcjpeg", "+ee"), "-xx"),
    ("JPEG Lossless (Process 14)", "1.2.840.10008.1.2.4.57", ("dcmcjpeg", "+el"), None),
    ("JPEG Lossless SV1 (Process 14)", "1.2.840.10008.1.2.4.70", ("dcmcjpeg", "+e1"), "-xs"),
    ("JPEG-LS Lossless", "1.2.840.10008.1.2.4.80", ("dcmcjpls", "+el"), "-xt"),
    ("JPEG-LS Near-lossless", "1.2.840.10008.1.2.4.81", ("dcmcjpls", "+en"), "-xu"),
    ("JPEG 2000 Lossless", "1.2.840.10008.1.2.4.90", ("gdcmconv", "--j2k"), "-xv"),
    ("JPEG 2000", "1.2.840.10008.1.2.4.91", ("gdcmconv", "--j2k", "--lossy", "-r", "10"), "-xw"),
)


class Files:
    """Each call makes a new instance, so that no row is answered as a repeat of another's."""

    def __init__(self, program, folder):
        self.folder, self.count = folder, 0
        done = program.run("phantom", "--class", "glioma", "--seed", 4242, "--slices", 28, "--out", os.path.join(folder, "phantom"))
        assert done.returncode == 0, done.stderr
        self.phantom = sorted(os.path.join(root, name) for root, _, names in os.walk(os.path.join(folder, "phantom")) for name in names)
        self.study = tag(self.phantom[0], "0020,000d")

    def explicit(self):
        """A new instance in Explicit VR Little Endian, encoded as DCMTK encodes when it sends: sequences of explicit length, no group lengths."""
        self.count += 1
        path = os.path.join(self.folder, f"{self.count:03d}.dcm")
        shutil.copy(self.phantom[self.count % len(self.phantom)], path)
        must("dcmodify", "-nb", "-gin", path)
        must("dcmconv", "+e", "-g", "+te", path, path + ".e")
        os.replace(path + ".e", path)
        return path

    def make(self, syntax):
        """A new instance in one of SYNTAXES, as Part10."""
        name, uid, command, _ = syntax
        source = self.explicit()
        coded = source + ".coded"
        must(*command, source, coded)
        if command[0] != "dcmconv":
            must("dcmconv", "+e", "-g", "+t=", coded, source)
        else:
            must(*command, "+e", "-g", source, coded)
            os.replace(coded, source)
        whole = part10.read(source)
        assert whole.syntax == uid, f"{command[0]} made {whole.syntax} instead of {name}"
        # A deflated data set of odd length is padded when it is sent (PS3.5 section A.5).
        return whole._replace(data=whole.data + b"\0" * (len(whole.data) % 2))

    def some(self, count):
        return [part10.read(self.explicit()) for _ in range(count)]


def must(*command):
    code, said = tool(*command)
    assert code == 0, f"{command[0]}: {said.strip()[-300:]}"
    return said


def tag(path, number):
    said = must("dcmdump", "+P", number, path)
    return said[said.index("[") + 1:said.index("]")]
