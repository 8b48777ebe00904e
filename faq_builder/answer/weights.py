"""The weights of the answer model: `python -m benchmarks.fit_answers --data DIR --write` makes this file.

`features.py` and `model.py` say what each number is. Fitted to 976 marked and 328 judged threads.
"""

REPLY_WEIGHTS = {
    "worked": 0.61,
    "worked_once": 0.36,
    "asked_more": -0.64,
    "no_good_word": -0.34,
    "before_good_word": 0.59,
    "after_good_bye": -0.57,
    "asker_replied": 0.82,
    "asker_found": 1.06,
    "asker_found_with_thanks": 0.49,
    "asker_names_fix": 1.09,
    "asker_ends": 1.01,
    "asker_thanks": -0.60,
    "asker_failed": -0.44,
    "asker_reacts": 0.45,
    "says_done": 0.80,
    "first_reply": 0.71,
    "last_reply": 0.36,
    "place": 0.42,
    "names_asker": 0.55,
    "length": 0.62,
    "length_without_votes": -0.42,
    "votes": 0.82,
    "votes_lead": 0.78,
    "busy_author": 0.18,
    "code_block": 0.57,
    "remark": -2.97,
    "nested": -0.42,
}

CHOICE_WEIGHTS = {
    "always": -3.78,
    "lead": 0.36,
    "sum": 0.21,
    "worked": 0.60,
    "before_good_word": 0.35,
    "by_asker": -0.82,
    "asker_found": 0.56,
    "votes": 0.37,
    "has_question_mark": 0.77,
    "asker_is_silent": -1.56,
    "asker_waits": -0.92,
    "messages": -1.42,
    "candidates": 0.61,
    "length": 0.62,
}
