"""Make empty files and nested folders until no more can be made."""

import os

for number in range(3_000):
    os.mkdir(str(number))
    os.chdir(str(number))
