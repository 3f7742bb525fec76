"""Writes the pages that the browser tests look at: those of the example stories, and one of all that is awkward.

python -m tests.browser.pages DIRECTORY
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from secondsource.local.demo import story as example
from secondsource.local.embedded import TENANT, Embedded
from secondsource.local.memory import MemoryStore
from secondsource.model import Submission
from secondsource.present import html
from secondsource.present.comparison import Comparison
from secondsource.present.report import Report, build
from secondsource.wiring import SystemClock
from tests.unit.present import story
from tests.unit.present.test_html import HOSTILE
from tests.unit.present.test_picture import graph

STORIES = ("alliance", "bridge", "sweetener")


def of_examples() -> Iterator[tuple[str, Sequence[Report], Comparison | None]]:
    """A page for each article of the example stories, and one of each story."""
    for name in STORIES:
        services = Embedded(MemoryStore(SystemClock()))
        ids = [services.add(Submission.model_validate(article)) for article in example(name)]
        reports = [services.read.report(TENANT, article_id) for article_id in ids]
        for number, report in enumerate(reports, start=1):
            yield f"{name}-{number}", [report], None
        yield name, reports, services.compare.compare(TENANT, ids)


def awkward() -> Report:
    """A report full of hostile words, with overlapping spans, a circle of citations and long labels."""
    words = " ".join(HOSTILE)
    text = f"{story.TEXT}\n\n{words}\n\n{'unbreakable' * 40}"
    start = text.index(words)
    claims = [
        story.HEADLINE,
        story.UNSOURCED.model_copy(update={"id": "c7", "text": words, "spans": ((start, start + len(words)),)}),
        story.UNSOURCED.model_copy(update={"id": "c8", "spans": ((start + 9, start + 40), (4, 60)), "claim_id": None}),
    ]
    circle = graph("a1 a2 a3 s1 o1", "a1 cites a2", "a2 cites a3", "a3 cites a1", "a1 rests_on s1", "a2 copies a1",
                   "a3 cites o1")  # fmt: skip
    nodes = [node.model_copy(update={"label": words if node.type == "source" else node.label}) for node in circle.nodes]
    groups = (("a1", "a2", "a3"), ("a3",))
    origins = story.ORIGINS.model_copy(
        update={"nodes": tuple(nodes), "edges": circle.edges, "groups": groups, "high": 2.5}
    )
    shown = [story.evidence(each, each, text) for each in HOSTILE if each in text]
    flag = story.SHARED.model_copy(update={"reason": words, "evidence": (*story.SHARED.evidence, *shown)})
    record = story.ALLIANCE.model_copy(update={"origins": origins, "flags": (*story.ALLIANCE.flags, flag)})
    analysis = story.ARTICLE.analysis.model_copy(update={"claims": tuple(claims), "warnings": ("bidi-override",)})
    article = story.ARTICLE.model_copy(
        update={"text": text, "title": words, "publisher": words, "url": "javascript:alert(1)", "analysis": analysis}
    )
    return build(article, {"clm_alliance": record, "clm_timber": story.TIMBER})


def main(directory: Path) -> None:
    """Write each page with its policy, and with the text it has to show."""
    directory.mkdir(parents=True, exist_ok=True)
    pages = [*of_examples(), ("awkward", [awkward()], None), ("empty", [build(story.EMPTY, {})], None)]
    for name, reports, comparison in pages:
        page = html.render(reports, comparison)
        found = {"html": page.html, "policy": page.policy, "texts": [report.text for report in reports]}
        (directory / f"{name}.json").write_text(json.dumps(found))
    print(f"{len(pages)} pages in {directory}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
