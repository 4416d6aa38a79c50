"""Makes the seeds of the compressed transfer syntaxes: a ramp of 24 by 16, encoded by DCMTK and GDCM.

Usage: python3 make-pixel-seeds.py (needs pydicom, dcmtk, gdcmconv). Everything in the files is made here.
"""
import os
import subprocess
import tempfile
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

HERE = Path(__file__).parent
MR = "1.2.840.10008.5.1.4.1.1.4"


def ramp(bits, frames=1):
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.file_meta.MediaStorageSOPClassUID = MR
    d.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    d.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    d.SOPClassUID, d.SOPInstanceUID, d.StudyInstanceUID, d.SeriesInstanceUID = MR, "1.2.3.4", "1.2.3", "1.2.3.5"
    d.PatientName, d.PatientID, d.Modality = "", "", "MR"
    d.ConversionType = "SYN"
    d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
    d.Rows, d.Columns, d.NumberOfFrames = 16, 24, frames
    d.BitsAllocated = 8 if bits == 8 else 16
    d.BitsStored, d.HighBit, d.PixelRepresentation = bits, bits - 1, 0
    cells = bytearray()
    for f in range(frames):
        for r in range(16):
            for c in range(24):
                v = (r * 37 + c * 11 + f * 5 + (r * c) % 7) * (1 << (bits - 8)) % (1 << bits)
                cells += v.to_bytes(d.BitsAllocated // 8, "little")
    d.PixelData = bytes(cells)
    return d


def make(name, file, bits, *command, frames=1):
    (HERE / name).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        plain = os.path.join(work, "plain.dcm")
        ramp(bits, frames).save_as(plain, enforce_file_format=True) if hasattr(pydicom, "examples") else ramp(bits, frames).save_as(plain, write_like_original=False)
        subprocess.run([*command, plain, str(HERE / name / file)], check=True)


make("pixels-jpeg-baseline", "8.dcm", 8, "dcmcjpeg", "+eb")
make("pixels-jpeg-baseline", "8-2-frames.dcm", 8, "dcmcjpeg", "+eb", frames=2)
make("pixels-jpeg-extended", "12.dcm", 12, "dcmcjpeg", "+ee")
make("pixels-jpeg-lossless", "16.dcm", 16, "dcmcjpeg", "+e1")
make("pixels-jpeg-lossless", "8-predictor-4.dcm", 8, "dcmcjpeg", "+el", "+sv", "4")
make("pixels-jpeg-ls", "16.dcm", 16, "dcmcjpls", "+el")
make("pixels-jpeg-ls", "8-near.dcm", 8, "dcmcjpls", "+en", "+md", "3")
make("pixels-jpeg-2000", "16.dcm", 16, "gdcmconv", "--j2k")
make("pixels-jpeg-2000", "8-lossy.dcm", 8, "gdcmconv", "--j2k", "--lossy", "-q", "40")
