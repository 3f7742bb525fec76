"""A whole corpus at once: one JSON object a line in, one report a line out, all articles known to each other.

Later articles change what is known of the claims of earlier ones, so reports are written when all lines have
been read. Until then everything lies in a temporary file.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from secondsource.errors import InvalidInput, SecondSourceError, UnprocessableInput
from secondsource.local.embedded import TENANT, Embedded
from secondsource.local.inputs import from_object
from secondsource.model import ClaimRecord, Label
from secondsource.present.report import count, with_label, with_names
from secondsource.stored import MOST_PER_PAGE
from secondsource.web import json_body

Given = str | int
"""An article's id as the corpus gives it."""

BadLine = Callable[[int, str], None]
"""Told of each line that was left out: its number, from 1, and why."""

Lead = Callable[[Iterable[tuple[int, bytes]]], Iterable[tuple[int, bytes]]]
"""Hands the numbered lines on, all of them and in order."""


@dataclass
class Corpus:
    """What was read: the articles in order, and how the ids of the store and of the corpus belong together.

    Two lines with the same content are one article of the store, and two reports.
    """

    order: list[tuple[str, Given]] = field(default_factory=list)
    names: dict[str, list[Given]] = field(default_factory=dict)
    lines: dict[Given, int] = field(default_factory=dict)
    bad: int = 0
    seconds: float = 0.0

    def add(self, line: int, article_id: str, given: Given) -> None:
        """Take in an article; ``given`` must not have been seen, unless it is the store's, for the same content."""
        self.lines[given] = line
        self.order.append((article_id, given))
        known = self.names.setdefault(article_id, [])
        if given not in known:
            known.append(given)


def read(lines: Iterable[bytes], services: Embedded, bad_line: BadLine, lead: Lead | None = None) -> Corpus:
    """Annotate each line's article. A bad line is told of and left out; an empty one is not counted as bad.

    ``lead`` sees the numbered lines on their way, and may look ahead: ``local.ahead.Ahead.leading``.
    """
    corpus = Corpus()
    begun = time.monotonic()
    articles = _articles(lines)
    for number, body in lead(articles) if lead else articles:
        try:
            _add(corpus, number, body, services)
        except SecondSourceError as error:
            corpus.bad += 1
            bad_line(number, str(error))
        except Exception as error:
            # One article that the analysis cannot take must not cost the hours spent on all the others.
            corpus.bad += 1
            bad_line(number, f"Internal error: {type(error).__name__}: {error}")
    corpus.seconds = time.monotonic() - begun
    return corpus


def reports(corpus: Corpus, services: Embedded, label: Label | None = None) -> Iterator[dict[str, Any]]:
    """The reports in the order of the lines, with the claims as they stand now and the ids of the corpus.

    ``label``: the attributions of this label alone.
    """
    names = {article_id: str(first) for article_id, (first, *_) in corpus.names.items() if first != article_id}
    for article_id, given in corpus.order:
        read = with_names(services.read.report(TENANT, article_id), names)
        report = (read if label is None else with_label(read, label)).model_dump(mode="json")
        report["links"] = {}
        yield {**_renamed(report, corpus.names, {article_id: given}), "id": given}


def claims(corpus: Corpus, services: Embedded) -> Iterator[dict[str, Any]]:
    """All claim records as they stand now, with the ids of the corpus."""
    cursor = None
    while True:
        page = services.read.claims(TENANT, MOST_PER_PAGE, cursor)
        for record in page.items:
            yield _renamed(_record(record), corpus.names, {})
        cursor = page.next
        if cursor is None:
            return


def write(objects: Iterable[Mapping[str, Any]], out: TextIO) -> int:
    """Write one JSON object a line; how many there were."""
    written = 0
    for found in objects:
        out.write(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
        written += 1
    return written


def _articles(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not empty, with their numbers."""
    for number, line in enumerate(lines, start=1):
        body = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if body.strip():
            yield number, body


def _add(corpus: Corpus, number: int, line: bytes, services: Embedded) -> None:
    try:
        found = json_body.parse(line)
    except InvalidInput as error:
        raise InvalidInput(error.detail.replace("The body", "The line")) from None
    given = found.get("id")
    if given is not None and (isinstance(given, bool) or not isinstance(given, str | int) or given == ""):
        raise UnprocessableInput("id: It must be text or an integer.")
    if given in corpus.lines:
        raise UnprocessableInput(f"id: It is that of line {corpus.lines[given]}.")
    submission = from_object(found)
    if submission.text is None and submission.html is None:
        raise UnprocessableInput("It has neither text nor html; addresses are not fetched here.")
    article_id = services.add(submission)
    corpus.add(number, article_id, article_id if given is None else given)


def _record(record: ClaimRecord) -> dict[str, Any]:
    """A claim record as the corpus writes it."""
    return {
        "claim_id": record.claim_id,
        "text": record.text,
        "articles": list(record.articles),
        "contested_by": list(record.contested_by),
        "origins": count(record.origins).model_dump(mode="json") if record.origins else None,
        "flags": [flag.model_copy(update={"claim": record.claim_id}).model_dump(mode="json") for flag in record.flags],
        "not_assessable": [gap.model_dump(mode="json") for gap in record.not_assessable],
    }


def _renamed(value: Any, names: Mapping[str, list[Given]], own: Mapping[str, Given]) -> Any:
    """``value`` with the corpus's ids for the store's.

    In a list (a claim's articles, a group of them) and among names (labels), an article of two lines becomes
    both ids; elsewhere it is the id ``own`` gives, or else the first.
    """
    if isinstance(value, dict):
        return {new: _renamed(member, names, own) for name, member in value.items() for new in names.get(name, [name])}
    if isinstance(value, list):
        members: list[Any] = []
        for member in value:
            if isinstance(member, str) and member in names:
                members.extend(names[member])
            else:
                members.append(_renamed(member, names, own))
        return members
    return _renamed_text(value, names, own) if isinstance(value, str) else value


def _renamed_text(value: str, names: Mapping[str, list[Given]], own: Mapping[str, Given]) -> str | int:
    """An article's id, or a node of the origin graph: ``article:<id>`` or ``source:<id>:<source>``."""
    if value in names:
        return own.get(value, names[value][0])
    kind, _, rest = value.partition(":")
    article_id, colon, source_id = rest.partition(":")
    if kind in ("article", "source") and article_id in names:
        return f"{kind}:{own.get(article_id, names[article_id][0])}{colon}{source_id}"
    return value
