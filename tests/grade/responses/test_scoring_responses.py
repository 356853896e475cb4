"""What responses give: bounds, full keys, decisions that help and never harm."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import QuizError
from lrquiz.grade.responses.scoring import rescored, score_of_checks, score_responses
from lrquiz.model.decision import Decision, DecisionKind
from lrquiz.model.quiz import Quiz, QuizItem
from lrquiz.model.record import ItemResponse, Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Outcome
from tests.grade.responses.examples import QUIZ, decision

ITEMS = {each.id: each for each in QUIZ.items}
texts = st.sampled_from(["0.05", "0,051", "1", "0.01", "1e-2", "10.0", "'0.01'", "1/100", "", "x"])


def response_to(item: QuizItem) -> st.SearchStrategy[ItemResponse]:
    ids = [each.id for each in item.options]
    if item.options and item.blank is None:
        chosen = st.lists(st.sampled_from(ids), unique=True)
        return chosen.map(lambda each: ItemResponse(item.id, "", tuple(sorted(each))))
    ran = st.sampled_from([None, True, False])
    return st.builds(lambda text, ran: ItemResponse(item.id, "", (), text, ran), texts, ran)


responses = st.tuples(*map(response_to, QUIZ.items))
decisions = st.lists(
    st.one_of(
        st.builds(
            lambda part, option: decision(DecisionKind.ACCEPT, part, option),
            st.sampled_from(sorted(ITEMS)),
            st.sampled_from([*"abcpqrstxy", "large", "0.07", "1/100", "*"]),
        ),
        st.builds(lambda part: decision(DecisionKind.VOID, part), st.sampled_from(sorted(ITEMS))),
        st.builds(
            lambda part, points: decision(DecisionKind.POINTS, part, "", points),
            st.sampled_from(sorted(ITEMS)),
            st.floats(0, 10),
        ),
    ),
    max_size=4,
)


def one(response: ItemResponse, *decided: Decision) -> CheckResult:
    (check,) = score_responses(QUIZ, [response], decided)
    return check


def chose(item: str, *options: str) -> ItemResponse:
    return ItemResponse(item, "", options)


def wrote(item: str, text: str, ran: bool | None = None) -> ItemResponse:  # noqa: FBT001 - a value
    return ItemResponse(item, "", (), text, ran)


@given(responses, decisions)
def test_points_lie_between_none_and_all(
    given_: tuple[ItemResponse, ...], ruled: list[Decision]
) -> None:
    """Whatever is responded and decided, an item gives from nothing to what it is worth."""
    for check in score_responses(QUIZ, given_, ruled):
        assert 0 <= check.points <= check.worth
        assert (check.outcome is Outcome.PASSED) <= (check.points == check.worth)
        assert check.outcome is not Outcome.UNCHECKED or check.worth == 0


@given(decisions)
def test_the_key_gives_full_points(ruled: list[Decision]) -> None:
    """Who responds the key has all that a machine can give, whatever was decided."""
    full = [
        wrote("number", "0.05"),
        wrote("blank", "0.01"),
        *(chose(each.id, *each.key) for each in QUIZ.items if each.key and each.blank is None),
    ]
    for check in score_responses(QUIZ, full, ruled):
        assert check.points == check.worth


@given(responses, st.randoms(use_true_random=False))
def test_the_order_of_options_changes_nothing(
    given_: tuple[ItemResponse, ...], chance: random.Random
) -> None:
    """Options may stand, and be chosen, in any order."""

    def mixed(item: QuizItem) -> QuizItem:
        options, key = list(item.options), list(item.key)
        chance.shuffle(options)
        chance.shuffle(key)
        return replace(item, options=tuple(options), key=tuple(key))

    other = replace(QUIZ, items=tuple(map(mixed, QUIZ.items)))
    turned = [replace(each, chosen=each.chosen[::-1]) for each in given_]
    assert score_responses(other, turned) == score_responses(QUIZ, given_)


@given(responses, decisions, st.sampled_from(sorted(ITEMS)), st.sampled_from([*"abcpqrstxy", "*"]))
def test_accepting_never_lowers_anybody(
    given_: tuple[ItemResponse, ...], ruled: list[Decision], part: str, option: str
) -> None:
    """One more accepted option leaves everybody's points as they are, or raises them."""
    before = score_responses(QUIZ, given_, ruled)
    after = score_responses(QUIZ, given_, [*ruled, decision(DecisionKind.ACCEPT, part, option)])
    for old, new in zip(before, after, strict=True):
        assert new.points >= old.points
        assert new.worth == old.worth


@given(responses, decisions, st.sampled_from(sorted(ITEMS)))
def test_a_voided_item_counts_for_nobody(
    given_: tuple[ItemResponse, ...], ruled: list[Decision], part: str
) -> None:
    """Whenever it is voided, neither its points nor what it was worth are left; others stay."""
    void = decision(DecisionKind.VOID, part)
    before, after = (score_responses(QUIZ, given_, each) for each in (ruled, [void, *ruled]))
    assert after == score_responses(QUIZ, given_, [*ruled, void])
    for old, new in zip(before, after, strict=True):
        assert new == old if new.check != part else (new.points, new.worth) == (0, 0)


@pytest.mark.parametrize(
    ("chosen", "points"),
    [("pqr", 3), ("pq", 2), ("p", 1), ("ps", 0), ("pqs", 1), ("st", 0), ("pqrst", 1), ("", 0)],
)
def test_multiple_choice_gives_the_right_less_the_wrong(chosen: str, points: float) -> None:
    """Of as many as are right, and never below nothing."""
    assert one(chose("multiple", *chosen)).points == points


