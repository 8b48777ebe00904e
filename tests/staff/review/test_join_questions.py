"""Published joins that the merge level no longer allows."""

from faq_builder.decisions import ResolvedDecisions, Targets
from faq_builder.model import Ledger
from faq_builder.staff.review.join_questions import join_questions
from faq_builder.staff.review.passages import Passages
from thread_samples import a_thread, grouped, key, topic_with

THREADS = [a_thread(str(n), f"How do I reset the {name}?") for n, name in enumerate(("kettle", "grinder", "scale"))]


def test_one_question_shows_the_main_thread_and_those_that_would_leave() -> None:
    together = ResolvedDecisions(same=(tuple(thread.key for thread in THREADS),))
    grouping = grouped(THREADS, together)
    topic = topic_with(grouping, "0")
    passages = Passages.of(Targets(THREADS, Ledger(), None), THREADS)
    (question,) = join_questions([(topic.id, (key("1"), key("2")))], {topic.id: topic}, passages)
    assert [passage.title for passage in question.passages] == [thread.title.value for thread in THREADS]
    stay, leave, all_apart = question.choose("s"), question.choose("12"), question.choose("a")
    assert stay is not None
    assert leave is not None
    assert all_apart is not None
    urls = tuple(f"https://forum.widgets.example/t/{n}" for n in range(3))
    assert [(r.kind.value, r.references) for r in stay.rulings] == [("same", urls)]
    assert [(r.kind.value, r.references) for r in leave.rulings] == [("same", urls[:2]), ("apart", (urls[0], urls[2]))]
    assert [(r.kind.value, r.references) for r in all_apart.rulings] == [("apart", urls)]
    assert question.value == topic.asked


def test_many_threads_are_asked_about_in_parts() -> None:
    threads = [a_thread(str(n), f"How do I reset number {n}?") for n in range(20)]
    topic = topic_with(grouped(threads, ResolvedDecisions(same=(tuple(t.key for t in threads),))), "0")
    passages = Passages.of(Targets(threads, Ledger(), None), threads)
    questions = list(join_questions([(topic.id, [t.key for t in threads[1:]])], {topic.id: topic}, passages))
    assert [len(question.numbers) for question in questions] == [9, 9, 4]
    assert {question.passages[0].reference for question in questions} == {"https://forum.widgets.example/t/0"}
