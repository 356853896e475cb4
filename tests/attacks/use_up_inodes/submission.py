"""Make empty files and nested folders until no more can be made."""

import os

for number in range(10**6):
    os.mkdir(str(number))
    os.chdir(str(number))
