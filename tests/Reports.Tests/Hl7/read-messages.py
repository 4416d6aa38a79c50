"""Reads every message of a folder with python3-hl7: name, version, Patient ID, family name (the last group but the phonetic one), presence, first percentage."""
import pathlib
import sys

import hl7

sys.stdout.reconfigure(encoding="utf-8")
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.hl7")):
    message = hl7.parse(file.read_bytes().decode("utf-8"))
    assert hl7.ishl7(str(message)), file
    observations = list(message.segments("OBX"))
    assert message.unescape(str(observations[0][5])).startswith("RESEARCH USE ONLY"), file
    presence = next(str(o[5][0][0]) for o in observations if str(o[3][0][0]) == "TARGET-TUMOR")
    percentages = [str(o[5]) for o in observations if str(o[2]) == "NM"]
    patient = message.segment("PID")
    field = lambda number: patient[number] if len(patient) > number else [[""]]
    names = {str(r[7][0] if len(r) > 7 else "A"): str(r[0]) for r in field(5) if len(r) > 1}
    identifier = field(3)[0]
    print(
        file.stem,
        message.segment("MSH")[12],
        str(identifier[0]) if len(identifier) > 1 else "",
        names.get("I", names.get("A", "")),
        presence,
        percentages[0] if percentages else "",
        sep="\t",
    )
