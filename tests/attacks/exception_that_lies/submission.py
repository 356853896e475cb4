"""Raise an exception that fights being looked at."""

class Meta(type):
    @property
    def __name__(cls):
        raise KeyboardInterrupt


class Trap(RuntimeError, metaclass=Meta):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


raise Trap
