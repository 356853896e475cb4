"""Training by recipes of a bank's own: whatever they do is told, and none of it is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lrquiz.bank.finding import find_recipe
from lrquiz.errors import LocalCodeError, LrquizError, RecipeError
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Experiment
from tests.bank.local_files import RECIPE, changed

PARTS = """
from dataclasses import dataclass

import torch
from torch import nn

from lrquiz.experiments.recipes.mlp_classifier import are_correct, row_losses
from lrquiz.experiments.recipes.split import Split
from lrquiz.experiments.recipes.training import Training


@dataclass(frozen=True)
class Arm(Training):
    hidden: int = 3


def make_split(seed):
    torch.manual_seed(seed)
    x = torch.randn(40, 2)
    y = (x[:, 0] > 0).float()
    return Split(x[:32], y[:32], x[32:], y[32:])


def make_model(arm):
    return nn.Sequential(nn.Linear(2, arm.hidden), nn.ReLU(), nn.Linear(arm.hidden, 1))
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def laboratory(store: Path) -> Iterator[Laboratory]:
    with Laboratory(EvidenceStore(store), workers=1, allow_local=True) as opened:
        yield opened


def experiment(folder: Path, text: str, **settings: object) -> Experiment:
    (folder / "mine.py").write_text(text)
    return Experiment(find_recipe("./mine.py", folder), 3, {"given": settings})


def test_a_recipe_of_its_own_loop_is_trained(laboratory: Laboratory, tmp_path: Path) -> None:
    """What `run` records comes back, one trace per seed."""
    (traces,) = laboratory.trials(experiment(tmp_path, RECIPE, lr=0.5), range(2)).values()
    assert [each.epoch("loss") for each in traces] == [(1.0, 0.5, 0.0), (2.0, 1.5, 1.0)]


@pytest.mark.parametrize("batched", [True, False])
def test_parts_are_trained(laboratory: Laboratory, tmp_path: Path, *, batched: bool) -> None:
    """Parts are trained, stacked or by the loop alone, and a difference in rate shows."""
    text = PARTS if batched else PARTS + "\nBATCHED = False\n"
    slow = laboratory.trials(experiment(tmp_path, text, lr=0.0), range(3))["given"]
    fast = laboratory.trials(experiment(tmp_path, text, lr=0.5), range(3))["given"]
    assert all(each.epoch("weight_change")[-1] == 0 for each in slow)
    assert all(each.epoch("weight_change")[-1] > 0 for each in fast)


