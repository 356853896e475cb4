"""Drawing exams: what a paper is follows from the secret, and never from what is right.

Nothing is trained: variants are verified by counts that were written down here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from lrquiz.bank.bank import load_bank
from lrquiz.errors import BlueprintError
from lrquiz.model.blueprint import Blueprint, Pick
from lrquiz.model.course import Student
from lrquiz.model.item import Item, Variant
from lrquiz.model.proof import Count, Proof
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.quiz import DrawnExam, Sitting, draw_exam
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify.verification import verified_by
from tests.quiz.exam_banks import choice_bank

NAMES = ("zqa", "zqb", "zqc", "zqd")
STUDENTS = tuple(Student(f"s{n}") for n in range(4))
TWO_EACH = Blueprint("Midterm", (Pick(2),))
Prove = Callable[[Variant], VerifiedVariant]


def says(*keys: str, asked: list[str] | None = None, trials: int = 1) -> Prove:
    """Return what verifies variants: in all trials the options `keys` hold and no other does."""

    def prove(variant: Variant) -> VerifiedVariant:
        if asked is not None:
            asked.append(f"{variant.item.id} {variant.name}")
        counts = tuple(Count(trials * (option.id in keys), trials) for option in variant.options)
        premises = (Count(trials, trials),) * len(variant.premises)
        lines = dict.fromkeys(variant.experiment.arms, ((0.1,),))
        return verified_by(variant, Proof("inputs", premises, counts, "lr", lines, "2.0"))

    return prove


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> tuple[Item, ...]:
    return load_bank(choice_bank(tmp_path_factory.mktemp("bank") / "b", NAMES)).items


def drawn(
    items: tuple[Item, ...],
    *,
    blueprint: Blueprint = TWO_EACH,
    students: tuple[Student, ...] = STUDENTS,
    secret: bytes = b"0123456789abcdef",
    seed: int = 0,
    prove: Prove | None = None,
    share: bool = False,
    one_paper: bool = False,
) -> DrawnExam:
    sitting = Sitting(blueprint, students, secret, seed, share_variants=share, one_paper=one_paper)
    return draw_exam(items, sitting, prove or says("zqleft"))


def shown(exam: DrawnExam) -> list[tuple[str, str]]:
    """Return every item and variant on every paper."""
    return [(each.item, each.variant) for paper in exam.papers.papers for each in paper.items]


def test_the_same_secret_gives_the_same_papers(items: tuple[Item, ...]) -> None:
    """Nothing else is random; another secret, or another seed, gives other papers and names."""
    exam = drawn(items)
    assert drawn(items) == exam
    for other in (drawn(items, secret=b"another secret.."), drawn(items, seed=1)):
        assert other.papers.label != exam.papers.label
        assert not {p.id for p in other.papers.papers} & {p.id for p in exam.papers.papers}
        assert shown(other) != shown(exam)


def test_papers_do_not_depend_on_what_is_right(items: tuple[Item, ...]) -> None:
    """With another key the quiz is another, and every paper stays as it is."""
    left, right = drawn(items), drawn(items, prove=says("zqright"))
    assert left.quiz.id != right.quiz.id
    assert left.quiz.items[0].key != right.quiz.items[0].key
    assert left.papers.papers == right.papers.papers
    assert left.papers.label == right.papers.label


def test_papers_do_not_depend_on_the_order_of_the_roster(items: tuple[Item, ...]) -> None:
    """Each student has the same paper wherever the student stands."""
    exam, turned = drawn(items), drawn(items, students=STUDENTS[::-1])
    assert [p.student for p in exam.papers.papers] == [s.id for s in STUDENTS]
    assert set(turned.papers.papers) == set(exam.papers.papers)


def test_no_two_papers_share_a_variant(items: tuple[Item, ...]) -> None:
    """Each variant is on one paper at most, and no item is twice on a paper."""
    students = tuple(Student(f"s{n}") for n in range(8))
    exam = drawn(items, students=students)
    assert max(Counter(shown(exam)).values()) == 1
    assert len(shown(exam)) == 16  # as many as the bank has
    for paper in exam.papers.papers:
        assert len({each.item for each in paper.items}) == 2
    assert {(each.id, each.variant) for each in exam.quiz.items} == set(shown(exam))


def test_too_few_variants_are_told_and_can_be_shared(items: tuple[Item, ...]) -> None:
    """The message says of which pick, how many hold and are needed; shared, all are used alike."""
    students = tuple(Student(f"s{n}") for n in range(12))
    with pytest.raises(BlueprintError) as caught:
        drawn(items, students=students)
    for part in ("pick 1", "for 12 papers 24 variants", "16 that hold", "--share-variants"):
        assert part in str(caught.value)
    exam = drawn(items, students=students, share=True)
    assert set(Counter(shown(exam)).values()) == {1, 2}


def test_too_few_items_are_told(items: tuple[Item, ...]) -> None:
    """An item is on a paper once, so sharing helps nobody here, and is not offered."""
    with pytest.raises(BlueprintError, match="needs 5, and of the bank's items 4 can") as caught:
        drawn(items, blueprint=Blueprint("Midterm", (Pick(5),)), share=True)
    assert "--share-variants" not in str(caught.value)


def test_what_does_not_hold_is_replaced(items: tuple[Item, ...]) -> None:
    """A rejected variant is on no paper; where it is missed, the message says why it is."""
    sound, two_keys = says("zqleft"), says("zqleft", "zqright")

    def prove(variant: Variant) -> VerifiedVariant:
        return (two_keys if variant.name.endswith("0.1") else sound)(variant)

    exam = drawn(items, prove=prove)
    assert not [name for _, name in shown(exam) if name.endswith("0.1")]
    with pytest.raises(BlueprintError, match=r"rejected: zq. arms.zqarm.lr=0.1: two keys"):
        drawn(items, prove=prove, students=tuple(Student(f"s{n}") for n in range(7)))


def test_each_variant_that_is_drawn_is_proved_once(items: tuple[Item, ...]) -> None:
    """Proving may train, so it is done for what is drawn, and not for each student."""
    asked: list[str] = []
    students = tuple(Student(f"s{n}") for n in range(12))
    exam = drawn(items, students=students, share=True, prove=says("zqleft", asked=asked))
    assert len(asked) == len(set(asked)) == len(set(shown(exam)))


def test_options_are_in_an_order_of_each_paper(items: tuple[Item, ...]) -> None:
    """No position is right more often than another can be expected to be."""
    students = tuple(Student(f"s{n}") for n in range(40))
    exam = drawn(items, students=students, share=True)
    orders = Counter(each.options for paper in exam.papers.papers for each in paper.items)
    assert set(orders) == {("zqleft", "zqright"), ("zqright", "zqleft")}
    assert min(orders.values()) > 20


def test_extra_time_and_language_are_the_students_own(items: tuple[Item, ...]) -> None:
    """The countdown is stretched by the factor; without a language the course's holds."""
    students = (Student("a", extra_time=1.5, language="de"), Student("b"))
    blueprint = Blueprint("Midterm", (Pick(1),), minutes=50)
    slow, other = drawn(items, blueprint=blueprint, students=students).papers.papers
    assert (slow.minutes, slow.language) == (75, "de")
    assert (other.minutes, other.language) == (50, "en")


