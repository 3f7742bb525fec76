"""Joining what the rules propose with what the tagger proposes: which drafts stand, with whose content and source.

Rules over the parse know who says it; the tagger knows what is said. Each proposal is weighed by a logistic
regression on what both say of it (weights in data/joiner.json, fitted by infra/train_joiner.py on openly
licensed articles that the tagger had not seen); then the likeliest are taken that do not overlap.
"""

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from secondsource.analysis.attribution import Draft, Range
from secondsource.analysis.quotes import Quote
from secondsource.language.tagger import Floats, Tags

RULES = (
    "clause", "according-to", "passive", "infinitive", "object", "noun", "preposition", "predicate", "quote",
    "adverb", "parenthetical", "quote-unknown", "object-infinitive", "adjective", "as-passive", "label",
    "continued", "citing", "anaphora", "tagger",
)  # fmt: skip
FINDING = "finding"
"""The rule of what a study finds without a verb, which has no weight of its own."""
STANCES = (
    "assert", "deny", "intend", "believe", "order", "predict", "accuse", "other", "ask", "doubt", "confirm", "admit",
)  # fmt: skip
APART = "noun-apart"
"""The rule of what a noun reports behind its author or its verb: "a report went viral that"."""
SAME = 0.55
"""Contents that share more of their words than this are one attribution, found twice."""
SAME_CUE = 0.2
"""… and this much is enough where the cue is the same."""
PREFERENCE = 0.35
"""Where both proposals are nearly as likely, the rules' one is taken: its spans are whole clauses, and read well."""
NESTED_SURE = 0.85
"""A draft at least so likely, or a denial, may stand within another's content ("said he doubted that …")."""
_LITTLE = 0.2
"""Probability that is enough for what the tagger cannot know: a draft whose source it took for what is said, and what a
noun reports that stands apart from it."""
NESTED = 0.9
"""… unless their contents share so much."""
COUNTERPART = 0.4
"""A rule's and the tagger's draft with so much content in common speak of one attribution."""

SOURCED = frozenset(
    ("clause", "quote", "quote-unknown", "parenthetical", "infinitive", "object-infinitive", "object", "predicate",
     "preposition", "label")
)  # fmt: skip
"""Rules whose attributions have a source somewhere; "reports that" and "it was said" may well have none."""

Features = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Candidate:
    """A draft with the words it covers, as indexes into the tagger's words."""

    draft: Draft
    content: frozenset[int]
    cue: frozenset[int]
    source: frozenset[int]
    by_rule: bool


def join(rules: Sequence[Draft], tagged: Sequence[Draft], tags: Tags, quotes: Sequence[Quote]) -> list[Draft]:
    """The drafts that stand, in order of their content. Drafts of the rules keep their identity, whatever is changed
    in them, so that what points at them stays right."""
    candidates, turned = _without_turned(candidates_of(rules, tagged, tags))
    if not candidates:
        return []
    model = _model()
    near = _neighbours(candidates)
    weights = model.probabilities(_rows(candidates, near, tags, quotes))
    chosen: dict[int, None] = {}
    by_rule = np.asarray([c.by_rule for c in candidates], np.float64)
    for i in np.argsort(-(weights + PREFERENCE * by_rule), kind="stable").tolist():
        c = candidates[i]
        needed = model.threshold_quoted if c.by_rule and _quoted_speech(c) else model.threshold
        if c.draft.rule == FINDING or c.draft.plain:
            needed = 0.0  # too rare in news for the weights to know, or plain without them
        elif c.draft.rule == APART or id(c.draft) in turned:
            needed = min(needed, _LITTLE)
        if weights[i] >= needed and not any(
            j in chosen and _doubles(c, candidates[j], float(weights[i])) for j in near[i]
        ):
            chosen[i] = None
    taken = {id(candidates[i].draft) for i in chosen}
    kept = []
    for i in chosen:
        settled = _settled(candidates[i], [candidates[j] for j in near[i]], taken)
        taken.add(id(settled))
        kept.append(settled)
    kept.sort(key=lambda d: (d.content[0], d.cue[0] if d.cue else d.content[0]))
    return kept


def _without_turned(candidates: list[Candidate]) -> tuple[list[Candidate], set[int]]:
    """The proposals without those that take the source of a rule's draft for its content; and which drafts these are.

    "…, said the people, who asked not to be named because the talks are private": what follows a long clause and its
    verb looks like what is said.
    """
    # By the words of their cues: a long text has too many to compare each with each.
    of_rules: dict[int, list[Candidate]] = {}
    for c in candidates:
        if c.by_rule and c.source and c.draft.rule in SOURCED:
            for word in c.cue:
                of_rules.setdefault(word, []).append(c)
    wrong: set[int] = set()
    turned: set[int] = set()
    for n, c in enumerate(candidates):
        if c.by_rule:
            continue
        for right in (right for word in c.cue for right in of_rules.get(word, ())):
            if c.content <= right.source:
                wrong.add(n)
                turned.add(id(right.draft))
    return [c for n, c in enumerate(candidates) if n not in wrong], turned


