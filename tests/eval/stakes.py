"""Print how well it is told whether a source has a stake in a claim, on passages written for this.

usage: python -m tests.eval.stakes [--held | --all] [--show] [--rules-only]

stakes_open.jsonl and stakes_held.jsonl hold 325 invented passages in the manner of news, half each, drawn at random
within each kind. About half of them have a motivated source, the others look as if. They were written from the
model of interests alone, without a look at the rules or at what they answer. The open half is there to be read by
whoever changes the rules. The held half is for scoring alone: reading it, or running it and then mending the rules for
what it shows, would make it worthless, so its errors are never listed. One answer was corrected after the first run of
the open half: in st209 the words of the source are "its statement".

Each line: id, text, and

    source      its words as they stand; where they stand more than once, the place nearest to the claim is meant
    claim       the content that is judged, as it stands
    motivated   whether a fair and experienced editor would tell the reader that this source has a stake in this claim
    level       one of secondsource.model.StakeLevel. Of a motivated source: likely where what ties it to the matter
                stands in the text and the claim plainly serves it; possible where one of these is weak (close to a
                group, a plea for money, a channel); stated where somebody says so. Others can have a stake that the
                claim does not serve (possible), or be called biased by an adversary alone (stated)
    types       of secondsource.model.StakeType, the most important first
    group       whom the source speaks for, else null
    about       what the claim is about that matters to it
    alleged_by  whose words they are that the level stated rests on; "outlet" is the passage's own narration
    kind        what the passage tries. Evidence: E1 stated motive, E3 adversary, E4 beneficiary, E5 self-exculpating,
                E6 commercial, E7 funded, E8 campaign, E9 litigant, E12 channel; one_sided: several sources, all of one
                side, and "source" is the first. No motive: 5.1 expert, 5.2 procedure, 5.3 against own interest, 5.4
                ruling or record, 5.5 victim or witness, 5.6 declined to comment, 5.7 origin, faith or age, 5.8 unnamed,
                5.9 called biased by an adversary, 5.10 sport, markets, police work, and what is not said to be so,
                5.11 hostility inside the claim alone, 5.12 outlets; "near E3" looks like that evidence and is not;
                "other source": the stake is somebody else's; "stake only": the claim does not serve it
    field       of life

An answer counts as motivated at a level when it is motivated at that level or a higher one, stated counting as high as
likely. Precision: of those, how many are marked as motivated. Recall: of those that are marked as motivated at that
level or higher, how many are answered so. An attribution that is not found is answered with no stake.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secondsource.model import Analysis, Attribution, Claim, Extracted, Span, Stake, StakeLevel
from tests.eval.anonymous import Analyse, Share, _occurrences, _tokens, load

OPEN = Path(__file__).with_name("stakes_open.jsonl")
HELD = Path(__file__).with_name("stakes_held.jsonl")

HEIGHT = {StakeLevel.NONE: 0, StakeLevel.POSSIBLE: 1, StakeLevel.LIKELY: 2, StakeLevel.STATED: 2}
SHOWN_AT = (StakeLevel.LIKELY, StakeLevel.POSSIBLE)

Case = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the product says of one passage.

    ``found``: it has the attribution at all; ``borne``: some claim of it bears the attribution, without which no stake
    can be judged.
    """

    found: bool = False
    borne: bool = False
    level: StakeLevel = StakeLevel.NONE
    motivated: bool = False
    types: tuple[str, ...] = ()

    def at(self, level: StakeLevel) -> bool:
        """Whether it is motivated at this level or a higher one."""
        return self.motivated and HEIGHT[self.level] >= HEIGHT[level]


