"""What every rule is given: one claim, all its occurrences, and its origins."""

from collections.abc import Iterable
from dataclasses import dataclass

from secondsource.analysis.names import is_plural
from secondsource.model import (
    UNNAMED,
    Entry,
    Evidence,
    Flag,
    FlagCode,
    FlagLevel,
    FlagScope,
    Occurrence,
    Origins,
    Rule,
    Source,
    SourceKind,
    Span,
    Stake,
)

ONE = 1.5
"""Fewer effective origins than this are one: a second origin with half a share is no second source."""
_ALL_BUT_ONE = 1.05
_LOWER_DETERMINERS = frozenset(
    "a an the its his her their our this that these those some several many most both two three four five six seven "
    "eight nine ten one another other".split()
)
_DETERMINERS = frozenset(word.capitalize() for word in _LOWER_DETERMINERS)
"""Words with which a description of somebody begins, as it stood at the beginning of its sentence."""


@dataclass(frozen=True)
class Case:
    """A claim across the articles known. ``occurrences`` are oldest first; ``stakes`` are those of their sources."""

    occurrences: tuple[Occurrence, ...]
    origins: Origins
    stakes: tuple[Stake, ...] = ()

    @property
    def reports(self) -> tuple[Occurrence, ...]:
        """Those that report the claim, without articles that only deny or discuss it."""
        return tuple(o for o in self.occurrences if o.reporting)

    @property
    def corpus(self) -> FlagScope:
        """The scope of a finding over all articles known."""
        return FlagScope(kind="corpus", articles=len(self.occurrences))


ARTICLE = FlagScope(kind="article", articles=1)


def carriers(o: Occurrence) -> list[Source]:
    """The sources that carry the claim in an article."""
    ids = [i for a in o.attributions for i in a.source_ids]
    return [s for s in o.sources if s.id in ids]


def disputers(o: Occurrence) -> list[Source]:
    """The sources that deny or doubt it there; not those that also carry it."""
    ids = [i for a in o.disputes for i in a.source_ids]
    carrying = {s.id for s in carriers(o)}
    return [s for s in o.sources if s.id in ids and s.id not in carrying and not unresolved(s)]


def denies_itself(o: Occurrence) -> bool:
    """Whether it is an article's own title or lead that says that the claim is not so, and nobody whom it names."""
    return not o.reporting and o.opposes is None and bool(o.denials) and not disputers(o)


def unresolved(s: Source) -> bool:
    """Whether a source is a pronoun that nothing in the article explains: who it is cannot be said."""
    return s.kind in UNNAMED and s.anonymity is None


def quoted(o: Occurrence, key: str, shows: str) -> list[Evidence]:
    """The words filed under ``key`` in an occurrence, saying what they show; empty when there are none."""
    found = o.quotes.get(key)
    return [found.model_copy(update={"shows": shows})] if found is not None else []


def named(sources: Iterable[Source]) -> str:
    """Sources in a sentence: "X", "X and Y", "X, Y and Z"."""
    return joined(map(called, sources)) or "no source"


def called(s: Source) -> str:
    """A source's name within a sentence: "the company", "a council spokeswoman"."""
    first, *_ = s.name.split() or [""]
    if s.kind in UNNAMED and first in _DETERMINERS:
        return s.name[:1].lower() + s.name[1:]
    bare = s.kind is SourceKind.NAMED_GROUP and s.name.islower() and first not in _LOWER_DETERMINERS
    return f"the {s.name}" if bare and not is_plural(s.name) else s.name


def joined(names: Iterable[str]) -> str:
    """Names in a sentence, each once: "X", "X and Y", "X, Y and Z"."""
    *before, last = dict.fromkeys(names) or [""]
    return f"{', '.join(before)} and {last}" if before else last


def one_origin(origins: Origins) -> str:
    """How many origins there are where fewer than ONE: another that one of many reports adds is not nothing."""
    return "one origin" if origins.best < _ALL_BUT_ONE else "little more than one origin"


def name(o: Occurrence) -> str | None:
    """What an article is called by, where it has a name."""
    return o.publisher or o.title


def outlet(o: Occurrence) -> str:
    """How an article is called in a sentence that is shown with other articles, too."""
    return name(o) or "an article"


def report(o: Occurrence) -> str:
    """How an article's report is called in a sentence that is shown with that article alone."""
    return f"{called}'s report" if (called := name(o)) else "this report"


def flag(
    code: FlagCode,
    level: FlagLevel,
    confidence: float,
    reason: str,
    evidence: list[Evidence],
    scope: FlagScope,
    version: str = "1",
    entries: Iterable[Entry] = (),
    rule: str | None = None,
) -> Flag:
    """A flag with its rule's id, that of its code unless ``rule`` names another; the same words are shown once."""
    seen: set[tuple[str, Span]] = set()
    unique = []
    for e in evidence:
        if (key := (e.article_id, (e.start, e.end))) not in seen:
            seen.add(key)
            unique.append(e)
    return Flag(
        code=code,
        level=level,
        confidence=round(confidence, 3),
        reason=reason[:1].upper() + reason[1:],
        evidence=tuple(unique),
        entries=tuple(dict.fromkeys(entries)),
        rule=Rule(id=rule or f"{code.value}/{version}", version=version),
        scope=scope,
    )
