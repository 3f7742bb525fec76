"""Sentences read by the real parser and the real rules: what tests of the analysis compare is words, not offsets."""

from collections.abc import Iterable
from typing import NamedTuple

from secondsource.analysis import attribution, interests, sources, withheld
from secondsource.analysis.citations import citations
from secondsource.analysis.entities import Names, names_of
from secondsource.analysis.pipeline import Pipeline
from secondsource.analysis.quotes import quotes
from secondsource.language.parse import spacy_parser, text_of
from secondsource.model import (
    Analysis,
    Attribution,
    Claim,
    Extracted,
    Label,
    Position,
    RelationType,
    Source,
    Span,
    Stake,
    Stance,
)

ARTICLE = "art_1"

analyse = Pipeline(spacy_parser)
"""The whole analysis; the language model behind it is loaded once for all tests."""


class Said(NamedTuple):
    """One attribution in words: each span as its pieces."""

    source: tuple[str, ...]
    cue: tuple[str, ...]
    content: tuple[str, ...]
    stance: Stance
    label: Label
    factual: bool
    continues: bool
    source_id: str | None


class Told(NamedTuple):
    """What a text says by whom: its attributions in order, and their sources by id."""

    said: list[Said]
    sources: dict[str, Source]

    def by(self, n: int) -> Source:
        """The source of the n-th attribution."""
        source_id = self.said[n].source_id
        assert source_id is not None, f"nobody is known to say {self.said[n].content}"
        return self.sources[source_id]


class Read(NamedTuple):
    """An analysed article with its text, to look spans up in."""

    text: str
    analysis: Analysis

    @property
    def headline(self) -> Claim:
        """The headline claim; there has to be one, and only one."""
        (found,) = [claim for claim in self.analysis.claims if claim.headline]
        return found

    def claim(self, words: str) -> Claim:
        """The claim whose text holds these words."""
        found = [claim for claim in self.analysis.claims if words in claim.text]
        assert len(found) == 1, f"{len(found)} claims hold {words!r}: {[c.text for c in self.analysis.claims]}"
        return found[0]

    def source(self, source_id: str | None) -> Source:
        """The source of this id."""
        return next(s for s in self.analysis.sources if s.id == source_id)

    def names(self, attribution_ids: Iterable[str]) -> list[str]:
        """Who stands behind these attributions."""
        by_id: dict[str, Attribution] = {a.id: a for a in self.analysis.attributions}
        return [self.source(by_id[i].source_id).name if by_id[i].source_id else "nobody" for i in attribution_ids]

    def stakes(self, claim: Claim) -> dict[str, Stake]:
        """The judged pairs of a claim, by the name of the source."""
        return {stake.source_name: stake for stake in self.analysis.stakes.get(claim.id, ())}

    def stand(self, words: str = "", name: str = "") -> Position:
        """Where the source stands before the claim that holds these words; ``name``: where there are several."""
        found = [
            p
            for claim in self.analysis.claims
            if words in claim.text
            for p in self.analysis.positions.get(claim.id, ())
            if name in p.source_name
        ]
        assert len(found) == 1, found
        return found[0]


def tell(text: str, publisher: str | None = None) -> Told:
    """The attributions and sources of a text, by the rules alone."""
    doc = withheld.parsed(spacy_parser, text)
    drafts = attribution.draft(doc, quotes(text_of(doc)))
    found = sources.find(doc, drafts, publisher, credits=citations(text))

    def words(spans: Iterable[Span]) -> tuple[str, ...]:
        return tuple(text[start:end] for start, end in spans)

    return Told(
        [
            Said(words(d.source), words(d.cue), words(d.content), d.stance, d.label, d.factual, d.continues, by)
            for d, by in zip(drafts, found.of_draft, strict=True)
        ],
        {source.id: source for source in found.sources},
    )


def said(text: str) -> Said:
    """The one attribution of a text."""
    found = tell(text).said
    assert len(found) == 1, found
    return found[0]


def spans_of(text: str) -> tuple[str, str, str]:
    """Source, cue and content of the one attribution of a text; pieces of a broken span parted by " … "."""
    found = said(text)
    return " … ".join(found.source), " … ".join(found.cue), " … ".join(found.content)


def read(text: str, title: str | None = None, publisher: str | None = None) -> Read:
    """An article through the whole analysis."""
    return Read(text, analyse(Extracted(text=text, title=title, publisher=publisher), ARTICLE))


def relations(text: str, *kinds: RelationType) -> set[str]:
    """What a text states of its actors, "A rival_of B"; of these kinds, if any are named."""
    found = interests.relations(spacy_parser(text))
    for r in found:
        start, end = r.words
        assert text[start:end].strip() == text[start:end] != "", r
    return {f"{r.holder.canonical} {r.type} {r.other_name}" for r in found if not kinds or r.type in kinds}


def mutual(kind: RelationType, one: str, other: str) -> set[str]:
    """A relation from both sides."""
    return {f"{one} {kind} {other}", f"{other} {kind} {one}"}


def names(text: str) -> Names:
    """The names of a text."""
    return names_of(spacy_parser(text))
