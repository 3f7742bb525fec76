"""Build the table of how good or bad a word sounds that ships with the package.

usage: build_valence.py VADER.whl > shared/secondsource/analysis/data/valence.tsv

Input: the wheel of vaderSentiment 3.3.2 (Hutto and Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment
Analysis of Social Media Text", ICWSM 2014; MIT licence), whose lexicon has the mean rating of ten people for each word,
from -4 (very bad) to 4 (very good). Kept: plain words rated at least LEAST from 0. Emoticons, slang and acronyms go.
"""

import re
import sys
import zipfile

LEAST = 1.0
_WORD = re.compile(r"[a-z]{3,}(?:-[a-z]+)*")


def main(wheel: str) -> None:
    """Print the table that the lexicon of a wheel makes."""
    lexicon = zipfile.ZipFile(wheel).read("vaderSentiment/vader_lexicon.txt").decode("utf-8")
    for word, rating in sorted(rated(lexicon).items()):
        sys.stdout.write(f"{word}\t{rating}\n")


def rated(lexicon: str) -> dict[str, float]:
    """Word to mean rating, of a lexicon whose lines are token, mean, deviation and ratings, with tabs between."""
    found: dict[str, float] = {}
    for line in lexicon.splitlines():
        token, _, rest = line.partition("\t")
        mean = float(rest.split("\t")[0]) if rest else 0.0
        if _WORD.fullmatch(token) and abs(mean) >= LEAST:
            found[token] = mean
    return found


if __name__ == "__main__":
    main(sys.argv[1])
