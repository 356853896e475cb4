"""Copy the best checkpoint to another name, with its times and its mode."""

import pathlib
import shutil

pathlib.Path("last.pt").write_text("weights")
shutil.copyfile("last.pt", "plain.pt")
shutil.copy("last.pt", "best.pt")
shutil.copy2("last.pt", "kept.pt")
shutil.copytree(".", "backup", ignore=shutil.ignore_patterns("backup"))
shutil.make_archive("all", "zip", "backup")
result = sorted(path.name for path in pathlib.Path("backup").iterdir())