def test_one_paper_is_for_everybody(items: tuple[Item, ...]) -> None:
    """Who has more time has the same items, order and paper id, with another countdown."""
    students = (*STUDENTS, Student("slow", extra_time=2))
    blueprint = Blueprint("Midterm", (Pick(3),), minutes=60)
    exam = drawn(items, blueprint=blueprint, students=students, one_paper=True)
    everybody, slow = exam.papers.papers
    assert (everybody.student, slow.student) == ("", "slow")
    assert (everybody.minutes, slow.minutes) == (60, 120)
    assert (everybody.id, everybody.items) == (slow.id, slow.items)
    assert exam.papers.of("s1") == everybody
    untimed = drawn(items, blueprint=TWO_EACH, students=students, one_paper=True)
    assert [paper.student for paper in untimed.papers.papers] == [""]


def test_points_are_the_picks(items: tuple[Item, ...]) -> None:
    """A pick's points go before the item's, and all papers are worth the same."""
    exam = drawn(items, blueprint=Blueprint("Midterm", (Pick(2, points=2.5),)))
    assert {each.points for each in exam.quiz.items} == {2.5}
    picks = (Pick(1, ("zqa", "zqb"), points=2), Pick(1, ("zqb", "zqc")))
    with pytest.raises(BlueprintError, match=r"item zqb is worth 2 points by one pick and 1 by"):
        drawn(items, blueprint=Blueprint("Midterm", picks))


@pytest.mark.parametrize(
    ("item", "reason"), [("card-learning-rate", "flashcards"), ("describe-a-strategy", "points")]
)
def test_what_no_machine_scores_is_left_out_and_told(item: str, reason: str) -> None:
    """Flashcards are never drawn, prompts only for points, and the message says so."""
    bank = load_bank(shipped_bank()).items
    with pytest.raises(BlueprintError, match=f"{item}: .*{reason}"):
        drawn(bank, blueprint=Blueprint("Midterm", (Pick(1, (item,)),)), students=STUDENTS[:1])


def test_a_prompt_with_points_is_drawn() -> None:
    """A person marks it."""
    bank = load_bank(shipped_bank()).items
    blueprint = Blueprint("Midterm", (Pick(1, ("describe-a-strategy",), points=4),))
    exam = drawn(bank, blueprint=blueprint, students=STUDENTS[:1])
    assert [each.points for each in exam.quiz.items] == [4]


def test_a_fill_in_shows_no_options() -> None:
    """Its options are the responses that were run: on a paper they would be the key."""
    bank = load_bank(shipped_bank()).items
    blueprint = Blueprint("Midterm", (Pick(1, ("fill-in-gamma",)),))
    prove = says("half", "fraction", trials=64)
    exam = drawn(bank, blueprint=blueprint, students=STUDENTS[:1], prove=prove)
    assert exam.quiz.items[0].options
    assert exam.papers.papers[0].items[0].options == ()


def test_the_bank_of_the_tests_is_read(tmp_path: Path) -> None:
    """Two banks of the tests differ in the numbers of their claims and in nothing else."""
    one = choice_bank(tmp_path / "one", NAMES[:1], "zqleft")
    two = choice_bank(tmp_path / "two", NAMES[:1], "zqright")
    texts = [(bank / "items" / "zqa.toml").read_text() for bank in (one, two)]
    assert texts[0] != texts[1]
    plain = [
        text.replace("times = 0.25", "times = X").replace("times = 0.5", "times = X")
        for text in texts
    ]
    assert plain[0] == plain[1]