def test_what_cannot_be_stacked_can_be_trained_by_the_loop(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    """A layer that the batched engine refuses is told, and BATCHED = False trains it."""
    text = changed(PARTS, "nn.ReLU()", "nn.Softplus()")
    with pytest.raises(RecipeError, match=r"layers of type Softplus cannot be stacked"):
        laboratory.trials(experiment(tmp_path, text), range(2))
    trained = laboratory.trials(experiment(tmp_path, text + "\nBATCHED = False\n"), range(2))
    assert len(trained["given"]) == 2


def test_nothing_is_executed_without_permission(tmp_path: Path) -> None:
    """A laboratory that was not allowed to refuses, with the file and the flag."""
    marker = tmp_path / "marker"
    wanted = experiment(tmp_path, f"open({str(marker)!r}, 'w').close()\n{RECIPE}")
    with (
        Laboratory(EvidenceStore(tmp_path / "store"), workers=1) as closed,
        pytest.raises(LocalCodeError) as caught,
    ):
        closed.trials(wanted, range(1))
    assert str(caught.value) == (
        f"training executes the Python code in {tmp_path / 'mine.py'}; read it, then allow it by "
        "--allow-local-recipes"
    )
    assert not marker.exists()
    with Laboratory(EvidenceStore(tmp_path / "store"), workers=1, allow_local=True) as opened:
        opened.trials(wanted, range(1))
    assert marker.exists(), "what shows above that nothing is executed would show if it were"


LOSS = "trace.epoch(loss=1 + seed - arm.lr * epoch)"


FAULTS = {
    "value": ("raise ValueError('no')", ":LINE: training failed: ValueError: no"),
    "own": ("raise type('Own', (Exception,), {})('x')", ":LINE: training failed: Own: x"),
    "exit": ("import sys; sys.exit(0)", ":LINE: training failed: SystemExit: 0"),
    "interrupt": ("raise KeyboardInterrupt", ": training failed: KeyboardInterrupt"),
    "endless": ("run(arm, seed, epochs)", ": training failed: RecursionError"),
    "input": ("input()", ": training failed: EOFError"),
    "other": ("trace.epoch(accuracy=1)", ": run did not record epoch.loss, which RECORDS"),
    "stopped": (
        "trace.stop(ValueError('x'))",
        ": training stopped before epoch.loss was recorded",
    ),
    "twice": (LOSS + "; " + LOSS, ": run recorded other epochs than the 3 it was given"),
    "more": (
        "trace = TraceBuilder(9); " + LOSS,
        ": run recorded other epochs than the 3 it was given",
    ),
    "none": ("return None", ": run returned NoneType, not a Trace; return that of a Trace"),
    "builder": ("return trace", ": run returned TraceBuilder, not a Trace"),
    "texts": (
        "built = trace.build(); built.epochs.update(loss=('a',)); return built",
        ": run returned a Trace with other values than numbers",
    ),
}
"""what a recipe does wrong in an epoch, and what is said of it"""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recipe that does wrong what its arm says, so that one worker shows many faults."""
    lines = [f"if arm.fault == {name!r}: {code}; continue" for name, (code, _) in FAULTS.items()]
    setting = "lr: float = 0.1"
    text = changed(RECIPE, setting, f'fault: str = ""\n    """what goes wrong"""\n    {setting}')
    path = tmp_path_factory.mktemp("faulty") / "mine.py"
    path.write_text(changed(text, LOSS, "\n        ".join([*lines, LOSS])))
    return path


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Laboratory, Path]]:
    """A laboratory, and its store, that no other recipe is trained in."""
    folder = tmp_path_factory.mktemp("tested")
    with Laboratory(EvidenceStore(folder), workers=1, allow_local=True) as opened:
        yield opened, folder


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_run_does_wrong_is_told_and_not_kept(
    tested: tuple[Laboratory, Path], faulty: Path, fault: str
) -> None:
    """Each ends in one sentence with the file, and where there is one its line; nothing is kept."""
    laboratory, store = tested
    recipe = find_recipe("./mine.py", faulty.parent)
    with pytest.raises(LrquizError) as caught:
        laboratory.trials(Experiment(recipe, 3, {"given": {"fault": fault}}), range(2))
    code, said = FAULTS[fault]
    lines = enumerate(faulty.read_text().splitlines(), 1)
    (line,) = (number for number, each in lines if f"{fault!r}: {code}" in each)
    assert str(caught.value).startswith(str(faulty))
    assert said.replace("LINE", str(line)) in str(caught.value)
    assert not list(store.rglob("*.blob"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("RECORDS", "1 / 0\nRECORDS", ":7: importing it failed: ZeroDivisionError: division"),
        ("RECORDS", "import absent_module\nRECORDS", ":7: importing it failed: ModuleNotFoundE"),
        ("RECORDS", "raise SystemExit(0)\nRECORDS", ":7: importing it failed: SystemExit: 0"),
        ("def run", "Arm.__dataclass_fields__.clear()\n\n\ndef run", ": when executed, Arm has"),
        (
            LOSS,
            "open(__file__.replace('mine.py', 'rows.txt')).close()",
            ": it reads rows.txt, which its digest does not hold; declare READS = ('rows.txt',)",
        ),
        (
            LOSS,
            "import sys; sys.path.insert(0, __file__[:-8]); __import__('ro' + 'ws')",
            ": it imports rows, which lies beside it",
        ),
    ],
)
def test_what_goes_wrong_is_told_and_not_kept(
    laboratory: Laboratory, store: Path, tmp_path: Path, *, old: str, new: str, said: str
) -> None:
    """Each ends in one sentence with the file, and where there is one its line; nothing is kept."""
    for name in ("rows.py", "rows.txt"):
        (tmp_path / name).touch()
    before = set(store.rglob("*.blob"))
    with pytest.raises(LrquizError) as caught:
        laboratory.trials(experiment(tmp_path, changed(RECIPE, old, new)), range(2))
    assert str(caught.value).startswith(str(tmp_path / "mine.py"))
    assert said in str(caught.value)
    assert set(store.rglob("*.blob")) == before


def test_what_is_declared_may_be_read(laboratory: Laboratory, tmp_path: Path) -> None:
    """A file that READS names is read, and another content of it is other evidence."""
    reading = "trace.epoch(loss=float(open(__file__.replace('mine.py', 'rows.csv')).read()))"
    text = changed(changed(RECIPE, LOSS, reading), "RECORDS", 'READS = ("rows.csv",)\nRECORDS')
    losses = []
    for value in ("4", "5"):
        (tmp_path / "rows.csv").write_text(value)
        (traces,) = laboratory.trials(experiment(tmp_path, text), range(1)).values()
        losses.append(traces[0].epoch("loss")[0])
    assert losses == [4, 5]


def test_data_that_are_not_finite_are_told_with_the_file(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    """NaN in the rows is told as the fault of the recipe's file, before anything trains on it."""
    text = changed(PARTS, "    y = ", "    x[3] = float('nan')\n    y = ")
    with pytest.raises(RecipeError) as caught:
        laboratory.trials(experiment(tmp_path, text), range(2))
    assert str(caught.value).startswith(f"{tmp_path / 'mine.py'}: the data are not finite: inputs")


def test_an_edit_while_it_is_used_is_noticed(laboratory: Laboratory, tmp_path: Path) -> None:
    """Workers train what was pinned or nothing: evidence is never kept for another content."""
    wanted = experiment(tmp_path, RECIPE + "# before\n")
    laboratory.trials(experiment(tmp_path, RECIPE + "# warm\n"), range(1))
    from lrquiz.bank.finding import recipe_info  # noqa: PLC0415

    (tmp_path / "mine.py").write_text(RECIPE + "# before\n")
    recipe_info(wanted.recipe)
    (tmp_path / "mine.py").write_text(RECIPE + "# after\n")
    with pytest.raises(LocalCodeError, match="it was changed while it was in use; run again"):
        laboratory.trials(wanted, range(1))


def test_a_recipe_that_ends_its_process_is_told(tmp_path: Path) -> None:
    """A worker that is gone is told as such, and nothing is kept."""
    text = changed(RECIPE, LOSS, "import os; os._exit(0)")
    store = tmp_path / "store"
    with (
        Laboratory(EvidenceStore(store), workers=1, allow_local=True) as opened,
        pytest.raises(RecipeError, match=r"training mine\.py; .* does the recipe end its own"),
    ):
        opened.trials(experiment(tmp_path, text), range(2))
    assert not list(store.rglob("*.blob"))


def test_what_a_recipe_prints_is_no_output(tmp_path: Path) -> None:
    """A flood of print, and of writes to the descriptor, leaves stdout to the command."""
    flood = 'print("x" * 1000); import os; os.write(1, b"y" * 1000); ' + LOSS
    wanted = experiment(tmp_path, changed(RECIPE, LOSS, flood))
    code = f"""
from pathlib import Path
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Experiment, LocalCode
if __name__ == "__main__":
    store = EvidenceStore(Path({str(tmp_path / "store")!r}))
    with Laboratory(store, workers=1, allow_local=True) as laboratory:
        print(len(laboratory.trials({wanted!r}, range(99))["given"]))
"""
    (tmp_path / "script.py").write_text(code)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "script.py")],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert done.stdout == b"99\n"
    assert done.stderr.count(b"y") >= 99 * 3000


