#!/usr/bin/env python3
"""OpenCV's CLAHE of a picture given as rows of bytes: size, clip limit, tiles, then size * size values on stdin."""
import sys

import cv2
import numpy

size, clip, tiles = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
picture = numpy.array([int(value) for value in open(sys.argv[4]).read().split()], dtype=numpy.uint8).reshape(size, size)
for row in cv2.createCLAHE(clipLimit=clip, tileGridSize=(tiles, tiles)).apply(picture):
    print(' '.join(str(value) for value in row))
