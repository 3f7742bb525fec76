"""Send mutated pages and texts through the whole pipeline until the time is over; tell what breaks, as small as it goes.

usage: python -m tests.fuzz.run [SECONDS] [FIRST]

Each input follows from its number alone: the same FIRST (by default from the clock, printed) sends the same inputs, and
what failed once can be had again. An input takes two seeds (``seeds.py``) apart and puts their pieces together again,
with odd characters, repetitions and cuts. It fails when anything is raised but the errors that are documented, or when
what holds of every analysis (``checks.py``) does not. Exit status 1 when anything failed; build/fuzz/ has the inputs.
Exit status 1, too, when more than a few were refused: what refuses everything breaks nothing.
"""

import random
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.fuzz.seeds import PAGES, TEXTS

SECONDS = 60
LONGEST = 6_000
"""Code points: long enough for what grows faster than the text to show, short enough for many inputs a second."""
SHRINKING_SECONDS = 30
MOST_FAILURES = 5
MOST_REFUSED = 0.02
"""Share of the inputs that may be refused, for a reason that is documented: of 1,000 none was."""
WHERE = Path(__file__).parents[2] / "build" / "fuzz"

ODD = [
    *"\x00\x1b\x85\xa0\u00ad\u200b\u200d\u200e\u202e\u2066\u2028\ufeff\ufdfa\ufffe\ufffd\u0301'\"“”‘’«(),.:;!?—-\n\r\t<>&=",
    "\r\n", "\n\n", "\U000e0061", "\U0001f600", "\U0001d556", "&#x", "&lt;", "<p>", "</p>", "<b>", "<!--", "-->", "<td>", " said ", " told ",
    " he ", " not ", "According to ", "The Front ", "who ", " that ", " denied ", "Reuters", "on Monday", "12", "</script>", "<script>", "]]>",
]  # fmt: skip


def mutated(seeds: Mapping[str, str], number: int) -> str:
    """The input of this number."""
    chance = random.Random(number)
    values = list(seeds.values())
    one, other = chance.choice(values), chance.choice(values)
    text = one
    for _ in range(chance.choice((0, 1, 1, 2, 4, 8))):
        match chance.randrange(6):
            case 0:
                at = chance.randint(0, len(text))
                text = text[:at] + chance.choice(ODD) * chance.choice((1, 1, 2, 50)) + text[at:]
            case 1:
                start, end = _stretch(chance, text)
                text = text[:start] + text[end:]
            case 2:
                start, end = _stretch(chance, text)
                text = text[:end] + text[start:end] * chance.choice((1, 1, 3, 30)) + text[end:]
            case 3:
                start, end = _stretch(chance, other)
                at = chance.randint(0, len(text))
                text = text[:at] + other[start:end] + text[at:]
            case 4:
                words = text.split(" ")
                chance.shuffle(words)
                text = " ".join(words)
            case _:
                old = chance.choice(text) if text else " "
                text = text.replace(old, chance.choice(ODD), chance.choice((1, 5, 1000)))
        text = text[:LONGEST]
    return text


def shrunk(text: str, fails: Callable[[str], bool], seconds: float = SHRINKING_SECONDS) -> str:
    """A shorter text that still fails: pieces are left out, large ones first, as long as it does."""
    end = time.monotonic() + seconds
    size = max(1, len(text) // 2)
    while time.monotonic() < end:
        at, before = 0, text
        while at < len(text) and time.monotonic() < end:
            shorter = text[:at] + text[at + size :]
            if fails(shorter):
                text = shorter
            else:
                at += size
        if size == 1 and text == before:
            break
        size = max(1, size // 2)
    return text


def main() -> int:
    """Fuzz, and tell."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    first = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() // 1_000_000_000 * 1_000_000
    from secondsource.analysis.pipeline import Pipeline
    from secondsource.language.parse import spacy_parser
    from secondsource.language.tagger import Tagger
    from tests.fuzz import checks

    pipeline = Pipeline(spacy_parser, Tagger())
    kinds = {"text": (TEXTS, checks.text), "page": (PAGES, checks.page)}
    print(f"{seconds:.0f} s from number {first}")
    end, number, failures, refused, slowest = time.monotonic() + seconds, first, 0, 0, (0.0, "")
    while time.monotonic() < end and failures < MOST_FAILURES:
        for kind, (seeds, check) in kinds.items():
            given, begin = mutated(seeds, number), time.process_time()
            try:
                refused += not check(pipeline, given)
            except Exception as error:
                failures += 1
                _tell(kind, number, given, error, lambda text, check=check: _raised(check, pipeline, text))
            slowest = max(slowest, (time.process_time() - begin, f"{kind} {number}, {len(given):,} characters"))
        number += 1
    inputs = len(kinds) * (number - first)
    print(f"{inputs:,} inputs, {failures} failed; the slowest took {slowest[0]:.2f} s: {slowest[1]}")
    print(f"{refused:,} refused" + (", which are too many" if refused > MOST_REFUSED * inputs else ""))
    return 1 if failures or refused > MOST_REFUSED * inputs else 0


def _stretch(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.choice((1, 5, 20, 100, 500)))


def _raised(check: Callable[..., bool], pipeline: object, text: str) -> type[Exception] | None:
    try:
        check(pipeline, text)
    except Exception as error:
        return type(error)
    return None


def _tell(
    kind: str, number: int, given: str, error: Exception, raised: Callable[[str], type[Exception] | None]
) -> None:
    small = shrunk(given, lambda text: raised(text) is type(error))
    WHERE.mkdir(parents=True, exist_ok=True)
    path = WHERE / f"{kind}-{number}.txt"
    path.write_text(ascii(small) + "\n", encoding="ascii")
    traceback.print_exception(error, limit=-3)
    print(f"FAILED {kind} {number}: {len(given):,} characters, {len(small):,} when shrunk: {ascii(small)[:300]}")


if __name__ == "__main__":
    sys.exit(main())
