"""The answer to "has this been said, by whom, and from how many origins?"."""

from typing import Literal

from secondsource.model import FlagCode, Model, SourceKind
from secondsource.present.report import OriginCount


class Voice(Model):
    """A source by whom something was said, in whichever article."""

    name: str
    kind: SourceKind


class SaidClaim(Model):
    """A claim record that says what was looked for, or contradicts it.

    ``score``: how near it is, 0..1; null for what contradicts. ``said_by`` carry the claim, ``denied_by`` deny or doubt
    it. ``outlets`` published an article with it. ``reports``: articles that report it as their own, of ``articles``.
    """

    claim_id: str
    text: str
    relation: Literal["same", "contradicts"]
    score: float | None
    articles: tuple[str, ...]
    reports: int
    said_by: tuple[Voice, ...]
    denied_by: tuple[Voice, ...]
    outlets: tuple[str, ...]
    origins: OriginCount | None
    flags: tuple[FlagCode, ...]
    links: dict[str, str]


class Findings(Model):
    """What is known of a sentence: those that say the same, nearest first, then those that contradict it.

    ``statement``: what of the query was looked up, without who said it; null where nothing in it can be, and ``reason``
    says why. ``cut``: index keys under which
    there are so many claims that only the newest were read; an older claim may have been missed there.
    """

    query: str
    statement: str | None = None
    items: tuple[SaidClaim, ...] = ()
    cut: tuple[str, ...] = ()
    reason: str | None = None
