"""Independent computation of display range, head box and network input, written from the definitions in the XML documentation.

usage: convert.py OUT SIZE LOW HIGH THRESHOLD MARGIN FILE... [-- FILE...]...
Reads the files (single-frame and multi-frame; -- begins another series) and writes, to OUT, float32 little endian for each slice:
low, high, top, left, height, width, area fraction, area in mm2, then SIZE x SIZE input values.
"""
import sys
import numpy as np
import pydicom

out, size, low_p, high_p, threshold, margin = sys.argv[1], int(sys.argv[2]), *map(float, sys.argv[3:7])


def group(ds, frame, name):
    for holder in (ds.get("PerFrameFunctionalGroupsSequence"), ds.get("SharedFunctionalGroupsSequence")):
        if holder:
            item = holder[frame if len(holder) > 1 else 0]
            if name in item:
                return item[name][0]
    return None


def slices(path):
    ds = pydicom.dcmread(path)
    pixels = ds.pixel_array
    if pixels.ndim == 2:
        pixels = pixels[None]
    for frame, stored in enumerate(pixels):
        source = group(ds, frame, "PixelValueTransformationSequence")
        if source is None and "ModalityLUTSequence" in ds:
            item = ds.ModalityLUTSequence[0]
            first = item.LUTDescriptor[1]
            table = np.asarray(item.LUTData, dtype=np.float64)
            values = table[np.clip(stored.astype(int) - first, 0, len(table) - 1)]
        else:
            source = source if source is not None else ds
            values = stored * float(source.get("RescaleSlope", 1)) + float(source.get("RescaleIntercept", 0))
        if ds.PhotometricInterpretation == "MONOCHROME1":
            values = -values
        measures = group(ds, frame, "PixelMeasuresSequence")
        spacing = (measures if measures is not None else ds).get("PixelSpacing", [1, 1])
        yield values.astype(np.float32), float(spacing[0]), float(spacing[1])


def rank(values, p):
    values = np.sort(values)
    return float(values[max(1, int(np.ceil(p / 100 * len(values)))) - 1])


def components(bright):
    """Labels from 1, eight neighbours: flood fill over a frame of one dark pixel."""
    width = bright.shape[1] + 2
    todo = bytearray(np.pad(bright, 1).astype(np.uint8).tobytes())
    labels, count = [0] * len(todo), 0
    around = (-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1)
    start = todo.find(1)
    while start >= 0:
        count += 1
        todo[start], stack = 0, [start]
        while stack:
            here = stack.pop()
            labels[here] = count
            for step in around:
                if todo[here + step]:
                    todo[here + step] = 0
                    stack.append(here + step)
        start = todo.find(1, start)
    return np.array(labels).reshape(-1, width)[1:-1, 1:-1], count


def head(values, low, high):
    """Top, bottom, left, right and, per row, first and last + 1 column; None without a bright pixel."""
    labels, count = components(values > np.float32(low + threshold * (high - low)))
    if count == 0:
        return None
    sizes = np.bincount(labels.ravel())[1:]
    kept = np.isin(labels, 1 + np.flatnonzero(sizes >= sizes.max() * 0.1))
    rows, columns = kept.sum(1), kept.sum(0)
    ys, xs = np.flatnonzero(rows), np.flatnonzero(columns)
    box = trim(rows, ys[0], ys[-1] + 1, 0.02 * (xs[-1] + 1 - xs[0])) + trim(columns, xs[0], xs[-1] + 1, 0.02 * (ys[-1] + 1 - ys[0]))
    spans = {}
    for y in range(box[0], box[1]):
        line = np.flatnonzero(kept[y])
        if len(line):
            spans[y] = (max(line[0], box[2]), min(line[-1] + 1, box[3]))
    return box, spans


def trim(counts, first, last, fewest):
    enough = [i for i in range(first, last) if counts[i] >= fewest]
    return (enough[0], enough[-1] + 1) if enough else (first, last)


def axis(centre, extent, length):
    """[size x length] weights."""
    weights, s, x0 = np.zeros((size, length)), extent / size, centre - extent / 2
    pixel = np.arange(length)
    for i in range(size):
        if s >= 1:
            a, b = x0 + i * s, x0 + (i + 1) * s
            weights[i] = np.clip(np.minimum(pixel + 1, b) - np.maximum(pixel, a), 0, None) / s
        else:
            weights[i] = np.clip(1 - abs(x0 + (i + 0.5) * s - 0.5 - pixel), 0, None)
    return weights


def convert(paths, file):
    series = [item for path in paths for item in slices(path)]
    everything = np.concatenate([values.ravel() for values, _, _ in series])
    low, high = rank(everything, low_p), rank(everything, high_p)
    if high > low:
        inside = []
        for values, _, _ in series:
            found = head(values, low, high)
            if found:
                inside += [values[y, a:b] for y, (a, b) in found[1].items() if b > a]
        if inside:
            inside = np.concatenate(inside)
            low, high = rank(inside, low_p), rank(inside, high_p)

    for values, dy, dx in series:
        found = head(values, low, high)
        area = sum(max(0, b - a) for a, b in found[1].values()) if found else 0
        top, bottom, left, right = found[0] if area else (0, values.shape[0], 0, values.shape[1])
        picture = np.zeros((size, size))
        if high > low:
            shown = np.clip((values.astype(np.float64) - low) / (high - low), 0, 1)
            side = max((bottom - top) * dy, (right - left) * dx) * (1 + 2 * margin)
            picture = axis((top + bottom) / 2, side / dy, values.shape[0]) @ shown @ axis((left + right) / 2, side / dx, values.shape[1]).T
        np.array([low, high, top, left, bottom - top, right - left, area / values.size, area * dy * dx], dtype="<f4").tofile(file)
        picture.astype("<f4").tofile(file)


with open(out, "wb") as output:
    while sys.argv[7:]:
        end = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
        convert(sys.argv[7:end], output)
        del sys.argv[7:end + 1]
