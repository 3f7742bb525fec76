"""Whether a text can be analysed: English prose of a size and shape that a parser can take, and if not, why not."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from secondsource.text.complexity import too_complex, too_long
from secondsource.text.normalise import clean
from secondsource.text.shape import not_prose

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH_SHARE = 0.08
"""Share of words from ENGLISH_WORDS at which a text is English without further question: 484 news articles have from
0.098 up; other languages stay below 0.02."""

ENGLISH_WORDS = frozenset(
    "the and that with from this which has were been they their his who would about after not but by are when will"
    " than what there into could its".split()
)
"""Frequent English words that few other languages spell alike."""

MIN_CONFIDENCE = 0.5
"""Probability of another language from which on a text with hardly an English word is taken to be in it."""

MIXED_SHARE = 0.25
"""Share of letters written from right to left at which a text is no longer a Latin one with some words quoted."""

MIN_LATIN_SHARE = 0.1
"""Share of Latin letters below which it is not mixed, but in another language with some words in Latin letters."""

_ENGLISHES = frozenset(["en", "pcm", "sco", "jam"])
_SAMPLE_CHARS = 20_000
_WORD = re.compile(r"[^\W\d_]+")

REASONS = {
    "empty": "There is no text.",
    "too-short": "This is a headline or less: no sentence to look for sources in.",
    "too-complex": "The text cannot be parsed in a reasonable time: {}.",
    "not-english": "The text is not in English, the only language that is analysed.",
    "mixed-direction": "Much of the text is written from right to left; only English is analysed.",
    "verse": "The text reads as verse, lyrics or lines without sentences, not as reporting.",
    "table": "The text is a table or figures, without sentences.",
    "list": "The text is a list, without sentences.",
    "code": "The text is program code or markup.",
}
"""Why a text is not analysed: stable codes, each with a sentence for a reader."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether a text can be analysed.

    ``language``: ISO 639-1 code, None where it could not be told. ``reason``: a key of REASONS, None when the text is
    analysable; ``detail``: its sentence.
    """

    language: str | None
    analysable: bool
    reason: str | None = None
    detail: str | None = None


def assess(text: str) -> Assessment:
    """Whether this text can be analysed, in what language it is, and why it cannot be. Linear in its length."""
    seen = clean(text).text.strip()
    if not seen:
        return _refused("empty", None)
    if complexity := too_complex(seen):
        return _refused("too-complex", None, complexity)
    latin, right_to_left = _scripts(seen)
    if right_to_left >= MIXED_SHARE and latin >= MIN_LATIN_SHARE:
        return _refused("mixed-direction", None)
    shape = not_prose(text)
    if shape in ("code", "table"):
        return _refused(shape, None)
    language = _language(seen, latin)
    if language not in (None, "en"):
        return _refused("not-english", language)
    return _refused(shape, language) if shape else Assessment(language=language, analysable=True)


def reassess(found: Assessment, sentences: Iterable[int]) -> Assessment:
    """What was found of a text, now that it is known how many words each of its sentences has."""
    complexity = too_long(sentences)
    return _refused("too-complex", found.language, complexity) if complexity else found


def _refused(reason: str, language: str | None, detail: str = "") -> Assessment:
    return Assessment(language=language, analysable=False, reason=reason, detail=REASONS[reason].format(detail))


def _scripts(text: str) -> tuple[float, float]:
    """Shares of the letters that are Latin, and that are written from right to left."""
    letters = [char for char in text if char.isalpha()]
    latin = sum(char < "\u0250" or "\u1e00" <= char <= "\u1eff" for char in letters)
    right_to_left = sum(char >= "\u0590" and unicodedata.bidirectional(char) in ("R", "AL") for char in letters)
    return latin / max(1, len(letters)), right_to_left / max(1, len(letters))


def _language(text: str, latin: float) -> str | None:
    """The language of a text: "en" for any English; None where nothing is sure."""
    words = _WORD.findall(text.casefold())
    english = sum(word in ENGLISH_WORDS for word in words) / max(1, len(words))
    if english >= ENGLISH_SHARE and latin >= 1 - MIXED_SHARE:
        return "en"
    found, confidence = _identifier().classify(text[:_SAMPLE_CHARS])
    if found in _ENGLISHES:
        return "en"
    if latin < 1 - MIXED_SHARE or (english < ENGLISH_SHARE / 2 and confidence >= MIN_CONFIDENCE):
        return str(found)
    return None


@cache
def _identifier() -> "LanguageIdentifier":
    """The model of py3langid, imported and read on first use: 5 MB, 0.1 s, and numpy with it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
