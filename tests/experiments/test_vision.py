"""Importing torchvision where its library loads, and where it does not."""

from __future__ import annotations

import subprocess
import sys

OWN = """
import torch

def own(boxes, scores, threshold):
    return torch.tensor([7])

for name in ("nms", "qnms"):  # as torchvision's library does when it is loaded
    torch.library.define(f"torchvision::{name}", "(Tensor boxes, Tensor scores, float t) -> Tensor")
    torch.library.impl(f"torchvision::{name}", "CPU", own)
"""

IMPORT = """
from lrquiz.experiments.vision import import_torchvision
declared = import_torchvision()
import torch, torchvision
"""


def python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_is_imported_in_a_fresh_process() -> None:
    """Operators are declared if torchvision's own library has not loaded, and only then.

    One that was only declared does nothing: calling it fails, and makes nothing up.
    """
    done = python(
        f"{IMPORT}"
        "from torchvision import datasets, transforms\n"
        "assert datasets.MNIST and transforms.ToTensor\n"
        "assert bool(declared) is not torchvision.extension._has_ops()\n"
        "assert import_torchvision() == (), 'a second time there is nothing to do'\n"
        "try:\n"
        "    torch.ops.torchvision.nms(torch.rand(1, 4), torch.rand(1), 0.5)\n"
        "except NotImplementedError as error:\n"
        "    assert declared and 'Could not run' in str(error)\n"
        "else:\n"
        "    assert not declared\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_operators_that_are_there_stay_as_they_are() -> None:
    """Where torchvision's own operators exist nothing is declared, and calls reach them."""
    done = python(
        f"{OWN}{IMPORT}"
        "assert declared == (), declared\n"
        "boxes = torch.rand(1, 4), torch.rand(1), 0.5\n"
        "assert torch.ops.torchvision.nms(*boxes).tolist() == [7]\n"
        "assert torch.ops.torchvision.nms.default._schema.arguments[0].name == 'boxes'\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_another_failure_is_told_and_not_hidden() -> None:
    """Where torchvision and torch do not go together, the error says what to install."""
    done = python(
        "import sys\n"
        "class Broken:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'torchvision':\n"
        "            raise RuntimeError('built for another torch')\n"
        "sys.meta_path.insert(0, Broken())\n"
        f"{IMPORT}"
    )
    assert "RecipeError: torchvision cannot be imported beside torch" in done.stderr
    assert "built for another torch; install the release" in done.stderr


def test_naming_the_recipe_imports_no_torchvision() -> None:
    """Only reading digits imports it."""
    done = python(
        "import sys\n"
        "from lrquiz.experiments.recipe import load_recipe\n"
        "recipe = load_recipe('digits_classifier')\n"
        "assert 'torchvision' not in sys.modules\n"
        "recipe.make_split(0)\n"
        "assert 'torchvision' in sys.modules\n"
    )
    assert (done.returncode, done.stderr) == (0, "")