def test_what_a_recipe_does_to_torch_stays_in_its_own_workers(tmp_path: Path) -> None:
    """A file that changes a function of ours alters no evidence of ours, nor of another file."""
    ours = Experiment("mlp_classifier", 1, {"given": {}})
    patch = (
        "from lrquiz.experiments.recipes import mlp_classifier\n"
        "mlp_classifier.row_losses = lambda outputs, targets: outputs.sum(-1) * 0 + 42\n"
    )
    seen = "import sys; trace.epoch(loss=sum('mlp_cl' in each for each in sys.modules))"
    with Laboratory(EvidenceStore(tmp_path / "a"), workers=1, allow_local=True) as fresh:
        untouched = fresh.trials(ours, range(2))
    with Laboratory(EvidenceStore(tmp_path / "b"), workers=1, allow_local=True) as one:
        one.trials(experiment(tmp_path, changed(RECIPE, "RECORDS", f"{patch}RECORDS")), range(1))
        (other,) = one.trials(experiment(tmp_path, changed(RECIPE, LOSS, seen)), range(1)).values()
        assert other[0].epoch("loss") == (0, 0, 0)
        assert one.trials(ours, range(2)) == untouched


def test_another_type_than_float32_is_refused(store: Path, tmp_path: Path) -> None:
    """A file that changes the default type is told so each time, and nothing of it is kept."""
    text = changed(PARTS, "@dataclass", "torch.set_default_dtype(torch.float64)\n\n@dataclass")
    wanted, before = experiment(tmp_path, text), set(store.rglob("*.blob"))
    with Laboratory(EvidenceStore(store), workers=1, allow_local=True) as opened:
        for _ in range(2):
            with pytest.raises(RecipeError) as caught:
                opened.trials(wanted, range(2))
            assert str(caught.value).startswith(f"{tmp_path / 'mine.py'}: the default type of ten")
            assert "torch.float64" in str(caught.value)
    assert set(store.rglob("*.blob")) == before


