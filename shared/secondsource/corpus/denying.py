"""Which articles of a claim say that it is not so: they tell its story, and stand under its record, but report it not.

An article that sets a rumour right tells of the same as those that spread it, in other words, and what it states first
is often a side matter. So its title and lead are read for what they say against; but whether that is against the claim
shows only beside the other reports: "The zoo is not closing" is a report where all say so.
"""

import re
from collections.abc import Iterable, Sequence

from secondsource.model import Denial, Occurrence, Span
from secondsource.text.denials import (
    ASIDE,
    CALLED_FALSE,
    HAPPENS,
    NEGATES,
    RUMOURED,
    SAYS_FALSE,
    TOLD_BY_OTHERS,
    TURNS_AGAINST,
    VERDICT,
)
from secondsource.text.sentences import sentences
from secondsource.text.terms import overlap, stem, stems, words
from secondsource.text.verbs import forms

_LEAD = 4
"""Sentences in which an article calls what it tells false, behind its title; a denial further down is a report's."""
_SHORTEST = 2
"""Words of a sentence that may call it so: "It is false."."""
_VERDICT_WITHIN = 1000
"""Code points within which those who check facts give their verdict."""
_LONGEST = 500
"""Code points read of each."""
_ENDS = (".", "!", "?", "…")
_SHARED = 2
"""Stems of a story that stand in a sentence which calls what is told false, for it to be of that claim."""
_DENIED = 0.5
"""How much of a claim, by rarity, a sentence has to have in common with it to deny it by a plain "not"; and how much of
what is called false, "reports that the train left the rails are wrong", has to be in a story."""

_FALSITY = frozenset(
    stem(word)
    for word in "hoax fake false untrue bogus phony fabricated forged forgery baseless unfounded groundless erroneous "
    "lie satire satirical fictitious fictional misleading nonsense inaccurate incorrect wrong debunked doctored "
    "photoshopped invented retracted deny doubt".split()
)
"""What a claim of other reports says of something already is not said against it."""
_NAMES_A_TELLING = frozenset(
    stem(word)
    for word in "report rumour rumor allegation accusation suggestion story account claim post quote photo photograph "
    "picture image video footage film clip recording letter news tweet message article tale headline".split()
)
_SAYS_WHAT = re.compile(r"\b(?:that|of|about)\b", re.IGNORECASE)


def denials(title: str | None, text: str, cues: Sequence[Span] = ()) -> list[tuple[Denial, Span | None]]:
    """What the title and the lead of an article say is not so, each with where the sentence stands in the text.

    ``cues``: where the article has somebody say something. An article turns against its story in title and first
    sentence; further on only where it has told the story as what goes round, and somebody who is quoted with a denial
    of it merely answers.
    """
    found = sentences(text[: _LONGEST * (_LEAD + 1)], _SHORTEST)
    headings = int(bool(found) and not text[slice(*found[0])].rstrip("\"'”’)").endswith(_ENDS))
    read: list[tuple[str, Span | None]] = [(title[:_LONGEST], None)] if title else []
    first = len(read) + headings
    spans = [(s, min(e, s + _LONGEST)) for s, e in found[: headings + _LEAD]]
    read += [(text[s:e], (s, e)) for s, e in spans]
    said: list[tuple[Denial, Span | None]] = []
    for n, (sentence, span) in enumerate(read):
        told = " ".join(earlier for earlier, _ in read[: n + 1])
        news = ASIDE.split(sentence, maxsplit=1)[0]
        outright = None if HAPPENS.search(sentence) else SAYS_FALSE.search(sentence)
        if n > first and outright:
            answered = span is not None and any(span[0] <= s < span[1] for s, _ in cues)
            before = told[: len(told) - len(sentence)]
            if not RUMOURED.search(told) and (answered or not TOLD_BY_OTHERS.search(before)):
                outright = None
        if n <= first and not outright and not HAPPENS.search(sentence):
            outright = TURNS_AGAINST.search(news)
        if outright:
            # What is called false is what was told until then: "It was on all channels. But it is not true."
            said.append((Denial(text=told, outright=outright[0]), span))
        elif n <= first + 1 and NEGATES.search(news) and not sentence.endswith("?"):
            said.append((Denial(text=sentence), span))
    verdict = VERDICT.search(text, 0, _VERDICT_WITHIN) or (CALLED_FALSE.search(title) if title else None)
    if verdict is not None and not any(denial.outright for denial, _ in said):
        said.append((Denial(text=" ".join(earlier for earlier, _ in read), outright=verdict[0].strip()), None))
    return said


