"""Signatures: what each claim of an article is found and compared by, from its facts, its words and its story."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from secondsource.corpus.index_keys import rarest, with_keys
from secondsource.corpus.prints import least
from secondsource.corpus.story import index_terms, mean, opening, pairs, story
from secondsource.model import Analysis, Citation, Claim, Facts, Signature
from secondsource.text.vectors import pack, unpack

_OWN_INDEXED = 4
"""Stems of a headline claim itself that make keys beside those of its story."""

_SENTENCE = 400
"""Code points read of a sentence that credits an outlet."""


_FOR_ALL = re.compile(
    r"\W*(?:\(excerpt\)\W*)?(?:sources?|via|from|h/t|hat tip(?: to)?|story(?: by)?|"
    r"read (?:more|on|the (?:whole|full|entire|original|complete) (?:story|article|report|interview|post))"
    r"(?: (?:here|over))?(?: (?:at|on|in|from))?)?\W*(?:the\W+)?\0\W*",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\W*(?:the )?\0,? (?:was )?(?:the )?first (?:to )?report(?:ed)? (?:it|this|the (?:news|story|rumou?rs?))\W*",
    re.IGNORECASE,
)
"""Credits that say nothing of their own, ``\\0`` for the outlet: "Source: X", "X first reported it"."""
_IN_BRACKETS, _BEFORE = re.compile(r"\[(?:via |h/t:? |source: |from )?(?:the )?$", re.IGNORECASE), 16
"""The same behind another sentence: "[X]"; so many code points before the outlet's name are looked at."""


class Embed(Protocol):
    """Sentence vectors: one row a text, of length one."""

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...


@dataclass(frozen=True)
class Signed:
    """The signatures of an article's claims by their ids, and the vectors of its citations' sentences in order."""

    claims: dict[str, Signature]
    citations: tuple[bytes, ...] = ()


def sign(title: str | None, text: str, analysis: Analysis, embed: Embed) -> Signed:
    """The signature of each claim of an article; all its sentences are embedded at once."""
    claims = analysis.claims
    if not claims:
        return Signed({})
    headlined = any(claim.headline for claim in claims)
    begins = opening(title, text)
    citing = [_what_it_credits(text, citation, begins) for citation in analysis.citations] if headlined else []
    vectors = embed([*(claim.text for claim in claims), *citing, begins])
    signed = {}
    for claim, vector in zip(claims, vectors, strict=False):
        if claim.headline:
            told = story(title, text, vectors[-1])
            keys = pairs(index_terms(title, text)) + pairs(rarest(claim.facts)[:_OWN_INDEXED]) + least(told.prints)
            facts = claim.facts.model_copy(update={"keys": tuple(dict.fromkeys(keys))})
        else:
            facts, told = with_keys(claim.facts), None
        signed[claim.id] = Signature(facts=facts, vector=pack(vector), story=told)
    return Signed(signed, tuple(pack(vector) for vector in vectors[len(claims) : len(claims) + len(citing)]))


def _what_it_credits(text: str, citation: Citation, begins: str) -> str:
    """The words that a credit is for: its sentence, or what the article tells where that says nothing: "Source: X"."""
    (start, end), (first, last) = citation.sentence, citation.span
    around = f"{text[start:first]}\0{text[last:end]}"
    if text[last : last + 1] == "]" and _IN_BRACKETS.search(text, max(0, first - _BEFORE), first):
        return begins
    if len(around) < _SENTENCE and (_FOR_ALL.fullmatch(around) or _FIRST.fullmatch(around)):
        return begins
    return text[start:end][:_SENTENCE]


def sign_sentence(claim: Claim, embed: Embed) -> Signature:
    """The signature of a sentence that stands in no article."""
    return Signature(facts=with_keys(claim.facts), vector=pack(embed([claim.text])[0]))


def of_record(facts: Facts, reports: Sequence[Signature]) -> Signature | None:
    """The signature of a claim record: its facts, and the means of all its reports; None without a report."""
    if not reports:
        return None
    together = np.sum([unpack(report.vector) for report in reports], axis=0)
    vector = together if np.linalg.norm(together) > 0 else unpack(reports[0].vector)
    return Signature(
        facts=facts.model_copy(update={"keys": ()}),
        vector=pack(vector),
        story=mean([report.story for report in reports if report.story is not None]),
    )