READING = "trace.epoch(loss=float(open(__file__.replace('mine.py', {name!r}), {mode!r}).read()))"


def reading(folder: Path, name: str, mode: str = "r", reads: str = "") -> Experiment:
    text = changed(RECIPE, LOSS, READING.format(name=name, mode=mode))
    return experiment(folder, changed(text, "RECORDS", f"{reads}\nRECORDS"))


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        (".d/x", "r"),
        ("link", "r"),
        ("linked/x", "r"),
        ("to_rows", "r"),
        ("linked/../x", "r"),
        ("plain", "r+"),
        ("__pycache__/x", "r"),
    ],
)
def test_no_way_of_reading_beside_the_recipe_is_unseen(
    laboratory: Laboratory, tmp_path: Path, name: str, mode: str
) -> None:
    """Hidden folders, links out of the folder or within it, and reading to write are all told."""
    outside, folder = tmp_path / "outside" / "deep", tmp_path / "bank"
    for path in (outside, folder / ".d", folder / "__pycache__"):
        path.mkdir(parents=True)
    for path in (outside, outside.parent, folder / ".d", folder / "__pycache__"):
        (path / "x").write_text("3")
    for each in ("rows", "plain"):
        (folder / each).write_text("3")
    (folder / "link").symlink_to(outside / "x")
    (folder / "linked").symlink_to(outside)
    (folder / "to_rows").symlink_to(folder / "rows")
    with pytest.raises(RecipeError, match="which its digest does not hold; declare READS"):
        laboratory.trials(reading(folder, name, mode, 'READS = ("rows",)'), range(1))


def test_a_declared_link_and_an_environment_may_be_read(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    """What a declared link points to is in the digest; what is installed is not looked at."""
    (tmp_path / "bank" / "env" / "lib").mkdir(parents=True)
    (tmp_path / "bank" / "env" / "pyvenv.cfg").touch()
    for name in ("outside", "bank/env/lib/x"):
        (tmp_path / name).write_text("3")
    (tmp_path / "bank" / "link").symlink_to(tmp_path / "outside")
    for name in ("link", "env/lib/x"):
        wanted = reading(tmp_path / "bank", name, reads='READS = ("link",)')
        (traces,) = laboratory.trials(wanted, range(1)).values()
        assert traces[0].epoch("loss")[0] == 3
