"""Numbers in one form, however a text writes them: "1,200", "1.2 thousand" and "twelve hundred" are all 1200."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

_UNITS = {
    word: value
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        start=2,
    )
}
"""Without "one", which is a pronoun more often than a number."""
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_TIMES = {"dozen": 12, "hundred": 100}
_LARGE = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "bn": 10**9,
    "mn": 10**6,
    "tn": 10**12,
}
_SHORT = {"k": 10**3, "m": 10**6, "b": 10**9} | {short: _LARGE[short] for short in ("bn", "mn", "tn")}
"""What stands at the digits or at an amount of money."""
_DIGITS = re.compile(r"(\d+(?:\.\d+)?)(k|mn?|bn?|tn)?")
_CURRENCY = frozenset("$ £ € ¥ us$ a$ c$ usd eur gbp".split())
_MOST_DIGITS = 30
"""Digits of a number that is read; longer ones count nothing, and are kept as they are written."""


def amounts(words: Iterable[str | None]) -> set[str]:
    """The numbers among the words of a text, without commas and trailing zeros: {"1200"}.

    ``words``: the words and marks of a text in order, in any case; None where none is read, as of a date. "one" is
    no number here, and neither is a plural ("hundreds"). "five to ten" is 5 and 10, "three hundred and fifty" 350, and
    "3.4m" without a currency, which may be metres, 3.4 and 3400000.
    """
    found: set[str] = set()
    run = _Run(found)
    money = False
    for word in _parted(words):
        digits = _DIGITS.fullmatch(word)
        if digits is not None and len(word) <= _MOST_DIGITS:
            run.end()
            number, short = digits.groups()
            if short is not None and not money and short in ("m", "b"):
                found.add(f"{(Decimal(number) * _SHORT[short]).normalize():f}")
                run.digits(number)  # millions, or metres: both
            else:
                run.digits(number, _SHORT[short] if short else 1)
        elif digits is not None:
            run.end()
            found.add(word)
        elif word in _UNITS or word in _TENS or word == "one":
            run.word(1 if word == "one" else _UNITS.get(word) or _TENS[word])
        elif word in _TIMES or word in _LARGE or (money and word in _SHORT):
            run.times(_TIMES.get(word) or _LARGE.get(word) or _SHORT[word])
        elif word in ("m", "b") and run.of_digits:
            found.add(f"{(run.of_digits * _SHORT[word]).normalize():f}")  # millions, or metres: both
            run.end()
        elif not (word in ("-", "and", "a", "an", "half", "") and run.goes_over(word)):
            run.end()
        money = word in _CURRENCY or (money and run.open)
    run.end()
    return found


def _parted(words: Iterable[str | None]) -> Iterator[str]:
    """The words in one case, "twenty-five" in three; "" for what is not read."""
    for given in words:
        word = "" if given is None else given.casefold().replace(",", "")
        tens, hyphen, unit = word.partition("-")
        yield from (tens, hyphen, unit) if tens in _TENS and unit else (word,)


class _Run:
    """A number in the making, of words that follow one another."""

    def __init__(self, found: set[str]) -> None:
        self._found = found
        self._reset()

    def _reset(self) -> None:
        self._above, self._value, self._bare_one = Decimal(0), Decimal(0), False
        self._last = 0  # the least place that is filled: 1 units, 10 tens, 100 and more what multiplies
        self._over = ""
        self._half = self._digits = False

    @property
    def of_digits(self) -> Decimal | None:
        """The number so far, where it is one in digits alone."""
        return self._value if self._digits else None

    @property
    def open(self) -> bool:
        """Whether a number has begun."""
        return self._last > 0

    def digits(self, number: str, times: int = 1) -> None:
        self._value, self._digits = Decimal(number) * times, times == 1
        self._last = 1 if times == 1 else times

    def word(self, value: int) -> None:
        after_tens = self._last == 10 and value < 10
        after_times = self._last >= 100 and value < 100
        if (self.open and not (after_tens or after_times)) or (self._over == "and" and not after_times):
            self.end()
        self._bare_one = value == 1 and not self.open
        self._value += value
        self._last = 10 if value >= 20 else 1
        self._over = ""

    def times(self, by: int) -> None:
        if self._over == "and":
            self.end()
        if self._half:
            self._value, self._half = Decimal("0.5"), False
        value = self._value or Decimal(1)
        if by >= 1000:
            self._above, self._value = self._above + value * by, Decimal(0)
        else:
            self._value = value * by
        self._last, self._bare_one, self._over = max(by, 100), False, ""

    def goes_over(self, word: str) -> bool:
        """Whether a number can go on behind this word: "twenty-five", "hundred and five", "half a million"."""
        if word == "half" and not self.open:
            self._half = True
            return True
        if word in ("a", "an"):
            return self._half
        if word == "-":
            return self._last == 10
        self._over = "and"
        return word == "and" and self._last >= 100

    def end(self) -> None:
        """The number is over."""
        if self.open and not self._bare_one:
            total = self._above + self._value
            self._found.add(f"{total.normalize():f}")
        self._reset()
