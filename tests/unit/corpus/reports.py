"""Reports of one claim, made by hand: who says so in which article, and whom the article cites."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from secondsource.corpus.story import story
from secondsource.model import (
    Affiliation,
    AffiliationCategory,
    Anonymity,
    Attribution,
    Backing,
    Evidence,
    Occurrence,
    Place,
    Source,
    SourceKind,
    Span,
    Stance,
)
from secondsource.text.vectors import pack
from tests.unit.services.newsroom import embed

START = datetime(2025, 3, 11, 6, 0, tzinfo=UTC)
CLAIM = "clm_pact"

texts: dict[str, set[str]] = {}
"""The texts of the articles made so far, by their ids."""


def words(article_id: str, text: str, exact: str, shows: str = "") -> Evidence:
    """Words of an article as evidence."""
    start = text.index(exact)
    return Evidence(article_id=article_id, start=start, end=start + len(exact), exact=exact, shows=shows)


def person(name: str, role: str | None = "engineer", group: str | None = None, **more: object) -> Source:
    """A named person."""
    return Source(id="", name=name, kind=SourceKind.NAMED_PERSON, role=role, affiliations=_tied(group), **more)


def unnamed(
    name: str,
    role: str | None = "official",
    group: str | None = None,
    grade: str = "general",
    reason: str | None = None,
    kind: SourceKind = SourceKind.UNNAMED_GROUP,
    **more: object,
) -> Source:
    """People who are not named."""
    anonymity = Anonymity(grade=grade, description=name, reason=reason)
    return Source(id="", name=name, kind=kind, role=role, affiliations=_tied(group), anonymity=anonymity, **more)


def body(name: str) -> Source:
    """A named group that speaks."""
    return Source(id="", name=name, kind=SourceKind.NAMED_GROUP, affiliations=_tied(name))


def _tied(group: str | None) -> tuple[Affiliation, ...]:
    return (Affiliation(name=group, category=AffiliationCategory.OTHER),) if group else ()


def report(
    name: str,
    *sources: Source,
    cites: Sequence[str] = (),
    says: str = "The two groups have sealed a pact",
    denied_by: Sequence[Source] = (),
    reporting: bool = True,
    headline: bool = True,
    own_witness: bool = False,
    place: str | None = None,
    spoke_from: str | None = None,
    adds: str = "",
    url: str | None = None,
    publisher: str | None = None,
    published_at: datetime | None = None,
) -> Occurrence:
    """The claim as one article carries it; article ``art_<name>`` of publisher ``name``.

    The article's text is made of what it needs to quote, ``adds`` at its end, so that every piece of evidence is
    verbatim in it: ``texts`` has it by the article's id.
    """
    article_id = f"art_{name.lower().replace(' ', '_')}"
    text = text_of(says, sources, denied_by, cites, spoke_from) + adds
    texts.setdefault(article_id, set()).add(text)
    numbered = [s.model_copy(update={"id": f"s{n}"}) for n, s in enumerate([*sources, *denied_by], 1)]
    quotes: dict[str, Evidence] = {}
    attributions: list[Attribution] = []
    for n, unplaced in enumerate(numbered, 1):
        carries = n <= len(sources)
        place_of_speech = Place(name=spoke_from, span=_span(text, spoke_from)) if spoke_from and carries else None
        source = unplaced.model_copy(update={"mentions": (_span(text, unplaced.name),), "speaks_from": place_of_speech})
        if place_of_speech:
            quotes[f"s{n}:speaks_from"] = words(article_id, text, place_of_speech.name)
        numbered[n - 1] = source
        content = says if carries else f"that is wrong, said number {n}"
        attributions.append(
            Attribution(
                id=f"a{n}",
                source=source.mentions,
                cue=(_span(text, "said"),),
                content=(_span(text, content),),
                stance=Stance.ASSERT if carries else Stance.DENY,
                source_id=source.id,
            )
        )
        quotes[source.id] = quotes[f"a{n}:source"] = words(article_id, text, source.name)
        quotes[f"a{n}:content"] = words(article_id, text, content)
        if source.anonymity and source.anonymity.reason:
            quotes[f"{source.id}:anonymity"] = words(article_id, text, source.anonymity.reason)
    return Occurrence(
        claim_id=CLAIM,
        article_id=article_id,
        article_claim_id="c1",
        headline=headline,
        reporting=reporting,
        title=f"{name}: {says}",
        publisher=publisher or name,
        url=url,
        published_at=published_at,
        added_at=START + timedelta(minutes=len(name)),
        text=says,
        own_witness=own_witness,
        sentences=(words(article_id, text, says),),
        attributions=tuple(attributions[: len(sources)]),
        disputes=tuple(attributions[len(sources) :]),
        sources=tuple(numbered),
        quotes=quotes,
        place=Place(name=place, span=_span(text, place)) if place else None,
        cited_outlets=tuple((outlet, words(article_id, text, outlet)) for outlet in cites),
    )


def goes_back(found: Occurrence) -> Occurrence:
    """The same in an article that speaks of what its own outlet reported before."""
    return found.model_copy(update={"self_cited": found.sentences[0]})


def nameless(found: Occurrence) -> Occurrence:
    """The same in an article of which neither publisher nor title is known."""
    return found.model_copy(update={"publisher": None, "title": None})


def inner(
    name: str,
    *sources: Source,
    credits: Sequence[str] = (),
    heads: Source | None = None,
    says: str = "The meeting lasted nine hours",
    publisher: str | None = None,
    published_at: datetime | None = None,
) -> Occurrence:
    """A claim that is not the headline of its article, which credits outlets with its story.

    ``heads``: who says the headline claim, where nobody is named for this one.
    """
    behind = (heads.model_copy(update={"id": "h1"}),) if heads else ()
    adds = "".join(f" Of the pact {outlet} told." for outlet in (*credits, *(s.name for s in behind)))
    o = report(name, *sources, says=says, headline=False, adds=adds, publisher=publisher, published_at=published_at)
    text = text_of(says, sources) + adds
    (vector,) = embed([says])
    return o.model_copy(
        update={
            "vector": pack(vector),
            "sources": (*o.sources, *behind),
            "quotes": {**o.quotes, **{s.id: words(o.article_id, text, s.name) for s in behind}},
            "story_outlets": tuple((outlet, words(o.article_id, text, outlet)) for outlet in credits),
            "story_sources": tuple(s.id for s in behind),
        }
    )


def text_of(
    says: str,
    sources: Sequence[Source],
    denied_by: Sequence[Source] = (),
    cites: Sequence[str] = (),
    spoke_from: str | None = None,
) -> str:
    """The text of such an article."""
    parts = [f"{says}, {' and '.join(s.name for s in sources) or 'it is'} said."]
    parts += [f"They spoke from {spoke_from}."] if spoke_from else []
    parts += [s.anonymity.reason for s in sources if s.anonymity and s.anonymity.reason]
    parts += [f"{s.name} said: that is wrong, said number {n}." for n, s in enumerate(denied_by, len(sources) + 1)]
    parts += [f"So {outlet} reported." for outlet in cites]
    return " ".join(parts)


def _span(text: str, exact: str) -> Span:
    start = text.index(exact)
    return start, start + len(exact)


@dataclass(frozen=True)
class Backs:
    """What stands behind a story: a statement of ``by``, or words that credit an ``outlet``, which ``told`` told.

    ``about``: what it is about; the claim itself unless said otherwise.
    """

    by: Source | None = None
    outlet: str | None = None
    form: str | None = None
    told: Source | None = None
    about: str | None = None


def telling(
    name: str,
    *sources: Source,
    passages: Sequence[str] = (),
    backing: Sequence[Backs] = (),
    says: str = "The two groups have sealed a pact",
    cites: Sequence[str] = (),
    published_at: datetime | None = None,
) -> Occurrence:
    """A report with its story: the sentences that tell it, and who backs it, as the first of its article's claims."""
    shown = [b.outlet or (b.by.name if b.by else "this newsroom was told") for b in backing]
    adds = " ".join(["", *passages, *(f"By {exact}." for exact in shown)])
    o = report(name, *sources, says=says, adds=adds, cites=cites, published_at=published_at)
    text = text_of(says, sources, cites=cites) + adds
    others = [source for b in backing for source in (b.by, b.told) if source is not None]
    ids = {source.name: f"b{n}" for n, source in enumerate(others)}
    behind = {source.name: source.model_copy(update={"id": ids[source.name]}) for source in others}
    (vector,) = embed([says])
    return o.model_copy(
        update={
            "sources": (*o.sources, *behind.values()),
            "vector": pack(vector),
            "story": story(None, " ".join([says, *passages]), embed([" ".join([says, *passages])])[0]),
            "passages": tuple(words(o.article_id, text, passage) for passage in passages),
            "backing": tuple(
                Backing(
                    vector=pack(embed([b.about or says])[0]),
                    source_ids=(ids[b.by.name],) if b.by else (),
                    outlet=b.outlet,
                    form=b.form,
                    told_by=(ids[b.told.name],) if b.told else (),
                    evidence=words(o.article_id, text, exact),
                )
                for b, exact in zip(backing, shown, strict=True)
            ),
        }
    )