def _neighbours(candidates: Sequence[Candidate]) -> list[list[int]]:
    """For each candidate the others that share a word of content or cue with it: only these can be compared."""
    contents, cues = _sharing([c.content for c in candidates]), _sharing([c.cue for c in candidates])
    return [sorted((content | cue) - {i}) for i, (content, cue) in enumerate(zip(contents, cues, strict=True))]


def _sharing(covered: Sequence[frozenset[int]]) -> list[set[int]]:
    """For each set of words which of the sets share one with it, itself among them."""
    # By runs of words: of two that share a word, one begins within the other, or both begin at once.
    holding: defaultdict[int, list[int]] = defaultdict(list)
    runs: list[list[Range]] = []
    begins: list[Range] = []
    for i, held in enumerate(covered):
        for word in held:
            holding[word].append(i)
        runs.append(_runs(sorted(held)))
        begins += [(start, i) for start, _ in runs[-1]]
    begins.sort()
    found: list[set[int]] = []
    for own in runs:
        near: set[int] = set()
        for start, end in own:
            near.update(holding[start])
            near.update(i for _, i in begins[bisect_left(begins, (start, -1)) : bisect_left(begins, (end, -1))])
        found.append(near)
    return found


def _runs(words: Sequence[int]) -> list[Range]:
    """The stretches [start, end) of words in order that follow one another without a gap."""
    found: list[Range] = []
    for word in words:
        if found and word == found[-1][1]:
            found[-1] = found[-1][0], word + 1
        else:
            found.append((word, word + 1))
    return found


def _common(c: Candidate, other: Candidate) -> float:
    """How much of the words of two contents is in both."""
    shared = len(c.content & other.content)
    return shared / max(1, len(c.content) + len(other.content) - shared)


def _quoted_speech(c: Candidate) -> bool:
    """Whether a rule found a whole quotation with its cue: then little doubt is left."""
    return bool(c.draft.quotes) and bool(c.draft.cue or c.draft.rule in ("continued", "label")) and len(c.content) > 3


def _doubles(c: Candidate, other: Candidate, weight: float) -> bool:
    """Whether a candidate repeats one that is chosen already."""
    common = _common(c, other)
    denies = c.draft.stance in ("deny", "doubt")
    if c.cue and other.cue and (c.cue <= other.content or other.cue <= c.content) and (weight >= NESTED_SURE or denies):
        return common > NESTED  # "said he doubted that …": one within the other, and both stand
    return common > SAME or (common > SAME_CUE and bool(c.cue & other.cue))


def _settled(c: Candidate, candidates: Sequence[Candidate], taken: set[int]) -> Draft:
    """The draft of a chosen candidate, completed by its counterpart of the other kind, if that is still free."""
    counterpart = _counterpart(c, candidates)
    if counterpart is None:
        return c.draft
    if c.by_rule:
        if not c.draft.source and counterpart.draft.source and c.draft.rule in SOURCED:
            c.draft.source, c.draft.source_head = counterpart.draft.source, counterpart.draft.source_head
        return c.draft
    if id(counterpart.draft) in taken:
        if not c.draft.source:
            c.draft.source, c.draft.source_head = counterpart.draft.source, counterpart.draft.source_head
        return c.draft
    kept, found = counterpart.draft, c.draft
    kept.content = found.content
    kept.cue = kept.cue or found.cue
    if not kept.source:
        kept.source, kept.source_head = found.source, found.source_head
    return kept


