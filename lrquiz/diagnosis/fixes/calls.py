"""Find the calls of a training loop in the source, by the lines that the trace has of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from lrquiz.diagnosis.finding import Finding
from lrquiz.diagnosis.fixes.code import Code, receiver
from lrquiz.diagnosis.fixes.edit import Small
from lrquiz.model.trace import Event, Trace

_METHODS = {
    "backward": ("backward",),
    "step": ("step",),
    "scheduler_step": ("step",),
    "zero_grad": ("zero_grad",),
    "clip": ("clip_grad_norm_", "clip_grad_value_"),
    "scale": ("scale",),
}


@dataclass(frozen=True, slots=True)
class Site:
    """A call of the training loop, where it is written."""

    call: cst.Call
    small: Small
    """the statement that it is in"""
    line: int


class Scene:
    """A program, its trace, and a finding about it: what a fix is made of."""

    def __init__(self, code: Code, trace: Trace, finding: Finding) -> None:
        self.code = code
        self.trace = trace
        self.finding = finding

    def events(self, kind: str) -> tuple[Event, ...]:
        """Return the events of a kind that have a line."""
        return tuple(each for each in self.trace.events if each.kind == kind and each.line)

    def sites(self, kind: str) -> list[Site]:
        """Return where calls of a kind are written, the one made most often first."""
        lines = [each.line or 0 for each in self.events(kind)]
        ordered = sorted(set(lines), key=lambda line: (-lines.count(line), line))
        found = (self._site(kind, line) for line in ordered)
        return [each for each in found if each is not None]

    def site(self, kind: str) -> Site | None:
        """Return where a call of a kind is written: that of the finding, or the most frequent."""
        sites = self.sites(kind)
        told = [each for each in sites if each.line == self.finding.line]
        return next(iter((*told, *sites)), None)

    def _site(self, kind: str, line: int) -> Site | None:
        for call in self.code.calls(*_METHODS[kind], line=line):
            small = self.code.small(call)
            if small is not None:
                return Site(call, small, line)
        return None

    def optimizers(self) -> list[str]:
        """Return the expressions by which the program names the optimizers that it steps."""
        found = [self.stepped(each) for each in self.sites("step")]
        return list(dict.fromkeys(each for each in found if each is not None))

    def stepped(self, site: Site) -> str | None:
        """Return the optimizer of a call of `step`: its receiver, or what a scaler is given."""
        if site.call.args:
            first = site.call.args[0]
            scaled = {each.line for each in self.events("scaler_step")}
            if site.line in scaled and first.keyword is None:
                return self.code.text(first.value)
        owner = receiver(site.call)
        return None if owner is None else self.code.text(owner)

    def made(self, kind: str) -> Iterator[str]:
        """Yield the names to which things of a kind are assigned where they are made."""
        for thing in self.trace.things.values():
            if thing.kind == kind:
                name = self.code.assigned(thing.line)
                if name is not None:
                    yield name

    def owners(self, kind: str) -> list[str]:
        """Return what calls of a kind are made on."""
        found = [receiver(each.call) for each in self.sites(kind)]
        return list(dict.fromkeys(self.code.text(each) for each in found if each is not None))
