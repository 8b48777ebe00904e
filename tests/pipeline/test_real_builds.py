"""Whole sites from real exports: no traceback, the balance adds up, marked answers are chosen and shown once."""

import json
from collections import Counter
from pathlib import Path

import pytest

from faq_builder.cli import main

EXPORTS = {
    "discourse/dev_urho3d_topics": "https://discourse.urho3d.example",
    "discourse/fixtures_discourse_api": "https://discourse.example",
    "discourse/fixtures_perceval": "https://discourse.example",
    "stackexchange/coffee_2015": "https://coffee.example",
    "stackexchange/dev_quantumcomputing_2018": "https://quantum.example",
    "stackexchange/meta_beer_2022": "https://beer.example",
    "stackexchange/meta_conlang_2020": "https://conlang.example",
    "github_discussions/dev_payload": "https://github.com",
    "github_discussions/dev_payload_mixed": "https://github.com",
    "github_discussions/shape_vchinnap_jsonl": "https://github.com",
    "github_discussions/github_migration_archive": "https://github.com",
    "github_discussions/octokit_webhook_payloads": "https://github.com",
}
# marked answers in the exports, counted once with a plain text search in the raw files
MARKED = {
    "discourse/dev_urho3d_topics": 201,
    "stackexchange/coffee_2015": 105,
    "stackexchange/dev_quantumcomputing_2018": 389,
    "stackexchange/meta_beer_2022": 29,
    "stackexchange/meta_conlang_2020": 11,
    "github_discussions/dev_payload": 241,
    "github_discussions/dev_payload_mixed": 27,
}
CONFIG = """\
site_name: Real
site_url: https://faq.example/
theme: {{name: material, font: false}}
docs_dir: content/pages
plugins:
  - faq:
      sources:
        - {{key: real, place: Real place, path: "{path}", base_url: "{base}", permission: full}}
"""


@pytest.mark.parametrize("name", EXPORTS)
def test_a_site_from_a_real_export(name: str, real: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content/pages").mkdir(parents=True)
    config = tmp_path / "mkdocs.yml"
    config.write_text(CONFIG.format(path=real / name, base=EXPORTS[name]), encoding="utf-8")

    assert main(["build", "-f", str(config)]) in (0, 1)
    out = capsys.readouterr().out
    assert out.startswith("read ")

    assert main(["threads", str(real / name), "--base-url", EXPORTS[name], "--json"]) in (0, 1)
    *lines, last = capsys.readouterr().out.splitlines()
    threads = [json.loads(line) for line in lines]
    balance = json.loads(last)["balance"]
    for part in balance.values():
        assert part["read"] == part["public"] + sum(part["left_out"].values())
    assert balance["threads"]["public"] == len(threads)
    assert balance["messages"]["public"] == sum(len(t["messages"]) for t in threads)

    topics = json.loads((tmp_path / "site/topics.json").read_text(encoding="utf-8"))
    placed = Counter(t["key"] for topic in topics for t in topic["threads"])
    assert len(placed) == len(threads)
    assert set(placed.values()) <= {1}

    marked = 0
    for thread in threads:
        accepted = [m for m in thread["messages"] if m["accepted"]]
        marked += bool(accepted)
        if accepted:
            assert thread["answer"]["reason"] == "marked"
            assert thread["answer"]["messages"] == [m["id"] for m in accepted]
        same = Counter((m["author"], m["written_at"], m["body"]) for m in thread["messages"])
        assert all(same[(m["author"], m["written_at"], m["body"])] == 1 for m in accepted), "shown twice"
    if name in MARKED:
        assert marked == MARKED[name]
