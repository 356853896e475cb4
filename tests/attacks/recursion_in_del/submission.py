"""Make objects that make objects when they die, and that raise meanwhile."""

import gc


class Hydra:
    def __del__(self):
        for _ in range(2):
            Hydra.count += 1
            if Hydra.count < 2000:
                self.head = Hydra()
                del self.head
        raise RuntimeError("one more")


Hydra.count = 0
sleeping = Hydra()
del sleeping
gc.collect()
result = "done"
