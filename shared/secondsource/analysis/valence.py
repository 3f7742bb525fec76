"""How good or bad a claim sounds for someone named in it: what it says they did, are, or had done to them.

Word ratings are those of VADER (Hutto and Gilbert 2014; see data/CREDITS.md), with what news calls a wrong added.
The rating is that of the clause that the name stands in, a negation turning it, and so does a verb that works against
its object: "fights corruption" speaks well of whoever does it.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources

from spacy.tokens import Token

from secondsource.model import Effect

_WRONGS = frozenset(
    "allegation allegations alleged alleging accuse accused accuses accusing ally allied alliance pact plot plotted "
    "plotting mass massed massing bribe bribes bribery bribed fraud fraudulent defraud defrauded launder laundering "
    "smuggle smuggled trafficking conceal concealed hid hiding cover-up misled mislead misleading falsified fabricated "
    "rigged rig hoax sham crooked incompetent incompetence reckless unfit unqualified extremist extremists extreme "
    "corrupt corruption radical divisive hypocrisy hypocrite hypocritical disastrous disaster debacle fiasco botched "
    "mismanaged mismanagement overcharged overcharging exploit exploited exploits pollute polluted polluting pollution "
    "dump dumped dumping leak leaked contaminated contaminate toxic unsafe substandard faulty defective negligent "
    "negligence illegal illegally unlawful unlawfully unconstitutional undemocratic dictator dictatorship regime "
    "oppression repression repressive occupation occupier provoked provocation aggression invade invaded invasion "
    "shelled shelling bombed bombing bombs massacred tortured executed abducted kidnapped looted looting ambushed "
    "retaliate retaliation sabotage sabotaged violated violates violating violation violations breached breach "
    "broke breaking cheats cheated cheating stole stolen stealing lied lies lying liar ignores "
    "ignored neglects neglected failed fails failing failure fail weak weaker wasted wastes waste squandered bankrupt "
    "bankrupted collapse collapsed collapsing deteriorated worsened shortages layoffs scapegoat smear smeared smears "
    "ploy stunt hijack hijacked undermine undermined undermines undermining jeopardize jeopardized endanger "
    "endangered endangers overreach overstepped blackmail threaten threatened threatening threat threats "
    "recruit recruited recruiting arming weapons armed responsible orchestrated masterminded martyred".split()
)
_GOODS = frozenset(
    "effective effectively safe safer safely reliable affordable transparent transparency lawful lawfully legal "
    "legally legitimate legitimately properly appropriate appropriately innocent innocence cooperated cooperating "
    "complied complies compliant thriving thrive growth growing grew record jobs investment invested boost boosted "
    "boosts improved improves improving improvement cut cuts reduces reduced lowers lowered lower savings proud pride "
    "victory victories landslide momentum defeat defeated leads led championed champion delivered delivers qualified "
    "experienced trusted popular".split()
)
_OURS = 1.5
"""Rating of the words above."""
_TOPICS = frozenset(
    "united party like well care interest interests share shares gun guns war wars please god fire fires natural "
    "number security defense defence matter pretty kind dear love share charge charges arrest arrested police kill "
    "killed crisis emergency chance clear clearly important importance "
    "certain certainly true truth trump sure yes no agree agreed agreement agreements grant granted luck lucky cool "
    "intelligence intelligent pay paid challenge challenges warning warn warned warns warnings opponent demand "
    "demands doubt question sorry want wants debt gas lack miss missed missing hard energy bonus award awarded "
    "promise promised promises help helped helping help shock shocked surprise surprised worry worried afraid fear "
    "fears hope hopes hoped hopefully welcome welcomed happy sad glad play playing commit committed commitment join "
    "joined appreciate respect thank thanks".split()
)
"""Words that VADER rates for how they feel, and that in news name what a story is about, or a feeling."""
_AGAINST = frozenset(
    "fight halve end stop prevent oppose reject reduce cut lower combat tackle defeat eliminate destroy halt ban avoid "
    "fix solve address overcome resist counter curb protect save rescue defend free shield root crack crush expose "
    "investigate condemn denounce criticise criticize".split()
)
"""Verbs that work against their object, so that what is bad about that is good of them."""
_FIND_FAULT = frozenset(
    "accuse blame criticise criticize condemn denounce expose fault slam blast reject mock ridicule defeat beat "
    "lambast assail rebuke charge indict convict allege discredit disqualify censure".split()
)
"""Verbs whose object, not subject, they speak ill of."""
_NEGATIONS = frozenset("not n't n’t no never neither nor nobody none without nothing hardly barely".split())
_NEAR = 0.9
"""A rating beyond which a clause speaks well or ill."""
_HALVED = 0.5
"""How a clause within the clause counts."""
_CLAUSAL = frozenset("ROOT ccomp xcomp advcl relcl conj parataxis acl".split())
_UP = 12
"""Steps up the parse to the verb of a clause."""


@cache
def ratings() -> dict[str, float]:
    """Word to rating, from -4 (very bad) to 4 (very good)."""
    table = resources.files("secondsource.analysis").joinpath("data/valence.tsv").read_text("utf-8")
    found = {word: float(mean) for word, mean in (line.split("\t") for line in table.splitlines())}
    found |= dict.fromkeys(_WRONGS, -_OURS) | dict.fromkeys(_GOODS, _OURS)
    return {word: mean for word, mean in found.items() if word not in _TOPICS}


def rating(t: Token) -> float:
    """How good or bad one word sounds where it stands: turned by a negation or by a verb that works against it."""
    known = ratings()
    low = t.lower_
    mean = known.get(low, known.get(t.lemma_.lower(), 0.0))
    if not mean or (t.pos_ == "PROPN" and t.ent_type_):
        return 0.0
    if t.lemma_.lower() in _AGAINST and t.pos_ == "VERB":
        return 0.0
    return -mean if _turned(t) else mean


def _turned(t: Token) -> bool:
    """Whether a word stands under a negation, or under what works against it; twice turned is not turned."""
    turned = any(c.dep_ == "neg" or c.lower_ in _NEGATIONS for c in t.children)
    at = t
    for _ in range(4):
        if at.head == at or at.dep_ in ("relcl", "advcl", "ccomp", "conj", "nsubj", "nsubjpass", "parataxis"):
            break
        at = at.head
        if at.lemma_.lower() in _AGAINST and at.pos_ == "VERB":
            turned = not turned
        if any(c.dep_ == "neg" or (c.lower_ in _NEGATIONS and c.i < t.i) for c in at.children):
            turned = not turned
    return turned


def clause_of(t: Token, inside: set[int]) -> Token:
    """The verb, or the last word, that governs a word within the tokens ``inside``."""
    at = t
    for _ in range(_UP):
        if at != t and (at.pos_ in ("VERB", "AUX") and (at.dep_ in _CLAUSAL or at.head == at)):
            return at
        if at.head == at or at.head.i not in inside:
            return at
        at = at.head
    return at


def clause_rating(verb: Token, inside: set[int]) -> float:
    """The rating of a clause: that of its verb, if it has one, else its words together, clauses within it by half."""
    own = rating(verb) if verb.pos_ == "VERB" else 0.0
    if own:
        return own
    total = 0.0
    for t in verb.subtree:
        if t.i in inside and (mean := rating(t)):
            at, deep = t, 0
            while at != verb and at.head != at:
                if at.dep_ in ("ccomp", "advcl", "relcl", "parataxis"):
                    deep += 1
                at = at.head
            total += mean * _HALVED**deep
    return total


def effect(mentions: Iterable[Token], inside: set[int]) -> Effect:
    """What the tokens ``inside`` say of someone whom ``mentions`` name there."""
    total = 0.0
    seen: set[int] = set()
    for m in mentions:
        verb = clause_of(m, inside)
        if verb.i in seen:
            continue
        seen.add(verb.i)
        mean = clause_rating(verb, inside)
        total += mean if mean > 0 or not _suffers(m, verb) else 0.0
    if total <= -_NEAR:
        return Effect.HARMED
    return Effect.HELPED if total >= _NEAR else Effect.MENTIONED


def _suffers(m: Token, verb: Token) -> bool:
    """Whether a name is what something bad is done to, by a verb that finds no fault with it: "attacked the town"."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() in _FIND_FAULT:
        return False
    at = m
    for _ in range(_UP):
        if at.head == verb:
            passive = any(c.dep_ == "auxpass" for c in verb.children)
            return at.dep_ in ("dobj", "nsubjpass", "dative") or (at.dep_ == "prep" and not passive)
        if at.head == at:
            return False
        at = at.head
    return False


def sound(tokens: Iterable[Token]) -> Effect:
    """What these words sound like as a whole, whoever they are about."""
    total = sum(rating(t) for t in tokens)
    if total <= -_NEAR:
        return Effect.HARMED
    return Effect.HELPED if total >= _NEAR else Effect.MENTIONED
