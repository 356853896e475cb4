"""The probe says what this machine can do, by trying, and what would help."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lrquiz.errors import SandboxUnavailableError
from lrquiz.sandbox import Sandbox, probe_tier


def test_probe_tells_one_or_the_other() -> None:
    """Full comes without excuses, anything else with reason and remedy; both with facts."""
    tier = probe_tier()
    assert tier.name in {"full", "none"}
    assert bool(tier.reason) is bool(tier.remedy) is (tier.name == "none")
    assert dict(tier.facts)["containment"] == tier.name


def test_without_namespaces_there_is_no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """On another system the probe names a way out, and entering a sandbox refuses with it."""
    monkeypatch.setattr(sys, "platform", "darwin")
    tier = probe_tier()
    assert tier.name == "none"
    assert "Linux" in tier.remedy
    with pytest.raises(SandboxUnavailableError, match="Linux"):
        Sandbox("json_entry:echo").__enter__()


def test_probe_does_not_load_torch() -> None:
    """The parent side never imports torch: not to probe, not to grade."""
    code = (
        "import sys; from lrquiz.sandbox import probe_tier; probe_tier(); "
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"False\n"
