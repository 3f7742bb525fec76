"""An article's findings as W3C Web Annotations (Web Annotation Data Model, Recommendation of 23 February 2017).

Each mention of a source, attribution, claim and flag is one annotation. Its targets are the pieces of text it
is about: a broken quotation has several. Every target is selected twice, by quote and by position, so that a
client can find it in another copy of the page; positions count Unicode code points of the stored text. Each
annotation has two bodies: the finding as data, in the report's own form, and what it is in English.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from secondsource.model import Attribution, Flag, Model, Source, Spans
from secondsource.present import phrases, wording
from secondsource.present.report import Report, ReportClaim

MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""The media type that the Web Annotation Protocol asks for."""

CONTEXT: list[str | dict[str, Any]] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "data": {"@id": "urn:secondsource:data", "@type": "@json"},
        "role": "urn:secondsource:role",
    },
]
"""The model's own context, and the two terms it has no word for: a body's data, and a target's role."""

PAGE_SIZE = 100
"""Annotations on one page: some 100 kB of JSON, well under the 6 MB that a Lambda may answer."""

CONTEXT_LENGTH = 32
"""Code points of prefix and suffix around a quote."""

Annotation = dict[str, Any]


def collection(report: Report, base_url: str = "") -> dict[str, Any]:
    """The AnnotationCollection: how many annotations there are and where their pages begin and end."""
    total = len(annotations(report, base_url))
    address = _address(report, base_url)
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": f"Sources, claims and flags of {report.title or report.id}",
        "total": total,
    }
    if total:
        document["first"] = _page_address(address, 0)
        document["last"] = _page_address(address, _pages(total) - 1)
    return document


def page(report: Report, index: int, base_url: str = "") -> dict[str, Any] | None:
    """The AnnotationPage ``index``, from 0; None when the collection has no such page.

    A collection without annotations has one page, which is empty.
    """
    found = annotations(report, base_url)
    if not 0 <= index < _pages(len(found)):
        return None
    address = _address(report, base_url)
    start = index * PAGE_SIZE
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "id": _page_address(address, index),
        "type": "AnnotationPage",
        "partOf": {"id": address, "type": "AnnotationCollection", "total": len(found)},
        "startIndex": start,
        "items": found[start : start + PAGE_SIZE],
    }
    if index > 0:
        document["prev"] = _page_address(address, index - 1)
    if index + 1 < _pages(len(found)):
        document["next"] = _page_address(address, index + 1)
    return document


def annotations(report: Report, base_url: str = "") -> list[Annotation]:
    """All annotations of the report: claims, flags, attributions, then sources; ``CONTEXT`` is that of their page.

    Findings without a place in this article's text (a flag whose evidence lies in other articles only) are
    not among them; they stand in the report.
    """
    write = _Writer(report, base_url)
    return list(
        chain(
            (write.claim(claim) for claim in report.claims if claim.spans),
            write.flags(),
            (write.attribution(found) for found in report.attributions if _pieces(found)),
            (write.source(source) for source in report.sources if source.mentions),
        )
    )


class _Writer:
    """Writes the annotations of one report."""

    def __init__(self, report: Report, base_url: str) -> None:
        self._report = report
        self._article = f"{base_url}/v1/articles/{report.id}"
        self._address = _address(report, base_url)

    def claim(self, claim: ReportClaim) -> Annotation:
        headline = "The headline claim" if claim.headline else "A claim"
        said = phrases.sentence(f"{headline}: {phrases.reach(claim)}")
        return self._annotation(f"claim-{claim.id}", "identifying", "claim", claim, said, _roles("claim", claim.spans))

    def flags(self) -> Iterator[Annotation]:
        names: Counter[str] = Counter()
        for flag in self._report.flags:
            here = tuple((item.start, item.end) for item in flag.evidence if item.article_id == self._report.id)
            if not here:
                continue
            name = f"flag-{flag.claim}-{flag.rule.id}-{here[0][0]}"
            names[name] += 1
            nth = f"-{names[name]}" if names[name] > 1 else ""
            yield self._flag(name + nth, flag, tuple(dict.fromkeys(here)))

    def _flag(self, name: str, flag: Flag, spans: Spans) -> Annotation:
        sentence = f"{wording.LEVELS[flag.level]}: {wording.FLAGS[flag.code]}. {flag.reason}"
        return self._annotation(name, "classifying", "flag", flag, sentence, _roles("evidence", spans))

    def attribution(self, found: Attribution) -> Annotation:
        said = phrases.said(self._report, found)
        return self._annotation(f"attribution-{found.id}", "describing", "attribution", found, said, _pieces(found))

    def source(self, source: Source) -> Annotation:
        groups = wording.listed(dict.fromkeys(group.name for group in source.affiliations))
        sentence = f"{source.name}: {wording.KINDS[source.kind]}{', ' + groups if groups else ''}."
        return self._annotation(
            f"source-{source.id}", "identifying", "source", source, sentence, _roles("mention", source.mentions)
        )

    def _annotation(
        self, name: str, motivation: str, kind: str, finding: Model, sentence: str, pieces: list[tuple[str, int, int]]
    ) -> Annotation:
        return {
            "id": f"{self._address}#{name}",
            "type": "Annotation",
            "motivation": motivation,
            "created": self._report.added_at.isoformat().replace("+00:00", "Z"),
            "generator": {"id": "urn:secondsource:analysis", "type": "Software", "name": "Second Source"},
            "body": [
                {
                    "id": f"{self._article}#{name}",
                    "type": "Dataset",
                    "format": "application/json",
                    "data": {kind: finding.model_dump(mode="json")},
                },
                {
                    "type": "TextualBody",
                    "value": sentence,
                    "format": "text/plain",
                    "language": "en",
                    "purpose": "describing",
                },
            ],
            "target": [self._target(role, start, end) for role, start, end in pieces],
        }

    def _target(self, role: str, start: int, end: int) -> dict[str, Any]:
        text = self._report.text
        target: dict[str, Any] = {
            "type": "SpecificResource",
            "source": f"{self._article}#text",
            "role": role,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - CONTEXT_LENGTH) : start],
                    "suffix": text[end : end + CONTEXT_LENGTH],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        }
        if self._report.url:
            target["scope"] = self._report.url
        return target


def _pieces(found: Attribution) -> list[tuple[str, int, int]]:
    """The pieces of an attribution with their roles, in the order of the text."""
    spans: list[tuple[str, Spans | None]] = [
        ("source", found.source),
        ("cue", found.cue),
        ("content", found.content),
    ]
    pieces = chain.from_iterable(_roles(role, pieces or ()) for role, pieces in spans)
    return sorted(pieces, key=lambda piece: piece[1:])


def _roles(role: str, spans: Spans) -> list[tuple[str, int, int]]:
    return [(role, start, end) for start, end in spans]


def _address(report: Report, base_url: str) -> str:
    return f"{base_url}/v1/articles/{report.id}/annotations/"


def _page_address(collection_address: str, index: int) -> str:
    return f"{collection_address}?page={index}"


def _pages(total: int) -> int:
    """How many pages hold ``total`` annotations; an empty collection has one."""
    return max(1, -(-total // PAGE_SIZE))
