"""Build the table of how rare stems are that ships with the package.

usage: build_document_frequency.py WORDFREQ.whl > shared/secondsource/text/data/document_frequency.json

Input: the wheel of wordfreq 3.1.1 (Speer 2022), whose large English list has 320,000 words with their frequency over
news, books, the web, subtitles, encyclopaedias and social media. A stem's frequency is the sum over its words; a text
of WORDS words holds it with probability 1 - exp(-frequency * WORDS). The table says in how many of DOCUMENTS such
texts each stem would stand. Stems expected in less than one of them are left out: to the index they are as rare as
unknown ones.

It needs msgpack besides, which nothing else here does: run it in an environment of its own, with the stemmer of
requirements/runtime.txt.

wordfreq's data are CC BY-SA 4.0, and so is this table; see shared/secondsource/text/data/CREDITS.md.
"""

import gzip
import json
import math
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "shared"))

from secondsource.text.terms import stem, words

DOCUMENTS = 10_000
WORDS = 400
"""An ordinary news article."""


def main(wheel: str) -> None:
    """Print the table that the word list of a wheel makes."""
    json.dump(
        {"documents": DOCUMENTS, "stems": table(levels(wheel))}, sys.stdout, ensure_ascii=False, separators=(",", ":")
    )
    sys.stdout.write("\n")


def levels(wheel: str) -> list[list[str]]:
    """The words of the wheel's large English list: the n-th list holds those of frequency 10 ** (-n / 100)."""
    import msgpack

    packed = zipfile.ZipFile(wheel).read("wordfreq/data/large_en.msgpack.gz")
    # cBpack: a header stands before the lists.
    listed: list[list[str]]
    _, *listed = msgpack.loads(gzip.decompress(packed), raw=False)
    return listed


def table(listed: Iterable[Iterable[str]]) -> dict[str, int]:
    """In how many of DOCUMENTS texts of WORDS words each stem is expected, in the order of stems; none in no text."""
    frequency: defaultdict[str, float] = defaultdict(float)
    for centibels, of_frequency in enumerate(listed):
        for word in of_frequency:
            if words(word) == [word]:
                frequency[stem(word)] += 10 ** (-centibels / 100)
    expected = {term: round(DOCUMENTS * -math.expm1(-f * WORDS)) for term, f in frequency.items()}
    return {term: n for term, n in sorted(expected.items()) if n > 0}


if __name__ == "__main__":
    main(sys.argv[1])