@dataclass
class Scored:
    """The cases with their answers, and the questions that can be asked of them."""

    pairs: list[tuple[Case, Answer]] = field(default_factory=list)

    def share(self, asked: Callable[[Case, Answer], bool], of: Callable[[Case, Answer], bool]) -> Share:
        """Of the pairs for which ``of`` holds, for how many ``asked`` does."""
        among = [(c, a) for c, a in self.pairs if of(c, a)]
        return Share(sum(asked(c, a) for c, a in among), len(among))

    def found(self) -> Share:
        """How many of the attributions were found."""
        return self.share(lambda c, a: a.found, lambda c, a: True)

    def borne(self) -> Share:
        """Of those found, how many a claim bears."""
        return self.share(lambda c, a: a.borne, lambda c, a: a.found)

    def precision(self, level: StakeLevel) -> Share:
        """Of what is called motivated at this level or higher, how much is."""
        return self.share(lambda c, a: c["motivated"], lambda c, a: a.at(level))

    def recall(self, level: StakeLevel) -> Share:
        """Of what is motivated at this level or higher, how much is called so."""
        return self.share(lambda c, a: a.at(level), lambda c, a: marked(c).at(level))

    def recall_of_found(self, level: StakeLevel) -> Share:
        """The same among the attributions that were found."""
        return self.share(lambda c, a: a.at(level), lambda c, a: a.found and marked(c).at(level))

    def recall_by_type(self, level: StakeLevel) -> dict[str, Share]:
        """Of all that is motivated and has a type among its types, how much is called motivated, for whatever type."""
        among = [(c, a) for c, a in self.pairs if c["motivated"]]
        types = sorted({t for c, _ in among for t in c["types"]})
        return {t: _called(level, [(c, a) for c, a in among if t in c["types"]]) for t in types}

    def by_kind(self, level: StakeLevel, motivated: bool) -> dict[str, Share]:
        """Of all cases of a kind, how many are called motivated: hits where they are, false alarms where not."""
        among = [(c, a) for c, a in self.pairs if c["motivated"] == motivated]
        kinds = sorted({c["kind"] for c, _ in among}, key=_order)
        return {k: _called(level, [(c, a) for c, a in among if c["kind"] == k]) for k in kinds}

    def first_type(self) -> Share:
        """Of what is motivated and called so, how often the first type is the marked one."""
        return self.share(lambda c, a: a.types[:1] == tuple(c["types"][:1]), _rightly)

    def any_type(self) -> Share:
        """Of the same, how often some type is among the marked ones."""
        return self.share(lambda c, a: bool(set(a.types) & set(c["types"])), _rightly)


def marked(case: Case) -> Answer:
    """What a case says is right, in the form of an answer."""
    return Answer(True, True, StakeLevel(case["level"]), case["motivated"], tuple(case["types"]))


def measure(cases: Iterable[Case], analyse: Analyse) -> Scored:
    """Run the product over the cases."""
    return Scored([(case, answer(case, analyse(Extracted(text=case["text"]), case["id"]))) for case in cases])


def answer(case: Case, analysis: Analysis) -> Answer:
    """The stake of the attribution that shares the case's source and most of its claim."""
    text = case["text"]
    source, claim = place(case)
    there, judged = _tokens(text, [source]), _tokens(text, [claim])
    ranked = []
    for n, a in enumerate(analysis.attributions):
        content = _tokens(text, a.content or ())
        said = bool(there & _tokens(text, a.source or ()))
        mentioned = said or any(s.id == a.source_id and there & _tokens(text, s.mentions) for s in analysis.sources)
        if mentioned and content & judged:
            ranked.append((said, len(content & judged) / len(content | judged), -n, a))
    if not ranked:
        return Answer()
    a = max(ranked, key=lambda r: r[:3])[3]
    borne = any(a.id in _bears(c) for c in analysis.claims)
    stake = _stake(a, judged, text, analysis)
    if stake is None:
        return Answer(found=True, borne=borne)
    return Answer(True, True, stake.level, stake.motivated, tuple(stake.types))


def place(case: Case) -> tuple[Span, Span]:
    """Where the source and the claim of a case stand in its text."""
    claim = _occurrences(case["text"], case["claim"])[0]
    places = _occurrences(case["text"], case["source"])
    return min(places, key=lambda s: max(claim[0] - s[1], s[0] - claim[1])), claim


def _bears(c: Claim) -> tuple[str, ...]:
    return (*c.attribution_ids, *c.disputed_by, *c.echoed_by)


