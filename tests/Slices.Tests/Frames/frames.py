"""The functional groups of each frame as pydicom reads them, and its pixels after rescale as numpy computes them.

usage: frames.py FILE...
Prints a line of JSON for each frame: {"n": numbers, "s": strings}. A list of numbers stands after its length, an absent number is -1e9.
"""
import json
import sys
import numpy as np
import pydicom

ABSENT = -1e9


def listed(values):
    values = [] if values is None else [values] if isinstance(values, (int, float, str)) else list(values)
    return [len(values)] + [float(value) for value in values]


def number(value):
    return ABSENT if value is None or value == "" else float(value[0] if isinstance(value, pydicom.multival.MultiValue) else value)


for path in sys.argv[1:]:
    ds = pydicom.dcmread(path)
    pixels = ds.pixel_array.reshape(-1, ds.Rows, ds.Columns)
    shared = ds.get("SharedFunctionalGroupsSequence")
    for frame, own in enumerate(ds.PerFrameFunctionalGroupsSequence):
        def items(name):
            return own.get(name) or (shared[0].get(name) if shared else None) or []

        def get(name, attribute):
            found = items(name)
            return found[0].get(attribute) if found else ds.get(attribute)

        def timing(name, attribute, classic):
            # Some enhanced images keep the attribute of the single-frame image where it was.
            found = get(name, attribute)
            return number(ds.get(classic) if found is None else found)

        usage = items("ContrastBolusUsageSequence")
        region = get("FrameAnatomySequence", "AnatomicRegionSequence")
        kind = [get("MRImageFrameTypeSequence", name) for name in ("FrameType", "ComplexImageComponent", "AcquisitionContrast")]
        values = pixels[frame].astype(np.float64) * float(get("PixelValueTransformationSequence", "RescaleSlope")) \
            + float(get("PixelValueTransformationSequence", "RescaleIntercept"))
        numbers = listed(get("PlanePositionSequence", "ImagePositionPatient")) + listed(get("PlaneOrientationSequence", "ImageOrientationPatient")) \
            + listed(get("PixelMeasuresSequence", "PixelSpacing")) + [number(get("PixelMeasuresSequence", "SliceThickness"))] \
            + [number(get("FrameContentSequence", name)) for name in ("InStackPositionNumber", "TemporalPositionIndex", "FrameAcquisitionNumber")] \
            + listed(get("FrameContentSequence", "DimensionIndexValues")) \
            + [number(get("FrameVOILUTSequence", name)) for name in ("WindowCenter", "WindowWidth")] \
            + [timing("MRTimingAndRelatedParametersSequence", "RepetitionTime", "RepetitionTime"), timing("MREchoSequence", "EffectiveEchoTime", "EchoTime"),
               timing("MRModifierSequence", "InversionTimes", "InversionTime"), number(get("MRDiffusionSequence", "DiffusionBValue")),
               number(None if not usage else any(item.get("ContrastBolusAgentAdministered") == "YES" for item in usage)),
               float(values.min()), float(values.max()), float(values.mean())]
        strings = [get("FrameContentSequence", "StackID") or "", "\\".join(kind[0]), kind[1] or "", kind[2] or "", region[0].CodeMeaning if region else ""]
        print(json.dumps({"n": numbers, "s": strings}))
