"""Any thread that the model allows, for the laws of what writes and reads threads."""

from datetime import UTC

from hypothesis import strategies as st

from faq_builder.model import Author, RawMessage, RawThread, Role, ThreadKey, Url

MARKS = (
    "## Answer", "## Answer #", "## Answer ##  ", "## answer:", "### Reply", "# Answer", "## Question", "---",
    "```", "````", "~~~ text", "```json lines", '["a"]', "- ```", "  ```", "    code", "<!-- open", "-->", "<pre>",
    "<div>", "title: x", "From: Fred (asker)", "By: me", "", " ", "\ttab", "> ## Answer", "Answer\n------", "| a | b |",
    "| - | - |", "\r", "\r\n", "\u2028", "\x85", "\0", "\\", "`", "·", " · ", "](x)", "1. one", "[a]: b", "\ufeff",
    "## Reply", "##\tReply", " ## Answer", "&amp;", "<script>", "ünïcödé 🌧",
)  # fmt: skip

texts = st.one_of(
    st.text(max_size=20),
    st.lists(st.sampled_from(MARKS), max_size=8).map("\n".join),
    st.text('ab `"·()[]<>\\_*#:-\n', max_size=12),
)
ids = st.sampled_from(["12", "question", "answer-2", "a", "b"]) | st.from_regex(
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True
)
sources = st.sampled_from(["blog", "https", "http", "0", "null", "1-2", "a" * 40])
natives = st.text(st.characters(min_codepoint=32, codec="utf-8"), min_size=1, max_size=20)
keys = st.builds(ThreadKey, sources, st.one_of(natives, st.just("//x.example/"), st.just("404"), st.just("no")))
paths = st.sampled_from(["a_(b)", "a](b)", "a#comment-12", "?q=1&b=2", "#·", "a'", "a*b_c_"]) | st.text(max_size=20)
urls = paths.map(lambda path: Url.parse(f"https://widgets.example/{path}")).filter(lambda url: url is not None)
authors = st.builds(Author, key=texts, name=st.none() | texts, profile=st.none() | urls)
times = st.datetimes(timezones=st.just(UTC))
messages = st.builds(
    RawMessage,
    id=ids,
    body=texts,
    role=st.sampled_from(Role),
    author=st.none() | authors,
    url=st.none() | urls,
    written_at=st.none() | times,
    reply_to=st.none() | ids | texts,
    accepted=st.booleans(),
    votes=st.none() | st.integers(),
    licence=st.none() | texts,
)
threads = st.builds(
    RawThread,
    key=keys,
    format=st.sampled_from(["markdown", "discourse", "github-discussions"]),
    title=texts,
    messages=st.lists(messages, min_size=1, max_size=4, unique_by=lambda m: m.id).map(tuple),
    url=st.none() | urls,
    language=st.none() | st.from_regex(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,2}", fullmatch=True),
    tags=st.lists(texts, max_size=3).map(tuple),
    versions=st.lists(st.sampled_from(["4.10", "no", "1e3"]) | texts, max_size=3).map(tuple),
    duplicate_of=st.lists(keys | urls, max_size=3).map(tuple),
)
