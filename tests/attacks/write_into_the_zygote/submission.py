"""Write where memory or descriptors may be shared with the zygote or another box."""

import ctypes
import os


def fails(function, *arguments):
    try:
        function(*arguments)
    except OSError:
        return True
    return False


shared = [line for line in open("/proc/self/maps") if line.split()[1][1::2] == "ws"]
descriptors = [number for number in range(3, 128) if not fails(os.fstat, number)]
offsets = []
for number in descriptors:
    try:
        offsets.append(os.lseek(number, 0, os.SEEK_END))
    except OSError:
        pass
print(shared, offsets, descriptors, flush=True)
# Make three be four, for everybody who shares this object.
ctypes.memmove(id(3) + 24, (4).to_bytes(4, "little"), 4)
ctypes.memset(id("left behind"), 0, 8)
os._exit(0)
