"""Leave files and shared memory for the next submission."""

import os
from multiprocessing import shared_memory

segment = shared_memory.SharedMemory(name="loot", create=True, size=1000)
for folder in ("/box", "/tmp", "/dev/shm"):
    with open(f"{folder}/loot.txt", "w") as file:
        file.write("the answer")
result = sorted(os.listdir("/dev/shm"))
os._exit_later = segment  # kept, so that nothing unlinks it
