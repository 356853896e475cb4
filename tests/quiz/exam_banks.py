"""Banks for exams that prove in a moment: facts of schedulers, under names found nowhere else."""

from __future__ import annotations

from pathlib import Path

RATES = (0.1, 0.2, 0.3, 0.4)
CLAIM = (
    'claim = {{ predicate = "rate_is_multiple_of_start", arm = "zqarm", times = {times}, '
    'epoch = 5, clock = "0-based, start of epoch", says = "{says}" }}'
)
OPTIONS = {
    "zqleft": "what the plot on the left shows",
    "zqright": "what the plot on the right shows",
}


def choice_file(name: str, key: str, rates: tuple[float, ...] = RATES) -> str:
    """Return an item with one variant for each rate, of which the option `key` is right."""
    options = (
        f'[[option]]\nid = "{each}"\ntext = "It is {text}"\nfeedback = "zqfeedback of {each}"\n'
        + CLAIM.format(times=0.5 if each == key else 0.25, says=text)
        for each, text in OPTIONS.items()
    )
    return (
        f'id = "{name}"\ntype = "single_choice"\ntitle = "zqtitle"\nobjective = "zqobjective"\n'
        'bloom = "apply"\ndifficulty = "easy"\nhint = "zqhint"\nsolution = ["zqsolution"]\n'
        'stem = "Counting from 0, what is the rate at the start of epoch 5, after '
        '{{ arms.zqarm.lr }} at first?"\n'
        '[experiment]\nrecipe = "scheduler_trace"\nepochs = 12\n'
        f"arms.zqarm = {{ lr = {rates[0]}, step_size = 5, gamma = 0.5 }}\n"
        f'[variants]\n"arms.zqarm.lr" = {list(rates)}\n'
        '[[premise]]\nsays = "the rate has not changed at the start of epoch 4"\n'
        'claim = { predicate = "rate_is_multiple_of_start", arm = "zqarm", times = 1.0, epoch = 4, '
        'clock = "0-based, start of epoch" }\n' + "\n".join(options) + "\n"
    )


def choice_bank(folder: Path, names: tuple[str, ...], key: str = "zqleft") -> Path:
    """Make a bank of such items; those of two keys differ in nothing but their claims."""
    (folder / "items").mkdir(parents=True)
    for name in names:
        (folder / "items" / f"{name}.toml").write_text(choice_file(name, key))
    return folder


def blueprint(folder: Path, *picks: str, head: str = 'title = "Midterm"') -> Path:
    """Write a blueprint."""
    path = folder / "exam.toml"
    path.write_text("\n".join([head, *(f"[[pick]]\n{pick}" for pick in picks)]) + "\n")
    return path
