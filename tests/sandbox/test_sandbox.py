"""What a caller of Sandbox may rely on, with real boxes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import (  # type: ignore[import-not-found]
    ENTRIES,
    LIMITS,
    assert_clean,
    descendants,
    eventually,
    run_source,
)

from lrquiz.errors import SandboxFaultError
from lrquiz.model.run import Ending
from lrquiz.sandbox import Sandbox
from lrquiz.sandbox.collect import collect
from lrquiz.sandbox.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

TRAINING = """
import torch

torch.manual_seed(7)
model = torch.nn.Sequential(torch.nn.Linear(20, 64), torch.nn.ReLU(), torch.nn.Linear(64, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
inputs = torch.randn(256, 20)
targets = (inputs[:, 0] > 0).long()
for _ in range(20):
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(model(inputs), targets)
    loss.backward()
    optimizer.step()
result = [value.item().hex() for value in model[2].weight.flatten()]
"""

# A grader in a process of its own: it prints its zygote's pid and then waits for a long run.
GRADER = f"""
from lrquiz.sandbox import Sandbox
with Sandbox("json_entry:echo", path=[{ENTRIES!r}]) as sandbox:
    print(sandbox.zygote_pid, flush=True)
    sandbox.run(b'{{"sleep": 60}}')
"""


def test_reply_comes_back_with_what_was_printed(sandbox: Sandbox) -> None:
    """A run that ends well carries the reply, both outputs apart, and what it used."""
    run = run_source(sandbox, "import sys; print('é out'); print('err', file=sys.stderr); result=1")
    assert (run.ending, run.detail, run.reply) == (Ending.OK, "", b"1")
    assert (run.stdout, run.stderr, run.tier) == ("é out\n", "err\n", "full")
    assert 0 < run.wall_seconds < LIMITS.wall_seconds
    assert run.memory_mib > 1


def test_exception_is_told_by_its_line(sandbox: Sandbox) -> None:
    """A student's exception gives its type and message as the detail, and a traceback in stderr."""
    run = run_source(sandbox, "def train():\n    return 1 + 'a'\ntrain()")
    assert run.ending is Ending.RUNTIME_ERROR
    assert run.detail == "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
    assert 'File "submission.py", line 2, in train' in run.stderr
    assert "return 1 + 'a'" in run.stderr
    assert "lrquiz" not in run.stderr.replace(ENTRIES, "")
    assert run.reply is None


def test_bytes_that_are_no_text_are_shown_anyway(sandbox: Sandbox) -> None:
    """Output that is not UTF-8 is decoded with replacements, never refused."""
    run = run_source(sandbox, r"import os; os.write(1, b'\xff\xfe ok')")
    assert (run.ending, run.stdout) == (Ending.OK, "\ufffd\ufffd ok")


def test_output_is_kept_up_to_the_limit(sandbox: Sandbox) -> None:
    """Exactly the permitted bytes are fine; one more ends the run and is not kept."""
    limits = replace(LIMITS, output_bytes=100)
    assert run_source(sandbox, "print('x' * 99)", limits).ending is Ending.OK
    run = run_source(sandbox, "print('x' * 100)", limits)
    assert run.ending is Ending.OUTPUT_LIMIT
    assert len(run.stdout) == 100


def test_large_requests_and_replies_pass(sandbox: Sandbox) -> None:
    """Megabytes go in and out: neither side waits for the other to read."""
    source = f"result = len({'x' * 5_000_000!r}) * 'y'[:0] + 'z' * 1_900_000"
    run = run_source(sandbox, source)
    assert run.ending is Ending.OK, run.detail
    assert len(run.reply or b"") == 1_900_002


def test_training_gives_the_same_bits_as_outside(sandbox: Sandbox) -> None:
    """A box computes what the machine computes: no slower kernels with other rounding."""
    code = f"import json, torch; torch.set_num_threads(1)\n{TRAINING}\nprint(json.dumps(result))"
    outside = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    run = run_source(sandbox, TRAINING)
    assert run.stderr == ""
    assert json.loads(run.reply or b"") == json.loads(outside.stdout)


def test_helpers_of_torch_and_python_work(sandbox: Sandbox) -> None:
    """What honest training code uses is there: worker processes, temporary files, lazy imports."""
    run = run_source(
        sandbox,
        """
import tempfile, getpass, torch, torchgen, matplotlib.figure, multiprocessing.pool
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.arange(64.0))
total = sum(batch[0].sum().item() for batch in DataLoader(data, batch_size=8, num_workers=2))
with tempfile.NamedTemporaryFile() as file:
    torch.save(torch.ones(3), file.name)
    total += torch.load(file.name).sum().item()
result = [total, getpass.getuser()]
""",
    )
    assert (run.ending, run.reply) == (Ending.OK, b'[2019.0, "student"]'), run


def test_threads_of_the_caller_run_boxes_side_by_side(sandbox: Sandbox) -> None:
    """Several threads may call run at once, and each gets its own result."""
    sources = [f"import time; time.sleep(0.3); result = {number}" for number in range(6)]
    start = time.monotonic()
    with ThreadPoolExecutor(6) as pool:
        runs = list(pool.map(lambda source: run_source(sandbox, source), sources))
    assert [run.reply for run in runs] == [str(number).encode() for number in range(6)]
    assert time.monotonic() - start < 6 * 0.3
    assert_clean(sandbox)


@pytest.mark.usefixtures("full_tier")
def test_cold_runs_give_the_same() -> None:
    """With cold=True a fresh interpreter answers as the warm one does, and none is kept."""
    with Sandbox("json_entry:echo", cold=True, path=[ENTRIES]) as cold:
        assert cold.zygote_pid is None
        assert cold.run(b"{}", LIMITS).reply == b"{}"
        assert cold.run(b"{", LIMITS).ending is Ending.RUNTIME_ERROR
        assert cold.run(b"[]", LIMITS).reply == b"[]"


@pytest.fixture
def light(full_tier: None) -> Iterator[Sandbox]:  # noqa: ARG001 - for its skip
    """A sandbox whose zygote starts fast, for tests that kill it."""
    with Sandbox("json_entry:echo", path=[ENTRIES]) as box:
        yield box


def test_a_killed_zygote_is_replaced(light: Sandbox) -> None:
    """A zygote that died between two runs is started again, and the caller sees nothing of it."""
    first = light.zygote_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert light.run(b"[1]", LIMITS).reply == b"[1]"
    assert light.zygote_pid != first


def test_a_zygote_killed_during_a_run_costs_one_more_try(light: Sandbox) -> None:
    """A run whose zygote dies under it is tried once more; its first box does not live on."""
    first = light.zygote_pid
    assert first is not None
    killer = threading.Timer(0.4, os.kill, (first, signal.SIGKILL))
    killer.start()
    run = light.run(b'{"sleep": 1.0}', LIMITS)
    killer.join()
    assert run.reply == b'{"sleep": 1.0}'
    assert 1.0 <= run.wall_seconds < 1.4
    assert light.zygote_pid != first


def test_a_zygote_that_keeps_dying_is_an_internal_error(light: Sandbox) -> None:
    """After the second loss the run ends as a fault of ours, which costs the student nothing."""
    killed: set[int] = set()

    def kill_the_next() -> bool:
        pid = light.zygote_pid
        if pid is not None and pid not in killed and descendants(pid):
            killed.add(pid)
            os.kill(pid, signal.SIGKILL)
        return len(killed) == 2

    killer = threading.Thread(target=eventually, args=(kill_the_next,))
    killer.start()
    run = light.run(b'{"sleep": 3.0}', LIMITS)
    killer.join()
    assert run.ending is Ending.INTERNAL_ERROR
    assert "supervisor" in run.detail
    assert light.run(b"[]", LIMITS).reply == b"[]"


@pytest.mark.usefixtures("full_tier")
def test_leaving_ends_zygote_and_boxes() -> None:
    """When the with-block ends, no process is left, though a run was under way."""
    runs = []
    with Sandbox("json_entry:echo", path=[ENTRIES]) as box:
        pid = box.zygote_pid
        assert pid is not None
        waiting = threading.Thread(
            target=lambda: runs.append(box.run(b'{"sleep": 60}', replace(LIMITS, wall_seconds=60)))
        )
        waiting.start()
        assert eventually(lambda: len(descendants(pid)) == 2)
        family = descendants(pid) | {pid}
    assert not any(Path(f"/proc/{each}").exists() for each in family)
    waiting.join(5)
    assert runs[0].ending is Ending.INTERNAL_ERROR
    assert box.run(b"[]", LIMITS).ending is Ending.INTERNAL_ERROR


@pytest.mark.usefixtures("full_tier")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_nothing_outlives_the_grader(number: int) -> None:
    """If the grader is killed or interrupted, zygote and boxes end; Ctrl-C gets through."""
    with subprocess.Popen(
        [sys.executable, "-c", GRADER], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as grader:
        assert grader.stdout is not None
        assert grader.stderr is not None
        zygote = int(grader.stdout.readline())
        assert eventually(lambda: len(descendants(zygote)) == 2)
        family = descendants(zygote) | {zygote}
        grader.send_signal(number)
        assert eventually(lambda: not any(Path(f"/proc/{each}").exists() for each in family))
        assert grader.wait(5) != 0
        if number == signal.SIGINT:
            assert b"KeyboardInterrupt" in grader.stderr.read()


@pytest.mark.usefixtures("full_tier")
def test_an_entry_that_cannot_be_imported_is_our_fault() -> None:
    """Entering says why the entry cannot be had; it is no student's mistake."""
    with pytest.raises(SandboxFaultError, match="No module named 'absent_entry'"):
        Sandbox("absent_entry:serve").__enter__()


def test_an_entry_that_returns_no_bytes_gives_no_reply(light: Sandbox) -> None:
    """Only bytes are a reply: anything else is an error of the run."""
    assert light.run(b'{"text": 1}', LIMITS).ending is Ending.RUNTIME_ERROR


@pytest.mark.usefixtures("full_tier")
def test_environment_of_the_grader_stays_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the grader's environment reaches a box."""
    monkeypatch.setenv("COURSE_SECRET", "hunter2")
    with Sandbox("json_entry:echo", path=[ENTRIES]) as box:
        told = json.loads(box.run(b'{"environment": 1}', LIMITS).reply or b"")
    assert "COURSE_SECRET" not in told
    assert told["HOME"] == "/box"


@pytest.mark.usefixtures("full_tier")
def test_the_parent_never_waits_in_a_read() -> None:
    """A box may take back what it printed, once the parent was told that there is something.

    (See `steal_from_the_pipes`.) The parent would wait for more, past every limit.
    """
    warm = Warm("json_entry:echo", [ENTRIES])
    try:
        warm.await_ready()
        channels = warm.submit(b"[]", LIMITS)
        ends = (channels.stdout, channels.stderr, channels.reply)
        assert not any(os.get_blocking(end) for end in ends)
        assert collect(channels, LIMITS).report.ready
        channels.close()
    finally:
        warm.close()
