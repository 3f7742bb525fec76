"""Print how much longer a text or page of twice the length takes, for shapes on which time could run away.

usage: python -m tests.bench.growth [CHARACTERS]

Each shape is read at CHARACTERS (15,000 by default) and at twice that, in turns, twice each; the ratio is of the better
times, processor time of one process. What is linear takes twice as long, or less where there is a cost at the start;
a ratio above MOST is marked. A shape that is refused as too complex is refused in no time, and says so.
"""

import random
import sys
from collections.abc import Callable, Iterator

from tests.bench.run import article, timed

CHARACTERS = 15_000
MOST = 2.2
ROUNDS = 2
UNMEASURABLE = 0.005
"""Seconds of the shorter one below which a ratio says nothing."""


def _filled(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _page(shape: Callable[[int], str]) -> Callable[[int], str]:
    """A page of some length, with an article behind what is odd in it."""
    return lambda size: shape(10 * size) + "<p>The dam at Varn is unsafe, two officials said on Monday.</p>"


def _claims(size: int) -> Iterator[str]:
    """Sentences that each claim something else of somebody else."""
    chance = random.Random(1)
    for _ in range(size // 60 + 1):
        who, what, where = (chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES).lower() for _ in range(3))
        yield f"Mayor {who} said the {what.lower()} bridge near {where} was closed for {chance.randrange(2, 90)} days."


_SYLLABLES = "Bar Cal Dem Fen Gor Hal Jor Kel Lun Mar Nor Per Ral Sem Tav Vel Wes Yor".split()

TEXTS: dict[str, Callable[[int], str]] = {
    "news": lambda size: "\n\n".join([article()] * (size // 4_000 + 1))[:size],
    "sentences of 2,900 characters": _filled("and he said that " * 170 + "so. "),
    "quotations in long sentences": _filled("“He said ” " * 140 + "so. "),
    "full stops in numbers": _filled("he said that 3.5 "),
    "full stops that end nothing": _filled("he said that Mr. "),
    "quotation marks": _filled("“a” " * 140 + "so. "),
    "quotations that never end": _filled("“He said so. "),
    "quotations and cues": _filled("“It fell,” Strand said. He said it fell. "),
    "a paragraph of quotations": _filled("“It fell in May.” "),
    "brackets": _filled("(a) [b] he said so. "),
    "a word a line": _filled("said\n"),
    "commas": _filled("He said, yes, no, so, and, or, then. "),
    "he said that she said": _filled("He said that she said that they said that it is so. "),
    "names": _filled("Owen Strand, Dela Marsh and Helen Brann of the Ondresian Council spoke. "),
    "claims, each another": lambda size: " ".join(_claims(size))[:size],
    "pronouns": _filled("She said it. He denied it. They told him. "),
    "abbreviations": _filled("Mr. Dr. St. U.S. Gov. J. K. Strand said so. "),
    "numbers": _filled("1,2,3.4.5/6-7 officials said. "),
    "invisible characters": _filled("He s\u200ba\u200bi\u200bd\u00ad \u202eso. "),
    "combining marks": _filled("He sa\u0301\u0302id so. "),
    "one word": _filled("said"),
    "no full stop": _filled("he said that "),
    "ligatures that expand": _filled("\ufdfa"),
}

PAGES: dict[str, Callable[[int], str]] = {
    "elements in elements": _filled("<div>"),
    "inline elements": _filled("<a><b>"),
    "tables in tables": _filled("<table><tr><td>"),
    "attributes": lambda size: "<p " + _filled("a=1 ")(size) + ">",
    "a comment that never ends": lambda size: "<!--" + "-" * size,
    "less-than signs in a script": lambda size: "<script>" + "<" * size + "</script>",
    "unclosed tags": _filled("<p a='"),
    "references": lambda size: "<p title='" + _filled("&amp;&#x;&")(size) + "'>",
    "JSON-LD": lambda size: '<script type="application/ld+json">' + "[" * size + "</script>",
    "meta tags": lambda size: "<head>" + _filled("<meta name=author content='A B'>")(size) + "</head>",
    "hidden elements": _filled("<i hidden>x</i>"),
    "paragraphs": _filled("<p>He said so.</p>"),
}


def _grown(work: Callable[[str], str], short: str, long: str) -> tuple[float, float, str]:
    """The better times of the shorter and of the longer one, and what is said of the longer."""
    said: list[str] = []
    pairs = [(timed(lambda: work(short)), timed(lambda: said.append(work(long)))) for _ in range(ROUNDS)]
    once, twice = (min(times) for times in zip(*pairs, strict=True))
    return once, twice, said[-1]


def main() -> None:
    """Run and print everything."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else CHARACTERS
    from secondsource.analysis.pipeline import Pipeline
    from secondsource.errors import TooLarge
    from secondsource.language.parse import spacy_parser
    from secondsource.language.tagger import Tagger
    from secondsource.model import Extracted
    from secondsource.text.html import extract

    pipeline = Pipeline(spacy_parser, Tagger())
    pipeline(Extracted(text=article()), "art_bench")

    def read(text: str) -> str:
        analysis = pipeline(Extracted(text=text), "art_bench")
        return (analysis.reason or "").partition(":")[0]

    def read_page(html: str) -> str:
        try:
            return (extract(html).truncated or "").partition(";")[0]
        except TooLarge:
            return "too large"

    print(f"Twice the length: how much longer it takes (linear: 2; more than {MOST} is marked)")
    for title, shapes, work in (
        (f"texts, {size:,} and {2 * size:,} characters, the whole analysis", TEXTS, read),
        (
            f"pages, {10 * size:,} and {20 * size:,} characters, their text",
            {n: _page(s) for n, s in PAGES.items()},
            read_page,
        ),
    ):
        print(f"  {title}")
        for name, shape in shapes.items():
            once, twice, said = _grown(work, shape(size), shape(2 * size))
            ratio = f"{twice / once:5.2f}" if once > UNMEASURABLE else "    -"
            mark = "!" if once > UNMEASURABLE and twice / once > MOST else " "
            print(f"    {name:32s} {1000 * once:8.1f} ms {1000 * twice:8.1f} ms  x{ratio} {mark} {said}".rstrip())


if __name__ == "__main__":
    main()