def _counterpart(c: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    best: tuple[float, Candidate] | None = None
    for other in candidates:
        if other.by_rule == c.by_rule:
            continue
        common = _common(c, other)
        if (common > COUNTERPART or (common > 0 and c.cue & other.cue)) and (best is None or common > best[0]):
            best = (common, other)
    return best[1] if best else None


# --- what is weighed ---------------------------------------------------------------------------


def candidates_of(rules: Sequence[Draft], tagged: Sequence[Draft], tags: Tags) -> list[Candidate]:
    """All proposals as candidates, those of the rules first."""
    return [*_candidates(rules, tags, by_rule=True), *_candidates(tagged, tags, by_rule=False)]


def _candidates(drafts: Sequence[Draft], tags: Tags, by_rule: bool) -> list[Candidate]:
    starts = np.asarray([w[0] for w in tags.words], np.int64)
    ends = np.asarray([w[1] for w in tags.words], np.int64)

    def covered(ranges: Sequence[Range]) -> frozenset[int]:
        found: set[int] = set()
        for s, e in ranges:
            found.update(range(int(np.searchsorted(ends, s, "right")), int(np.searchsorted(starts, e, "left"))))
        return frozenset(found)

    made = [Candidate(d, covered(d.content), covered(d.cue), covered(d.source), by_rule) for d in drafts]
    return [c for c in made if c.content]


def features(candidates: Sequence[Candidate], tags: Tags, quotes: Sequence[Quote]) -> Features:
    """One row a candidate; the order is that of the fitted weights."""
    return _rows(candidates, _neighbours(candidates), tags, quotes)


def _rows(
    candidates: Sequence[Candidate], near: Sequence[Sequence[int]], tags: Tags, quotes: Sequence[Quote]
) -> Features:
    in_quote = np.zeros(len(tags.words), np.float64)
    starts = np.asarray([w[0] for w in tags.words], np.int64)
    for q in quotes:
        in_quote[np.searchsorted(starts, q.start, "left") : np.searchsorted(starts, q.end, "left")] = 1.0
    number_of = {anchor: n for n, anchor in enumerate(tags.anchors)}
    rows = [_row(c, [candidates[j] for j in near[i]], tags, in_quote, number_of) for i, c in enumerate(candidates)]
    return np.stack(rows)


def _row(
    c: Candidate, near: Sequence[Candidate], tags: Tags, in_quote: Features, number_of: dict[int, int]
) -> Features:
    content, cue, source = sorted(c.content), sorted(c.cue), sorted(c.source)
    keys = cue or content[:1]
    anchor = float(tags.head("anchor")[keys].max())
    linked_in = linked_out = linked_source = other_source = 0.0
    anchors = [k for k in keys if k in number_of]
    if anchors:
        n = number_of[max(anchors, key=lambda a: float(tags.head("anchor")[a]))]
        begin, _ = tags.reach[n]
        # Within the anchor's reach: a text has thousands of anchors, and nothing is linked beyond.
        source_link, content_link = tags.links[n]
        held = _within(content_link, content, begin)
        linked_in = float(held.sum()) / len(content)
        linked_out = float(content_link.sum() - held.sum()) / len(content)
        linked_source = float(_within(source_link, source, begin).sum()) / len(source) if source else 0.0
        other_source = 0.0 if source else float(source_link.max())
    agreed, same_cue = 0.0, 0.0
    for other in near:
        if other.by_rule != c.by_rule:
            agreed = max(agreed, _common(c, other))
            same_cue = max(same_cue, float(not c.cue.isdisjoint(other.cue)))
    first, last = content[0], content[-1]
    quoted = float(in_quote[content].mean())
    tagged = float(not c.by_rule)
    d = c.draft
    row = [
        anchor,
        float(bool(anchors)),
        linked_in,
        min(linked_out, 3.0),
        linked_source,
        other_source,
        float(tags.head("content_in")[content].mean()),
        float(tags.head("content_begin")[max(0, first - 1) : first + 2].max()),
        float(tags.head("content_end")[max(0, last - 1) : last + 2].max()),
        float(tags.head("cue_in")[cue].mean()) if cue else 0.0,
        float(tags.head("source_in")[source].mean()) if source else 0.0,
        float(tags.head("speech")[keys].mean()),
        agreed,
        same_cue,
        math.log1p(len(content)),
        quoted,
        float(quoted > 0.95),
        float(0 < quoted <= 0.95),
        float(not source),
        float(not cue),
        float(len(d.content) > 1),
        float(c.by_rule),
        d.score,
        float(d.label == "stance"),
        float(d.factual),
        anchor * linked_in,
        anchor * agreed,
        linked_in * agreed,
        tagged * anchor,
        tagged * linked_in,
        tagged * agreed,
    ]
    row += [float(d.rule == name) for name in RULES]
    row += [float(d.stance == name) for name in STANCES]
    return np.asarray(row, np.float64)


def _within(link: Floats, words: Sequence[int], begin: int) -> Floats:
    """What an anchor is linked to these words by, those out of its reach left out."""
    return link[[word - begin for word in words if 0 <= word - begin < len(link)]]


# --- the weights -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Model:
    """A logistic regression over standardised features, with the thresholds its authors chose on held-out data."""

    mean: Features
    scale: Features
    weights: Features
    bias: float
    threshold: float
    threshold_quoted: float

    def probabilities(self, rows: Features) -> Features:
        """For each row the probability that such a draft is right (content Jaccard of .5 or more)."""
        return np.asarray(1 / (1 + np.exp(-(((rows - self.mean) / self.scale) @ self.weights + self.bias))))


@cache
def _model() -> Model:
    text = resources.files("secondsource.analysis").joinpath("data/joiner.json").read_text("utf-8")
    data = json.loads(text)
    return Model(
        mean=np.asarray(data["mean"]),
        scale=np.asarray(data["scale"]),
        weights=np.asarray(data["weights"]),
        bias=float(data["bias"]),
        threshold=float(data["threshold"]),
        threshold_quoted=float(data["threshold_quoted"]),
    )
