"""Build the wheel, install it in a clean environment outside the checkout, and use it there.

`make wheel` runs this. Templates and the bank lie outside the package, so only the built wheel can
show that they travel with it.
"""

from __future__ import annotations

import argparse
import csv
import email
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

from lrquiz.sandbox import probe_tier

REPOSITORY = Path(__file__).resolve().parents[2]
RIGHT, STARTER = "ada", "bob"
LICENCE = "MIT AND CC-BY-SA-3.0"
LICENCE_FILES = ("LICENSE", "question_bank/digits/LICENSE")


class Outside:
    """A clean environment in a folder outside the checkout."""

    def __init__(self, folder: Path, constraints: Path) -> None:
        self.folder = folder
        self._constraints = constraints
        self._bin = folder / "env" / "bin"
        kept = ("PATH", "HOME", "LANG")
        self._environment = {
            name: value
            for name, value in os.environ.items()
            if name in kept or name.startswith(("PIP_", "SSL_", "HTTP", "http"))
        }
        self._environment["LRQUIZ_CACHE"] = str(folder / "evidence")

    def install(self, wheel: Path) -> None:
        venv.create(self.folder / "env", with_pip=True)
        self.run("python", "-m", "pip", "install", "-q", "-c", self._constraints, wheel)

    def run(self, program: str, *arguments: object) -> str:
        command = [str(self._bin / program), *map(str, arguments)]
        print("+", program, *arguments, flush=True)  # noqa: T201
        done = subprocess.run(
            command, cwd=self.folder, env=self._environment, check=True, stdout=subprocess.PIPE
        )
        return done.stdout.decode()


def build_wheel(folder: Path, constraints: Path) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, REPOSITORY]
    environment = {**os.environ, "PIP_CONSTRAINT": str(constraints)}
    subprocess.run([str(each) for each in command], check=True, env=environment)
    return next(folder.glob("lrquiz-*.whl"))


def check_licences(wheel: Path) -> None:
    """Require the wheel to name the licences of the code and of the digits, and to carry both."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        told = email.message_from_bytes(archive.read(name))
        carried = set(archive.namelist())
    found = (told["License-Expression"], *told.get_all("License-File", []))
    if found != (LICENCE, *LICENCE_FILES):
        sys.exit(f"the wheel says that its licences are {found}")
    folder = name.removesuffix("METADATA") + "licenses/"
    missing = {folder + each for each in LICENCE_FILES} - carried
    if missing:
        sys.exit(f"the wheel lacks {', '.join(sorted(missing))}")


def use(outside: Outside) -> None:
    """Follow the README's first steps with the installed command."""
    where = outside.run("python", "-c", "import lrquiz; print(lrquiz.__file__)").strip()
    if not Path(where).is_relative_to(outside.folder):
        sys.exit(f"lrquiz was imported from {where}, not from the wheel")
    outside.run("lrquiz", "bank", "lint")
    outside.run("lrquiz", "verify", "scheduler-halving")
    outside.run("lrquiz", "generate", "--locked", "--seed", "3", "--out", "quiz")
    if "http-equiv" not in (outside.folder / "quiz" / "practice.html").read_text():
        sys.exit("the practice page is not what the templates make")
    digits = "from lrquiz.experiments.recipes.digits_data import make_split as split; "
    if outside.run("python", "-c", digits + "print(len(split(0).inputs))").strip() != "800":
        sys.exit("the digits that torchvision reads are not those of the checkout")
    probe = "from lrquiz.sandbox import probe_tier; print(probe_tier().name)"
    tier = outside.run("python", "-c", probe).strip()
    if tier != probe_tier().name:
        sys.exit(f"the tier is {probe_tier().name} in the checkout and {tier} with the wheel")
    if tier == "full":
        grade(outside)


def grade(outside: Outside) -> None:
    """Grade a right submission and the starter, which teaches its model nothing."""
    submissions = outside.folder / "submissions"
    submissions.mkdir()
    bank = REPOSITORY / "question_bank"
    right = (bank / "demo" / "class" / "ada.py").read_bytes()
    (submissions / f"{RIGHT}.py").write_bytes(right)
    starter = (bank / "tasks" / "train-with-schedule" / "starter.py").read_bytes()
    (submissions / f"{STARTER}.py").write_bytes(starter)
    outside.run("lrquiz", "grade", "train-with-schedule", "submissions", "--out", "graded")
    with (outside.folder / "graded" / "scores.csv").open(newline="") as scores:
        found = {row["student"]: row["score"] for row in csv.DictReader(scores)}
    if found != {RIGHT: "10", STARTER: "1"}:
        sys.exit(f"the installed wheel graded {found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--constraints", type=Path, required=True)
    constraints = parser.parse_args().constraints.resolve()
    with tempfile.TemporaryDirectory(prefix="lrquiz-wheel-") as name:
        outside = Outside(Path(name), constraints)
        wheel = build_wheel(Path(name), constraints)
        check_licences(wheel)
        outside.install(wheel)
        use(outside)
    print("the wheel works outside the checkout")  # noqa: T201


if __name__ == "__main__":
    main()