def _stake(a: Attribution, judged: frozenset[int], text: str, analysis: Analysis) -> Stake | None:
    """That of the source in the claim that the attribution bears; of several claims, in the one nearest to what is asked."""

    def near(c: Claim) -> float:
        words = _tokens(text, c.spans)
        return len(words & judged) / max(1, len(words | judged))

    for c in sorted(analysis.claims, key=near, reverse=True):
        stakes = analysis.stakes.get(c.id, ())
        own = [s for s in stakes if a.id in s.attribution_ids]
        if not own and a.id in _bears(c):
            own = [s for s in stakes if s.source_id == a.source_id]
        if own:
            return max(own, key=lambda s: s.confidence)
    return None


def _called(level: StakeLevel, among: Sequence[tuple[Case, Answer]]) -> Share:
    return Share(sum(a.at(level) for _, a in among), len(among))


def _rightly(case: Case, given: Answer) -> bool:
    return bool(case["motivated"]) and given.at(StakeLevel.POSSIBLE)


def _order(kind: str) -> tuple[str, float]:
    """Numbers in kinds in their order as numbers: E3 before E12; 5.2 before 5.10."""
    letters, _, digits = kind.partition("5.") if kind.startswith("5.") else kind.partition("E")
    return (letters or kind[0], float(digits)) if digits.isdigit() else (kind, 0)


def report(name: str, scored: Scored) -> None:
    """Print the figures."""
    right = sum(c["motivated"] for c, _ in scored.pairs)
    print(f"\nStakes, {name}: {len(scored.pairs)} invented passages, {right} with a motivated source")
    print(f"  attribution found {scored.found()}; of these, borne by a claim {scored.borne()}")
    for level in SHOWN_AT:
        print(f"  motivated, {level} or higher: P {scored.precision(level)}  R {scored.recall(level)}")
        print(f"{'':{len(level) + 25}} R {scored.recall_of_found(level)} where the attribution was found")
    print(f"  first type right {scored.first_type()}; some type right {scored.any_type()}")
    print("  recall, likely or higher / possible or higher, by type:")
    _table(*(scored.recall_by_type(level) for level in SHOWN_AT))
    print("  by kind of evidence:")
    _table(*(scored.by_kind(level, True) for level in SHOWN_AT))
    print("  false alarms, likely or higher / possible or higher, by kind:")
    _table(*(scored.by_kind(level, False) for level in SHOWN_AT))


def _table(likely: dict[str, Share], possible: dict[str, Share]) -> None:
    for name, share in likely.items():
        print(f"    {name:16s} {share.hits:3d} / {possible[name].hits:3d} of {share.of:3d}")


def errors(scored: Scored) -> list[str]:
    """One line for each case that is called motivated and is not, or is and is not called so."""
    lines = []
    for c, a in scored.pairs:
        if c["motivated"] == a.at(StakeLevel.POSSIBLE):
            continue
        what = (
            "false alarm" if a.motivated else "missed" if a.borne else "no claim made of it" if a.found else "not found"
        )
        given = f", answered {a.level} {list(a.types)}" if a.found else ""
        lines.append(f"{c['id']} {c['kind']} {what}{given}: {c['source']!r} on {c['claim']!r}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--held", action="store_true", help="the half that nobody may read")
    which.add_argument("--all", action="store_true", help="both halves")
    parser.add_argument("--show", action="store_true", help="list the errors of the open half")
    parser.add_argument("--rules-only", action="store_true", help="without the tagger")
    given = parser.parse_args(arguments)
    if given.show and given.held:
        parser.error("the errors of the held half are not shown")
    from secondsource.analysis.pipeline import Pipeline
    from secondsource.language.parse import spacy_parser
    from secondsource.language.tagger import Tagger

    pipeline = Pipeline(spacy_parser, None if given.rules_only else Tagger())
    halves = {"open half": OPEN, "held half": HELD}
    chosen = halves if given.all else {n: p for n, p in halves.items() if n.startswith("held") == given.held}
    scored: dict[str, Scored] = defaultdict(Scored)
    for name, path in chosen.items():
        scored[name] = measure(load(path), pipeline)
    if given.all:
        report("both halves", Scored([pair for half in scored.values() for pair in half.pairs]))
    else:
        report(*next(iter(scored.items())))
    if given.show:
        print("\nErrors of the open half:")
        print("\n".join(f"  {line}" for line in errors(scored["open half"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