@pytest.mark.parametrize("item", ["single", "error"])
def test_one_choice_is_all_or_nothing(item: str) -> None:
    """The right one alone gives the point; beside another it does not."""
    right, wrong = (
        ITEMS[item].key[0],
        next(o.id for o in ITEMS[item].options[::-1] if o.id not in ITEMS[item].key),
    )
    assert one(chose(item, right)).points == 1
    assert one(chose(item, wrong)).points == 0
    assert one(chose(item, right, wrong)).points == 0


@pytest.mark.parametrize(
    ("text", "points"), [("0,045", 2), ("0.055", 2), ("0.0551", 0), ("1e999", 0), ("five", 0)]
)
def test_a_number_may_lie_within_the_tolerance(text: str, points: float) -> None:
    """The ends of the tolerance are inside; what is no number is wrong."""
    assert one(wrote("number", text)).points == points


def test_an_accepted_number_is_the_same_number() -> None:
    """However it is spelled, and nothing near it."""
    accepted = decision(DecisionKind.ACCEPT, "number", "0.07")
    assert one(wrote("number", "7e-2"), accepted).points == 2
    assert one(wrote("number", "0.0701"), accepted).points == 0


@pytest.mark.parametrize(
    ("text", "ran", "outcome"),
    [
        ("1e-2", None, Outcome.PASSED),
        ("1e-2", False, Outcome.PASSED),
        ('"0.01"', None, Outcome.FAILED),
        ('"0.01"', True, Outcome.FAILED),
        ("1/100", True, Outcome.PASSED),
        ("1/50", False, Outcome.FAILED),
        ("1/100", None, Outcome.OPEN),
    ],
)
def test_a_fill_in_is_known_or_was_run(text: str, ran: bool | None, outcome: Outcome) -> None:  # noqa: FBT001 - a value
    """What an option is spelled like is decided by its runs; anything else by its own."""
    assert one(wrote("blank", text, ran)).outcome is outcome


def test_a_fill_in_may_be_accepted_by_id_or_by_text() -> None:
    """A decision names an option of the item, or what somebody wrote."""
    by_id = decision(DecisionKind.ACCEPT, "blank", "large")
    by_text = decision(DecisionKind.ACCEPT, "blank", "1 / 50")
    assert one(wrote("blank", "10."), by_id).outcome is Outcome.PASSED
    assert one(wrote("blank", "1/50", ran=False), by_text).outcome is Outcome.PASSED


def test_an_open_prompt_waits_for_a_person() -> None:
    """If something was written and it carries points; nothing written gives nothing at once."""
    assert one(wrote("open", "Because.")).outcome is Outcome.OPEN
    assert one(wrote("open", " ")).outcome is Outcome.FAILED
    unscored = decision(DecisionKind.POINTS, "open", "", 0.0)
    assert one(wrote("open", "Because."), unscored).outcome is Outcome.UNCHECKED
    assert one(wrote("open", "Because."), decision(DecisionKind.ACCEPT, "open", "*")).points == 4
    assert one(wrote("card", "")).outcome is Outcome.UNCHECKED
    assert score_of_checks([one(wrote("open", "Because."))]) is None


def test_the_last_number_of_points_counts() -> None:
    """Points may be changed again and again."""
    ruled = [decision(DecisionKind.POINTS, "single", "", each) for each in (5.0, 2.0)]
    assert one(chose("single", "b"), *ruled).points == 2


def record(*given_: ItemResponse, quiz: Quiz = QUIZ, ending: Ending = Ending.OK) -> Record:
    return Record("ada", "d", "{}", quiz.id, quiz.id, ending, "", None, 0.0, responses=given_)


@given(responses, decisions)
def test_rescoring_is_scoring(given_: tuple[ItemResponse, ...], ruled: list[Decision]) -> None:
    """A record holds all that its score follows from, so rescoring it twice changes nothing."""
    scored = rescored(record(*given_), QUIZ, ruled)
    assert scored.checks == score_responses(QUIZ, given_, ruled)
    assert rescored(scored, QUIZ, ruled) == scored
    assert scored.points == sum(each.worth for each in scored.checks)
    assert (scored.score is None) == any(
        each.outcome is Outcome.OPEN for each in scored.checks if each.worth
    )
    assert (scored.task_version == QUIZ.id) == (not ruled)


def test_a_fault_of_ours_ends_when_nothing_waits_for_it() -> None:
    """Once the response that could not be run is accepted, or its item voided, there is a score."""
    failed = record(wrote("blank", "1/100"), chose("single", "b"), ending=Ending.INTERNAL_ERROR)
    waiting = rescored(failed, QUIZ)
    assert (waiting.score, waiting.ending) == (None, Ending.INTERNAL_ERROR)
    for kind, score in ((DecisionKind.ACCEPT, 2), (DecisionKind.VOID, 1)):
        ruled = rescored(failed, QUIZ, [decision(kind, "blank", "1/100")])
        assert (ruled.score, ruled.ending) == (score, Ending.OK)


def test_what_was_flagged_stays_flagged() -> None:
    """A file that could not be read has no score, whatever is decided."""
    flagged = record(ending=Ending.REFUSED)
    ruled = rescored(flagged, QUIZ, [decision(DecisionKind.VOID, "blank")])
    assert (ruled.score, ruled.ending) == (None, Ending.REFUSED)


def test_another_quiz_is_refused() -> None:
    """A record is never scored by a quiz that it is not of."""
    with pytest.raises(QuizError, match="cannot be scored by"):
        rescored(record(quiz=replace(QUIZ, id="other")), QUIZ)
    with pytest.raises(QuizError, match="has no item"):
        score_responses(QUIZ, [chose("nowhere", "a")])