def denies(denial: Denial, part: str) -> bool:
    """Whether it is in this part of its sentence that something is said not to be so."""
    return denial.outright in part if denial.outright is not None else NEGATES.search(part) is not None


def settled(occurrences: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """The occurrences of one record, with those that say the claim of the others is not so as what they are: disputes.

    Where all say so, it is what they report.
    """
    telling = {o.article_id: _Told(o) for o in occurrences if o.headline and o.reporting and o.opposes is None}
    against = {i for i, one in telling.items() if one.denials and _turns_against(one, telling.values())}
    if len(against) == len(telling):
        return tuple(occurrences)
    return tuple(_disputing(o) if o.article_id in against else o for o in occurrences)


def _disputing(o: Occurrence) -> Occurrence:
    return o.model_copy(
        update={
            "reporting": False,
            "attributions": (),
            "disputes": tuple({a.id: a for a in (*o.disputes, *o.denied_by)}.values()),
            "positions": (),
            "relations": (),
            "states": (),
            "cited_outlets": (),
            "passages": (),
            "backing": (),
        }
    )


class _Told:
    """What a report claims and denies, by stems.

    ``claimed``: its headline claim, without what it denies itself, for in that it is not contradicted.
    """

    def __init__(self, o: Occurrence) -> None:
        self.denials = [
            (d.outright, frozenset(stems(d.text)), frozenset() if d.outright else _negated(d.text)) for d in o.denials
        ]
        self.as_so = not o.facts.negated and not any(outright for outright, _, _ in self.denials)
        denied = [_negated(o.text), *(negated for _, _, negated in self.denials)]
        self.claimed = frozenset(stems(o.text)).difference(*denied)
        self.headed = self.claimed.union(stems(o.title or ""))
        self.story = self.headed.union(o.story.terms if o.story else ())
        self.falsity = _FALSITY.intersection(self.headed.union(*(stems(told.exact) for told in o.passages)))

    def denies(self, other: "_Told") -> bool:
        """Whether title or lead say that the claim of another report, which tells it as so, is not so."""
        return other.as_so and any(_is_against(other, *denial) for denial in self.denials)


def _turns_against(one: _Told, known: Iterable[_Told]) -> bool:
    """Whether a report denies the claim of half of the others that tell it as so."""
    others = [other for other in known if other is not one and other.as_so and not other.denies(one)]
    return 2 * sum(one.denies(other) for other in others) >= len(others) > 0


def _is_against(other: _Told, outright: str | None, said: frozenset[str], negated: frozenset[str]) -> bool:
    if outright is not None:
        called = frozenset(stems(outright))
        if other.falsity & called:
            return False
        told = called - _FALSITY - _NAMES_A_TELLING
        if told and _SAYS_WHAT.search(outright):
            return overlap(told, other.story)[1] >= _DENIED
        return len(said & other.story) >= _SHARED
    return overlap(said, other.claimed)[1] >= _DENIED and bool(negated & other.claimed)


def _negated(sentence: str) -> frozenset[str]:
    """The stem of the first telling word behind each negation of a sentence, in all the word's forms."""
    behind = (words(sentence[match.end() :]) for match in NEGATES.finditer(sentence))
    first = (next((word for word in told if stems(word)), "") for told in behind)
    return frozenset(stem(form) for word in first if word for form in forms(word))
