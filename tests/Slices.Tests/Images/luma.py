"""Prints rows, columns and the SHA-256 of the luma of each image listed in the file given, as Pillow (libjpeg, libpng) decodes it."""
import hashlib
import sys
from PIL import Image

for path in open(sys.argv[1], encoding="utf-8").read().splitlines():
    image = Image.open(path)
    image.draft("L", image.size)  # libjpeg's own grey output: Y as it is stored
    if image.mode in ("RGBA", "P", "LA"):
        image = image.convert("RGB") if image.mode != "LA" else image
    grey = image.convert("L") if image.mode != "I;16" and image.mode != "I" else image
    if grey.mode == "L":
        data = grey.tobytes()
    else:  # 16-bit grey: high byte only, as the test compares it
        data = bytes((v >> 8) & 255 for v in grey.getdata())
    print(grey.height, grey.width, hashlib.sha256(data).hexdigest())
