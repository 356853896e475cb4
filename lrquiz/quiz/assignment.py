"""Share items out among papers so that a solution is found wherever there is one.

Every paper has the same places, each with the items that may stand there, and an item stands at
most once on a paper. First it is counted how often each item fills each place over all papers (a
flow, with a limit for each item); such counts can always be dealt out paper by paper, since a
bipartite graph takes no more colours than its largest degree.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Places = Sequence[Sequence[str]]
"""for each place of a paper, the items that may stand there"""
Counts = list[Counter[str]]
"""for each place, how many papers have an item there"""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Places that cannot be filled on every paper, however items are shared out."""

    places: tuple[int, ...]
    items: tuple[str, ...]
    """all that may stand in any of these places"""
    needed: int
    there: int
    """how many variants these items have"""


def counted(
    places: Places, variants: Mapping[str, int], papers: int, *, share: bool
) -> Counts | Shortage:
    """Return how many papers have each item in each place, or what is short.

    Args:
        places: of a paper; of items that are filled alike, the first goes first.
        variants: how many each item has.
        papers: how many there are.
        share: variants may be on several papers, on as few as possible.
    """
    flow = _Flow(places, variants, papers)
    for _ in range(papers):
        for place in range(len(places)):
            while (blocked := flow.fill(place)) is not None:
                if not share or flow.times >= papers:
                    return flow.shortage(blocked)
                flow.times += 1
    return flow.counts


@dataclass
class _Flow:
    """What is shared out so far."""

    places: Places
    variants: Mapping[str, int]
    papers: int
    times: int = 1
    """on how many papers a variant may be"""
    used: Counter[str] = field(default_factory=Counter)
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        self.counts = [Counter() for _ in self.places]

    def fill(self, place: int) -> set[int] | None:
        """Put one more item into a place; where none is left, return all places in the way."""
        free = [item for item in self.places[place] if self._has_room(item)]
        if free:
            item = min(free, key=lambda each: self.used[each] / self.variants[each])
            self._add(place, item)
            return None
        return self._make_room(place)

    def shortage(self, blocked: set[int]) -> Shortage:
        """Return what is short where these places are in each other's way."""
        items = sorted({item for place in blocked for item in self.places[place]})
        there = sum(self.variants[item] for item in items)
        return Shortage(tuple(sorted(blocked)), tuple(items), len(blocked) * self.papers, there)

    def _has_room(self, item: str) -> bool:
        return self.used[item] < min(self.times * self.variants[item], self.papers)

    def _add(self, place: int, item: str) -> None:
        self.counts[place][item] += 1
        self.used[item] += 1

    def _make_room(self, start: int) -> set[int] | None:
        """Move items between places until one is left for `start`."""
        came: dict[str, int] = {}
        via: dict[int, str] = {}
        queue, seen = deque([start]), {start}
        while queue:
            place = queue.popleft()
            for item in self.places[place]:
                if item in came:
                    continue
                came[item] = place
                if self._has_room(item):
                    self._move(item, came, via)
                    return None
                for other in self._holding(item, seen):
                    via[other] = item
                    seen.add(other)
                    queue.append(other)
        return seen

    def _holding(self, item: str, seen: set[int]) -> list[int]:
        others = range(len(self.places))
        return [each for each in others if each not in seen and self.counts[each][item]]

    def _move(self, item: str, came: Mapping[str, int], via: Mapping[int, str]) -> None:
        place = came[item]
        self._add(place, item)
        while place in via:
            item = via[place]
            self.counts[place][item] -= 1
            place = came[item]
            self.counts[place][item] += 1


def dealt(counts: Counts, preferences: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield for each paper the item of each place, so that `counts` is used up exactly.

    Args:
        counts: as `counted` returns them for as many papers.
        preferences: for each paper, the order in which its items are tried.
    """
    left = [Counter(each) for each in counts]
    for done, preference in enumerate(preferences):
        chosen = _Hand(left, len(preferences) - done, preference).chosen
        for place, item in enumerate(chosen):
            left[place][item] -= 1
        yield tuple(chosen)


@dataclass
class _Hand:
    """One paper: an item for each place, and every item that all papers yet to come need."""

    left: Counts
    papers: int
    preference: Sequence[str]
    chosen: list[str] = field(init=False)
    needed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.chosen = [""] * len(self.left)
        degree = sum(self.left, Counter())
        self.needed = frozenset(item for item, n in degree.items() if n == self.papers)
        for place in range(len(self.left)):
            found = self._take(place, set())
            assert found, "every place has as many items left as there are papers"
        for item in self.preference:
            if item in self.needed and item not in self.chosen:
                found = self._claim(item, set())
                assert found, "what is left can be dealt out"

    def _take(self, place: int, tried: set[str]) -> bool:
        """Find an item for a place, moving others to other places where it must be."""
        for item in self.preference:
            if item in tried or not self.left[place][item]:
                continue
            tried.add(item)
            holder = self.chosen.index(item) if item in self.chosen else None
            if holder is None or self._take(holder, tried):
                self.chosen[place] = item
                return True
        return False

    def _claim(self, item: str, tried: set[int]) -> bool:
        """Find a place for an item, driving out what other papers can have."""
        for place, left in enumerate(self.left):
            if place in tried or not left[item]:
                continue
            tried.add(place)
            current = self.chosen[place]
            if current not in self.needed or self._claim(current, tried):
                self.chosen[place] = item
                return True
        return False
