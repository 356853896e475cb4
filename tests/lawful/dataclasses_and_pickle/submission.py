"""Keep settings in a dataclass, an enum and a named tuple; copy and pickle them."""

import copy
import dataclasses
import enum
import pickle
import typing


class Kind(enum.Enum):
    SGD = "sgd"


class Point(typing.NamedTuple):
    epoch: int
    loss: float


@dataclasses.dataclass
class Settings:
    lr: float = 0.1
    kind: Kind = Kind.SGD
    points: list[Point] = dataclasses.field(default_factory=list)


settings = Settings(points=[Point(0, 2.3)])
again = pickle.loads(pickle.dumps(settings))
result = [again == settings, copy.deepcopy(settings) == settings, dataclasses.asdict(again)["lr"]]
