"""The kinds of pages: which template lays each out, with which scripts and styles."""

from lrquiz.report.page import Page

PRACTICE = Page("quiz/practice.html.j2", ("order.js", "practice.js"), ("order.css",))
PIPELINE = Page("pipeline/pipeline.html.j2", ("order.js", "practice.js"), ("order.css",))
EXAM = Page("exam/exam.html.j2", ("order.js", "exam.js"), ("exam.css", "order.css"))
FEEDBACK = Page("feedback/feedback.html.j2", styles=("feedback.css", "order.css"))
STAFF = Page("feedback/staff.html.j2", styles=("feedback.css", "order.css"))
CLASS = Page("class/class.html.j2")
INDEX = Page("index/index.html.j2")
DIAGNOSIS = Page("diagnosis/diagnosis.html.j2")
