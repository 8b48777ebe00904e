"""Which threads of a page still belong together: published joins that only a program made, and now would not make."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from faq_builder.model import ThreadKey, Topic
from faq_builder.staff.review.passages import Passages
from faq_builder.staff.review.questions import MOST_NUMBERS, QuestionKind, ReviewQuestion
from faq_builder.staff.review.same_questions import same_or_apart

Join = tuple[str, Sequence[ThreadKey]]  # id of a topic, and the threads that `faq lock --replace` would take away


def join_questions(joins: Iterable[Join], topics: Mapping[str, Topic], passages: Passages) -> Iterator[ReviewQuestion]:
    """Yield the question which threads ask the same, for each page with threads that nobody joined for sure."""
    for name, leaving in joins:
        topic = topics[name]
        main = topic.main_member or topic.members[0]
        others = [m.thread for m in topic.members if m.thread.key in leaving and m is not main]
        for start in range(0, len(others), MOST_NUMBERS - 1):
            threads = [main.thread, *others[start : start + MOST_NUMBERS - 1]]
            numbered = tuple(
                passages.thread("main discussion" if thread is main.thread else "joined by a program", thread, number)
                for number, thread in enumerate(threads, 1)
            )
            yield ReviewQuestion(
                kind=QuestionKind.JOIN,
                question="These share a page. Which of them ask the same?",
                value=topic.asked,
                score=0.0,
                passages=numbered,
                choices=same_or_apart(numbered),
                topics=(topic,),
                origin="Only similar words joined them, and the present merge level no longer allows that. "
                "`faq lock --replace` takes apart what nobody confirms.",
            )
