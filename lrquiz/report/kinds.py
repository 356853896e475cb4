"""The kinds of pages: which template lays each out, with which scripts and styles."""

from lrquiz.report.page import Page

_PRACTICE_SCRIPTS = (
    "practice_kinds.js",
    "practice_state.js",
    "practice_items.js",
    "practice_turning.js",
    "practice_cards.js",
    "practice.js",
)
PRACTICE = Page("quiz/practice.html.j2", _PRACTICE_SCRIPTS, ("practice.css", "predict.css"))
PIPELINE = Page("pipeline/pipeline.html.j2", _PRACTICE_SCRIPTS, ("practice.css", "predict.css"))
EXAM = Page("exam/exam.html.j2", ("exam_text.js", "exam.js"), ("exam.css", "predict.css"))
FEEDBACK = Page("feedback/feedback.html.j2", styles=("feedback.css",))
STAFF = Page("feedback/staff.html.j2", styles=("feedback.css",))
CLASS = Page("class/class.html.j2", ("table.js",), ("class.css",))
VERIFICATION = Page("verification/verification.html.j2", ("table.js",), ("class.css",))
INDEX = Page("index/index.html.j2")
DIAGNOSIS = Page("diagnosis/diagnosis.html.j2")
