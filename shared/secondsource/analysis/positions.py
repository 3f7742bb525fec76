"""Positions: where each source of a claim stands before it.

Whom the source speaks for (ties), who is in the claim and what it does to them (parties), and what the article shows of
a stake by itself (findings): that the source clears its own side, argues a client's case, sells what the claim praises,
is paid by who gains, or is said to have a motive. What has to be known of two actors for a stake (who fights whom, who
pays whom, who is of which party) are relations; ``weighing`` puts the two together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from secondsource.analysis import alignment, valence
from secondsource.analysis import signs as tell
from secondsource.analysis.accusations import Accused, Charge
from secondsource.analysis.actors import Actors
from secondsource.analysis.claims import Statement
from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.entities import Name
from secondsource.analysis.motives import Motive
from secondsource.analysis.names import LAWYER_ROLES, category_of
from secondsource.analysis.quotes import Quote
from secondsource.analysis.stated import Stated
from secondsource.analysis.ties import Tie, role_words, ties_of
from secondsource.analysis.tree import child
from secondsource.language.parse import text_of
from secondsource.model import AffiliationCategory, Effect, RelationType, Source, SourceKind, StakeType, Stance
from secondsource.text.naming import normal
from secondsource.text.terms import stems

_NO_SPEAKERS = frozenset({SourceKind.OUTLET, SourceKind.OUTLET_ITSELF, SourceKind.POLL})
_FIRST = frozenset("i we our us my me ours mine myself ourselves i'm we're we've".split())
_ALONE = frozenset("i me my mine myself i'm".split())
_SPOKES = frozenset(
    "spokesman spokeswoman spokesperson representative lawyer attorney counsel executive ceo director chief owner "
    "founder manager commander negotiator adviser advisor aide strategist".split()
)
_THIRD_ONE = frozenset("he him his she her hers himself herself".split())
_THIRD = _THIRD_ONE | frozenset("it its they their them".split())
_OTHERS = frozenset("they them their theirs he she his her him".split())
_CLAUSES_OF_OTHERS = frozenset("ccomp advcl acl relcl".split())
_OWN_THINGS = frozenset(
    "party company firm government team army group side union campaign ministry office member staff fighter troop "
    "force soldier employee profit sale share business bank club organisation organization council administration "
    "department agency".split()
)
"""What is of who says "my", "her", "its": "her party had lied"; not rivals, critics and those before."""
_SPEAK_FOR_THEMSELVES = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_GROUP})
_NO_CLIENTS = frozenset({AffiliationCategory.GOVERNMENT, AffiliationCategory.ACADEMIC, AffiliationCategory.NGO})
"""Bodies whose lawyers speak as officials, not for a party to a case."""
_FOR = re.compile(r"\b(?:for|representing|represents|defending|defends)\s+(?:the\s+|both\s+)?$", re.IGNORECASE)
_FOR_CLIENT = re.compile(
    r"\b(?:lawyers?|attorneys?|counsel|solicitors?|barristers?|legal teams?)\s+(?:who\s+)?(?:is\s+)?"
    r"(?:for|representing|represents?|acting for|acts? for|defending|defends?)\s+(?:the\s+)?[^,.;]{3,40}|"
    r"\b(?:his|her|their|its|\w+[’'](?:s)?)\s+(?:defen[cs]e\s+)?(?:lawyers?|attorneys?|solicitors?|barristers?|"
    r"legal teams?)\b",
    re.IGNORECASE,
)
"""A lawyer with a client, named or not."""
_LAWYER = re.compile(r"\b(?:lawyers?|attorneys?|counsel|solicitors?|barristers?|legal teams?)\b", re.IGNORECASE)
_NO_CLIENT = re.compile(
    r"\b(?:for|[’']s) (?:the )?(?:government|state|city|county|department|ministry|rights|justice|institute|center|"
    r"centre|university|union|years)\b",
    re.IGNORECASE,
)
_STRIKE = re.compile(
    r"\b(?:strikes?|striking|walk(?:ed|ing)? ?out|walkouts?|pay dispute|labou?r dispute|industrial action|picket\w*|"
    r"ballot(?:ed|ing)?|collective bargaining|contract (?:talks|negotiations)|demand(?:s|ed|ing)?|campaigning for|"
    r"lockout|pay (?:rise|raise|offer|cut)|percent raise)\b",
    re.IGNORECASE,
)
_UNIONS = frozenset("union guild brotherhood".split())
_STATE_RUN = re.compile(
    r"\b(?:state[- ](?:run|owned|controlled|media|television|tv|news)|government[- ](?:run|owned|controlled)|"
    r"(?:official|party) (?:news ?(?:agency|paper)|daily|television))\b",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"\b(?:leaked|provided|obtained|supplied|passed|released|circulated|given|shared|handed)\b[^,.;]{0,30}?\b(?:by|from)\s+"
    r"(?:the\s+|its\s+|a\s+)?|\b(?:information|intelligence|evidence|data|documents|files|material)\s+from\s+(?:the\s+)?",
    re.IGNORECASE,
)
_PASSED = 0.9
"""Strength of the tie of words to who passed them on."""
_IN_COURT_PAPERS = re.compile(
    r"\b(?:in|according to) (?:(?!a statement)\w+ ){0,3}(?:court (?:papers|filings?|documents|records)|"
    r"(?:legal|court) brief|lawsuit|complaint|affidavit|petition|motion)\b",
    re.IGNORECASE,
)
_PLEADINGS = re.compile(
    r"\b(?:lawsuit|suit|complaint|brief|motion|petition|plea|filing|pleading|court papers|claim form|"
    r"counterclaim|appeal)s?\b",
    re.IGNORECASE,
)
_LOBBY = re.compile(
    r"\b(?:lobbyists?|lobby|trade (?:group|association|body)|industry (?:group|association|body|leaders?|"
    r"representatives?|officials?)|manufacturers[’']? association|chamber of commerce)\b",
    re.IGNORECASE,
)
_ITS_MAKER = re.compile(
    r"\b(?:its|their) (?:\w+ )?(maker|manufacturer|producer|developer|owner|operator|seller|promoter|inventor)\b",
    re.IGNORECASE,
)
_BEFORE_IT = 24
"""Code points before a source within which the parser may have left its first words."""
_POLICY = re.compile(
    r"\b(?:tax(?:es)?|lev(?:y|ies)|rules?|regulations?|ban|law|bill|tariffs?|subsid\w+|limits?|caps?|quotas?|wages?|"
    r"sanctions|standards?|restrictions?|fees?|dut(?:y|ies))\b",
    re.IGNORECASE,
)
_INDUSTRY = re.compile(
    r"\b(?:Chamber of Commerce|Federation of \w+|(?:Manufacturers|Producers|Growers|Retailers|Bankers|Hoteliers|"
    r"Builders|Developers|Employers|Miners|Farmers|Landlords|Realtors|Broadcasters|Publishers|Insurers|Airlines|Brewers)"
    r"[’']? (?:Association|Federation|Union|Council|Group|Fund)|Industry|Industries|Trade|Business|Lobby)\b"
)
"""Bodies that speak for a trade, by their names."""
_BEST = re.compile(
    r"\b(?:no other|(?:than|of) any other|apart from (?:all|every|any)|"
    r"the (?:best|safest|fastest|cheapest|cleanest|only|first|leading)|better than|"
    r"unmatched|unrivalled|unrivaled|second to none|never (?:been )?(?:better|safer|cleaner))\b",
    re.IGNORECASE,
)
"""Words by which a seller sets its own thing above others."""
_POINTS_BACK = 12
"""Code points of a denial's content that only points back: "this", "the report"."""
_INSISTS = frozenset("insist maintain contend assert claim argue justify defend respond reply".split())
"""Verbs of those who answer something."""
_SHORT = re.compile(r"\bshort[- ]sellers?\b", re.IGNORECASE)
_SELLS = frozenset("ceo executive founder co-founder cofounder owner maker manufacturer".split())
"""Roles that only a business has."""
_COMPANIES = frozenset({AffiliationCategory.CORPORATE, AffiliationCategory.INDUSTRY_GROUP})
_STUDIES = frozenset("study research report poll survey trial analysis paper review".split())
_JUSTIFIES = re.compile(
    r"\b(?:legitimate|justified|appropriate\w*|proper(?:ly)?|lawful\w*|legal(?:ly)?|necessary|in line with|"
    r"in accordance|within (?:the|our|its) (?:law|rules|rights)|no choice|self-?defen[cs]e|by the book|"
    r"the right (?:thing|decision)|mistaken|misunderst\w+|misrepresent\w+|out of context|taken seriously|"
    r"cooperat\w+|compl(?:y|ied|ies) with|followed|standards?|never|nothing|not|n[’']t|no|false|untrue|"
    r"baseless|without merit|groundless|witch[- ]hunt|politically motivated|smear)\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:will|would|is to|are to|is scheduled|are scheduled|is due|plans? to|expects? to)\b[^.]{0,40}?\b(?:hold|open|"
    r"meet|attend|publish|release|visit|travel|speak|address|arrive|return|start|begin|close|resume|announce|"
    r"take place|convene|sign|host|continue|appear|change)\b",
    re.IGNORECASE,
)
_NO_STATEMENT = frozenset({Stance.INTEND, Stance.ORDER, Stance.ASK})
_UNSAID = re.compile(
    r"\b(?:yet to|has not|have not|had not|did not|never|declined|refus\w+|fail\w+ to)\b", re.IGNORECASE
)
_PENDING = re.compile(
    r"\b(?:no (?:\w+ )?decision|(?:has|have|had) not (?:yet )?(?:been )?decided|yet to (?:decide|be decided)|"
    r"(?:under|still) (?:review|consideration|investigation)|(?:too early|premature) to)\b",
    re.IGNORECASE,
)
_WILL = frozenset("will 'll ’ll shall".split())
_VICTIMS = frozenset({AffiliationCategory.WITNESS, AffiliationCategory.VICTIM})
_VICTIM_ROLES = frozenset(
    "resident survivor victim witness eyewitness patient villager neighbour neighbor bystander refugee hostage "
    "passenger motorist widow".split()
)
_HARMED = frozenset(
    "trap injure hurt wound stab rob mug shoot burn evacuate rescue kidnap abduct rape assault bury strand displace "
    "scald crush maim".split()
)
_SAW = frozenset("see hear watch witness survive".split())
_DEAR = frozenset(
    "wife husband son daughter child mother father brother sister baby family friend home house flat barn shop car "
    "leg arm eye sight hand belonging everything".split()
)
"""Whom or what people tell of who lost it."""
_RECORDS = re.compile(
    r"\b(?:court|judges?|jury|tribunal|magistrates?|coroner|ruling|verdict|census|statistics|registry|records?|"
    r"data|figures|index|sensors?|observatory|seismic|meteorological|election commission|electoral commission)\b",
    re.IGNORECASE,
)
_JUDGES = frozenset("judge justice magistrate coroner arbitrator".split())
_JOURNALISTS = frozenset("journalist reporter correspondent columnist editor anchor presenter commentator".split())
_EX = re.compile(r"\b(?:former|ex-|fired|dismissed|ousted|disgruntled|sacked|estranged)\b", re.IGNORECASE)
_RELATIVES = frozenset(
    "brother sister mother father wife husband son daughter cousin uncle aunt widow ex-wife ex-husband".split()
)
_LOOK_BACK = 40
"""Tokens before a claim within which the person is named whom a pronoun in it means."""
_DEFENDS = frozenset("defend justify rebut boast brag tout".split())
_SAME_MATTER = 2
"""Stems that an answer shares with what it answers, names left out."""
_WEAKLY = 0.3
"""Alignment of what somebody says who is in question, on another matter."""
_PARTLY = 0.5
"""Alignment of a claim that is about the own side, but not in words of wrong."""
_AS_PARTY = 0.75
"""Alignment of what a party to a case says of it; a lawyer is paid to."""
_UNSURE = 0.8
"""Strength with which a pronoun stands for the only other person it can mean."""


def _acts(t: Token) -> bool:
    """Whether a name is what a clause says something of: its subject, or whose subject is."""
    at = t
    for _ in range(3):
        if at.dep_ in ("nsubj", "nsubjpass"):
            return True
        if at.dep_ not in ("poss", "compound", "nmod", "amod"):
            return False
        at = at.head
    return False


@dataclass
class Found:
    """A stake that the article shows by itself; see ``model.Finding``."""

    type: StakeType
    alignment: float
    group: str | None
    strength: float
    shows: str
    words: list[tuple[Range, str]] = field(default_factory=list)
    stated_by: str | None = None


@dataclass
class Stand:
    """A position in the making; see ``model.Position``."""

    source_id: str
    drafts: list[int]
    ties: list[Tie] = field(default_factory=list)
    parties: dict[str, tuple[Effect, float, bool]] = field(default_factory=dict)
    findings: list[Found] = field(default_factory=list)
    denies: bool = False
    against: str | None = None
    aside: str | None = None
    signs: tell.Signs = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """What positions are read off: the document, its names, sources and attributions, accusations and motives."""

    doc: Doc
    names: Actors
    sources: dict[str, Source]
    of_draft: list[str | None]
    drafts: list[Draft]
    marks: tuple[Quote, ...]
    accused: Accused
    motives: list[Motive]
    relations: dict[str, list[Stated]]
    """By the normal form of their holder."""


def _nested(t: Token, verb: Token) -> bool:
    """Whether a word below a verb stands in a clause of its own there: "he was not sure whether they had lied"."""
    while t != verb and t.head != t:
        if t.dep_ in _CLAUSES_OF_OTHERS and child(t, "nsubj", "nsubjpass") is not None:
            return True
        t = t.head
    return False


def positions(setting: Setting, statement: Statement) -> list[Stand]:
    """Where every source stands that carries or disputes a claim; those that nothing ties to anyone are left out."""
    seen: dict[str, list[int]] = {}
    for i in [*statement.carried_by, *statement.disputed_by]:
        if (source_id := setting.of_draft[i]) is not None:
            seen.setdefault(source_id, []).append(i)
    stands = [_Reader(setting, statement, setting.sources[key], indexes).read() for key, indexes in seen.items()]
    return [s for s in stands if s is not None]


class _Reader:
    """Reads off the article where one source stands before one claim."""

    def __init__(self, setting: Setting, statement: Statement, source: Source, indexes: list[int]) -> None:
        self.at, self.statement, self.source = setting, statement, source
        self.doc, self.names = setting.doc, setting.names
        self.drafts = [setting.drafts[i] for i in indexes]
        self.stand = Stand(source.id, indexes, denies=all(i in statement.disputed_by for i in indexes))
        self.tokens = [t for s, e in self._said() for t in self.doc.char_span(s, e, alignment_mode="contract") or ()]
        self.inside = {t.i for t in self.tokens}
        self.text = " ".join(text_of(self.doc)[s:e] for s, e in self._said())
        self.role = role_words(source) | {w.rstrip("s") for w in role_words(source)}
        self.credited = {
            t.i
            for t in self.tokens
            if (t.dep_ == "nsubj" and t.head.i in self.inside and alignment.credits(t.head))
            or alignment.under_credit(t)
        }
        """Where the claim names those of whom it speaks well by what they do."""

    def _said(self) -> list[Range]:
        """The claim; of a denial, what is denied. Where the claim is a whole sentence that says who said it: what."""
        content = [r for d in self.drafts for r in d.content]
        if self.stand.denies and sum(e - s for s, e in content) > _POINTS_BACK:
            return content
        spans = self.statement.spans
        if self.stand.denies or not any(s <= c[0] and c[1] <= e for d in self.drafts for c in d.cue for s, e in spans):
            return spans
        return [r for r in content if any(s <= r[0] and r[1] <= e for s, e in spans)] or spans

    def read(self) -> Stand | None:
        """The position; None for an outlet, a poll, and a source that nothing is known of."""
        if self.source.kind in _NO_SPEAKERS and not self._of_a_state():
            return None
        self.stand.ties = ties_of(self.source, self.names, self.doc)
        self._channel()
        self._parties()
        self._own_side()
        self._case()
        self._labour()
        self._trade()
        self._paid_study()
        self._bets()
        self._motives()
        self._personal()
        self.stand.aside = self._aside()
        self.stand.against = self._against()
        self.stand.signs = self._signs()
        return self.stand if self.stand.ties or self.stand.findings else None

    # -- who is in the claim

    def _parties(self) -> None:
        """The names in the claim, the speaker's own side in its pronouns, and the only other one a pronoun can mean."""
        by_name: dict[str, list[Token]] = {}
        for t in self.tokens:
            if (n := self.names.of(t) or self.names.common(t)) is not None:
                by_name.setdefault(n.canonical, []).append(t)
        accused = {
            n.canonical
            for d in self.drafts
            if d.stance == Stance.ACCUSE and d.head is not None and not self.stand.denies
            for c in d.head.children
            if c.dep_ in ("dobj", "nsubjpass") and (n := self.names.near(c)) is not None
        }
        for name in accused:
            by_name.setdefault(name, [])
        for name, mentions in by_name.items():
            said = Effect.HARMED if name in accused else self._effect(mentions)
            self.stand.parties[name] = (said, 1.0, name in accused or any(_acts(t) for t in mentions))
        own = self._own_mentions()
        if own and self.stand.ties:
            said = valence.effect(own, self.inside)
            for tie in self.stand.ties[:2]:
                self.stand.parties.setdefault(tie.group.canonical, (said, 1.0, any(_acts(t) for t in own)))
        others = [t for t in self.tokens if t.lower_ in _THIRD_ONE and self._quoted(t)]
        if others and (meant := self._meant(others[0])) is not None:
            does = any(_acts(t) for t in others)
            self.stand.parties.setdefault(meant.canonical, (self._effect(others), _UNSURE, does))

    def _effect(self, mentions: list[Token]) -> Effect:
        """What the claim says of somebody: what it credits them with counts before how it sounds."""
        return Effect.HELPED if any(t.i in self.credited for t in mentions) else valence.effect(mentions, self.inside)

    def _credits_others(self) -> bool:
        """Whether the claim speaks well of somebody else by what they did."""
        own = {tie.group.key for tie in self.stand.ties}
        return not self.stand.denies and any(not self._is_own(self.doc[i], own) for i in self.credited)

    def _own_mentions(self) -> list[Token]:
        """Where the claim speaks of its speaker: "we" in a quotation, "he" and "it" in reported speech."""
        found = []
        # "We" of somebody who speaks for nobody is all of us.
        nation = self.source.kind == SourceKind.NAMED_PERSON and not self.role & _SPOKES
        for t in self.tokens:
            quoted = self._quoted(t)
            if (quoted and t.lower_ in (_ALONE if nation else _FIRST)) or (
                not quoted and t.lower_ in _THIRD and self._speaker(t)
            ):
                found.append(t)
        return found

    def _speaker(self, pronoun: Token) -> bool:
        """Whether a pronoun in reported speech can be its speaker: nobody else is named in the claim before it."""
        own = {tie.group.key for tie in self.stand.ties}
        one = pronoun.lower_ in _THIRD_ONE
        if one and self.source.kind not in (SourceKind.NAMED_PERSON, SourceKind.UNNAMED_PERSON):
            return False
        return not any(
            (n := self.names.of(t)) is not None and n.key not in own and n.person == one
            for t in self.tokens
            if t.i < pronoun.i
        )

    def _quoted(self, t: Token) -> bool:
        return any(q.start <= t.idx < q.end for q in self.at.marks)

    def _meant(self, pronoun: Token) -> Name | None:
        """The one other person named shortly before; None where it could be several."""
        own = {tie.group.key for tie in self.stand.ties} | {normal(self.source.name)}
        before: dict[str, Name] = {}
        for t in self.doc[max(0, pronoun.i - _LOOK_BACK) : pronoun.i]:
            n = self.names.of(t)
            if n is not None and n.person and n.key not in own:
                before[n.key] = n
        return next(iter(before.values())) if len(before) == 1 else None

    # -- what the article shows of a stake by itself

    def _add(
        self, kind: StakeType, align: float, tie: Tie | None, shows: str, words: Iterable[tuple[Range, str]] = ()
    ) -> None:
        for f in self.stand.findings:
            if f.type == kind:
                if align > f.alignment:
                    f.alignment, f.shows, f.words = align, shows, list(words)
                return
        group = tie.group.canonical if tie else None
        strength = tie.strength if tie else 1.0
        self.stand.findings.append(Found(kind, align, group, strength, shows, list(words)))

    def _own_side(self) -> None:
        """It denies, clears or justifies what its own side is said to have done."""
        cue = self.drafts[0].cue
        shown = [(cue[0], "denies it")] if cue else []
        for tie in self.stand.ties:
            name = tie.group.canonical
            own = self._concerns(tie)
            if self.stand.denies:
                wrong = alignment.blames(self.text)
                if (wrong or own) and alignment.said_of_own_side(self.doc, self.names.names, self._said(), tie.group):
                    self._add(
                        StakeType.SELF_EXCULPATING,
                        1.0 if wrong else _PARTLY,
                        tie,
                        f"denies what is said of {name}",
                        shown,
                    )
                continue
            if not own:
                self._under_criticism(tie)
                continue
            outright = alignment.outright(self.tokens)
            if alignment.clears(outright):
                self._add(StakeType.SELF_EXCULPATING, 1.0, tie, f"clears {name}")
                continue
            if self.drafts[0].head is not None and self.drafts[0].head.lemma_.lower() in _DEFENDS:
                self._add(StakeType.SELF_EXCULPATING, 1.0, tie, f"defends what {name} did", shown)
                continue
            charges = [
                c
                for c in self.at.accused.charges(name)
                if self._outside(c.words) and not c.by & {tie.group.key, normal(self.source.name)}
            ]
            charges = [c for c in charges if self._answers(c)]
            if not charges:
                self._under_criticism(tie)
                self._stands_up(tie, cue)
                continue
            said = self.stand.parties[name][0] if name in self.stand.parties else Effect.MENTIONED
            if (
                any(c.by for c in charges)
                or _JUSTIFIES.search(outright)
                or self.statement.negated
                or said == Effect.HELPED
            ):
                self._add(
                    StakeType.SELF_EXCULPATING,
                    1.0,
                    tie,
                    f"answers for {name}, who {charges[0].shows.removeprefix(name).strip()}",
                    [(charges[0].words, charges[0].shows)],
                )

    def _stands_up(self, tie: Tie, cue: Sequence[Range]) -> None:
        """It insists that its own side did no wrong, whoever may have said so: a weak sign."""
        head = self.drafts[0].head
        if head is None or head.lemma_.lower() not in _INSISTS or not cue:
            return
        if self.statement.negated or _JUSTIFIES.search(self.text):
            words = [(cue[0], f"it {head.text.lower()} so")]
            self._add(StakeType.SELF_EXCULPATING, _WEAKLY, tie, f"stands up for {tie.group.canonical}", words)

    def _answers(self, charge: Charge) -> bool:
        """Whether the claim is about what somebody is charged with: so many stems in common, names left out."""
        needed = _SAME_MATTER if charge.by else 1
        return len((charge.stems & self.statement.stems) - self.statement.actors) >= needed

    def _under_criticism(self, tie: Tie) -> None:
        """It is charged or criticised in the article, and speaks of something else: a weak sign."""
        charges = [c for c in self.at.accused.charges(tie.group.canonical) if self._outside(c.words) and not c.by]
        if charges and not self._credits_others():
            words = [(charges[0].words, charges[0].shows)]
            self._add(StakeType.SELF_EXCULPATING, _WEAKLY, tie, f"is itself in question: {charges[0].shows}", words)

    def _concerns(self, tie: Tie) -> bool:
        """Whether the claim is about this side: it is named in it, or "we" or "he" there is."""
        return any(normal(name) == tie.group.key for name in self.stand.parties)

    def _case(self) -> None:
        """A lawyer for a client, a party to a case, a pleading."""
        for tie in self.stand.ties:
            if self._represents(tie):
                self._add(
                    StakeType.LITIGANT,
                    1.0,
                    tie,
                    f"speaks for {tie.group.canonical} as a lawyer",
                    [(tie.words, f"lawyer for {tie.group.canonical}")] if tie.words else (),
                )
                return
        text = text_of(self.doc)
        for s, e in self.source.mentions:
            if not (self.role & LAWYER_ROLES or _LAWYER.search(text, s, e)):
                continue
            m = _FOR_CLIENT.search(text, max(0, s - 60), e + 60)
            if m is not None and not _NO_CLIENT.search(m[0]):
                words = [((m.start(), m.end()), "speaks for a client")]
                self._add(StakeType.LITIGANT, 1.0, None, "speaks for a client as a lawyer", words)
                return
        if self.source.kind == SourceKind.DOCUMENT and (m := _PLEADINGS.search(self.source.name)):
            self._add(StakeType.LITIGANT, 1.0, None, f"is a party’s own {m[0].lower()}", self._words_of_source())
            return
        for tie in self.stand.ties:
            charges = [c for c in self.at.accused.charges(tie.group.canonical) if c.court and self._outside(c.words)]
            if charges and self._concerns(tie):
                self._add(
                    StakeType.LITIGANT,
                    _AS_PARTY,
                    tie,
                    f"is a party to the case: {charges[0].shows}",
                    [(charges[0].words, charges[0].shows)],
                )
                return
        for d in self.drafts:
            at = (d.cue or d.content)[0][0]
            sentence = self.doc.char_span(at, at + 1, alignment_mode="expand")
            m = None
            if sentence is not None:
                m = _IN_COURT_PAPERS.search(text, sentence.sent.start_char, sentence.sent.end_char)
            if m is not None and self._outside((m.start(), m.end())) and not self._aside():
                words = [((m.start(), m.end()), "said in a court paper")]
                mine = self.stand.ties[0] if self.stand.ties else None
                self._add(StakeType.LITIGANT, _AS_PARTY, mine, "says so in a paper for the court", words)
                return
        if self.role & frozenset("plaintiff defendant appellant litigant claimant".split()):
            self._add(StakeType.LITIGANT, _AS_PARTY, None, "is a party to the case", self._words_of_source())

    def _labour(self) -> None:
        """A union, or who speaks for one, in an article on a strike or a demand of its members."""
        if self._credits_others():
            return
        for tie in self.stand.ties:
            if not (category_of(tie.group.canonical) == AffiliationCategory.UNION or tie.group.key in _UNIONS):
                continue
            m = next((m for m in _STRIKE.finditer(text_of(self.doc)) if self._outside((m.start(), m.end()))), None)
            if m is not None:
                words = [((m.start(), m.end()), "a labour dispute")]
                align = _PARTLY if valence.sound(self.tokens) == Effect.HELPED else 1.0
                self._add(StakeType.BENEFICIARY, align, tie, f"{tie.group.canonical} is in a labour dispute", words)
                self._add(StakeType.ADVERSARY, align, tie, f"{tie.group.canonical} is in a labour dispute", words)
            return

    def _of_a_state(self) -> bool:
        """Whether an outlet is a state's or a party's: "the state-run news agency"."""
        text = text_of(self.doc)
        return any(_STATE_RUN.search(text, max(0, s - 30), e + 10) for s, e in self.source.mentions)

    def _channel(self) -> None:
        """Who passed on what a document or an unnamed source says, or owns the outlet that says it: a source too."""
        text = text_of(self.doc)
        if self.source.kind in _SPEAK_FOR_THEMSELVES:
            return
        for s, e in self.source.mentions:
            m = _PASSED_ON.search(text, s, e + 40)
            if m is None and self.source.kind not in _NO_SPEAKERS:
                continue
            words = (m.start(), m.end()) if m is not None else (s, e)
            start, end = (m.end(), m.end() + 60) if m is not None else (max(0, s - 40), e)
            span = self.doc.char_span(start, end, alignment_mode="expand")
            by = next((n for t in span or () if (n := self.names.of(t) or self.names.common(t)) is not None), None)
            if by is not None and all(by.key != t.group.key for t in self.stand.ties):
                self.stand.ties.append(Tie(by, _PASSED, words))
                self._add(
                    StakeType.CHANNEL,
                    1.0,
                    self.stand.ties[-1],
                    f"passed on by {by.canonical}",
                    [(words, "the channel")],
                )
                return

    def _represents(self, tie: Tie) -> bool:
        """Whether the source is the client's lawyer: "a lawyer for G", "G's lawyer", not a lawyer of the firm G."""
        if not self.role & LAWYER_ROLES or tie.group.key == normal(self.source.name):
            return False
        if category_of(tie.group.canonical) in _NO_CLIENTS:
            return False
        if tie.group.person:
            return True
        text = text_of(self.doc)
        spans = [a.span for a in self.source.affiliations if a.span and normal(a.name) == tie.group.key]
        return any(
            _FOR.search(text[max(0, s - 24) : s]) or text[e : e + 2] in ("'s", "’s", "' ", "’ ") for s, e in spans
        )

    def _trade(self) -> None:
        """It praises what its own company makes or is, or lobbies for an industry."""
        if self.stand.denies:
            return
        described = " ".join([self.source.name, self.source.role or ""])
        if _LOBBY.search(described):
            if valence.sound(self.tokens) != Effect.MENTIONED:
                self._add(StakeType.COMMERCIAL, 1.0, None, "lobbies for its industry", self._words_of_source())
                self._add(StakeType.FUNDED, 1.0, None, "is paid to speak for its industry", self._words_of_source())
            return
        for start, end in (r for d in self.drafts for r in d.source):
            m = _ITS_MAKER.search(text_of(self.doc), max(0, start - _BEFORE_IT), end)
            if m is not None and valence.sound(self.tokens) != Effect.HARMED:
                shown = [((m.start(), m.end()), "makes or owns what the claim is about")]
                mine = self.stand.ties[0] if self.stand.ties else None
                self._add(StakeType.COMMERCIAL, 1.0, mine, f"is the {m[1].lower()} of what the claim is about", shown)
                return
        for tie in self.stand.ties:
            category = category_of(tie.group.canonical)
            if _INDUSTRY.search(tie.group.canonical) and _POLICY.search(self.text):
                words = [(tie.words, f"speaks for {tie.group.canonical}")] if tie.words else ()
                self._add(StakeType.COMMERCIAL, 1.0, tie, f"speaks for its industry, {tie.group.canonical}", words)
            company = (
                category in _COMPANIES
                or any(a.category in _COMPANIES and normal(a.name) == tie.group.key for a in self.source.affiliations)
                or (bool(self.role & _SELLS) and tie.group.key != normal(self.source.name))
            )
            if not company or tie.group.person:
                continue
            said = self.stand.parties.get(tie.group.canonical)
            if (said is not None and said[0] == Effect.HELPED) or (
                _BEST.search(self.text) and (said is not None or self._praises_only_itself())
            ):
                words = [(tie.words, f"speaks for {tie.group.canonical}")] if tie.words else ()
                self._add(StakeType.COMMERCIAL, 1.0, tie, f"speaks well of its own side, {tie.group.canonical}", words)

    def _praises_only_itself(self) -> bool:
        """Whether the claim names nobody: "no other service deletes messages as thoroughly"; not "they do it best"."""
        return not any(self.names.of(t) or (t.lower_ in _OTHERS and self._quoted(t)) for t in self.tokens)

    def _paid_study(self) -> None:
        """A study: who paid for it is a relation of the word by which the article calls it."""
        if self.source.kind != SourceKind.DOCUMENT:
            return
        words = set(normal(self.source.name).split()) & _STUDIES
        for word in sorted(words):
            tie = Tie(Name(word), 1.0, self.source.mentions[0] if self.source.mentions else None)
            self.stand.ties.append(tie)
            for r in self.at.relations.get(word, ()):
                about = frozenset(stems(r.other_name)) & self.statement.stems
                if r.type == RelationType.FUNDED_BY and about and self._outside(r.words):
                    shows = f"paid for by {r.other_name}, whose business it is about"
                    said = [(r.words, r.shows)]
                    self.stand.findings.append(Found(StakeType.FUNDED, 1.0, r.other_name, tie.strength, shows, said))

    def _bets(self) -> None:
        """A short seller gains when what it speaks ill of falls."""
        m = next((m for s, e in self.source.mentions if (m := _SHORT.search(text_of(self.doc), s, e))), None)
        ill = any(d.stance == Stance.ACCUSE for d in self.drafts) or any(
            effect != Effect.HELPED for effect, _, _ in self.stand.parties.values()
        )
        if m is not None and ill:
            shows = "gains when what it speaks ill of falls"
            self._add(StakeType.COMMERCIAL, 1.0, None, shows, [(m.span(), shows)])

    def _motives(self) -> None:
        """Somebody says that the source has a motive."""
        own = {tie.group.key for tie in self.stand.ties} | {normal(self.source.name)}
        for m in self.at.motives:
            if m.holder.key not in own or not self._outside(m.words):
                continue
            if m.by is not None and m.by in own:
                continue
            tie = next((t for t in self.stand.ties if t.group.key == m.holder.key), None)
            f = Found(
                StakeType.STATED_MOTIVE,
                1.0,
                m.holder.canonical,
                tie.strength if tie else 1.0,
                m.shows,
                [(m.words, m.shows)],
                stated_by=m.by_name,
            )
            self.stand.findings.append(f)
            return

    def _personal(self) -> None:
        """Dismissed by, or a relative of, somebody in the claim: it adds to a stake and never makes one."""
        described = " ".join([self.source.name, self.source.role or ""])
        text = text_of(self.doc)
        near = " ".join(text[max(0, s - 30) : e + 90] for s, e in self.source.mentions[:2])
        if not (
            self.role & _RELATIVES or _EX.search(described) or re.search(r"\bwas (?:fired|sacked|dismissed)\b", near)
        ):
            return
        if any(e != Effect.MENTIONED for e, _, _ in self.stand.parties.values()):
            self._add(
                StakeType.PERSONAL, 1.0, None, "has a personal tie to somebody in the claim", self._words_of_source()
            )

    def _signs(self) -> tell.Signs:
        """What this pair looks like."""
        stand, ties = self.stand, self.stand.ties
        names = {normal(t.group.canonical) for t in ties}
        charges = [
            c
            for t in ties
            for c in self.at.accused.charges(t.group.canonical)
            if self._outside(c.words) and not c.by & names
        ]
        persons = frozenset(n.canonical for n in self.names.all if n.person)
        quoted = (self._quoted(t) for t in self.tokens)
        justifies = _JUSTIFIES.search(self.text) is not None
        found = {
            **tell.of_words(self.doc, self.tokens, quoted, self.drafts[0], justifies),
            **tell.of_source(self.source, frozenset(self.role)),
            **tell.of_parties(stand.parties, ties, persons, charges),
            **tell.of_article(self.doc),
            "by a pronoun": float(all(self._called(d) in _FIRST | _THIRD for d in self.drafts)),
            "negated": float(self.statement.negated),
            "headline": float(self.statement.headline),
            "denies": float(stand.denies),
            "aside": float(stand.aside is not None),
            "against itself": float(stand.against is not None),
        }
        types = [f.type for f in stand.findings]
        return found | tell.of_relations(ties, stand.parties, self.at.relations, found, types)

    def _called(self, d: Draft) -> str:
        """What an attribution calls the source."""
        return " ".join(text_of(self.doc)[s:e] for s, e in d.source).lower()

    def _words_of_source(self) -> list[tuple[Range, str]]:
        return [(self.source.mentions[0], "the source")] if self.source.mentions else []

    def _outside(self, words: Range) -> bool:
        """Whether what shows a stake stands outside the claim."""
        return not any(words[0] < e and s < words[1] for s, e in self.statement.spans)

    # -- what no stake can come from

    def _aside(self) -> str | None:
        """Why no stake can come from this pair; None where one can."""
        if self.role & _JOURNALISTS:
            return "a journalist"
        if (self.role & _VICTIM_ROLES) or any(a.category in _VICTIMS for a in self.source.affiliations):
            return "tells what happened to them"
        if not self.role and not self.source.affiliations and self._was_there():
            return "tells what happened to them"
        called = self.source.name
        person = self.source.kind == SourceKind.NAMED_PERSON
        if self.role & _JUDGES:
            return "a ruling or a record"
        if not person and _RECORDS.search(called) and not _PLEADINGS.search(called):
            return "a ruling or a record"
        if all(d.stance in _NO_STATEMENT for d in self.drafts):
            return "says what it wants or intends"
        text = text_of(self.doc)
        if any(_UNSAID.search(text[s:e]) for d in self.drafts for s, e in d.cue):
            return "is said not to have said it"
        if _PENDING.search(self.text):
            return "says that something is not decided yet"
        if self._plans():
            return "says what it will do"
        dated = any(t.ent_type_ in tell.TIMES for t in self.tokens)
        if dated and _PROCEDURE.search(self.text) and valence.sound(self.tokens) == Effect.MENTIONED:
            return "says when something takes place"
        return None

    def _was_there(self) -> bool:
        """Whether the text says of somebody without a role that it happened to them, or that they were there: "who was
        trapped in the lift", "who lost his wife", "whose barn was burned", "who lives nearby"."""
        for s, e in self.source.mentions:
            span = self.doc.char_span(s, e, alignment_mode="expand")
            for v in span.root.children if span is not None else ():
                if v.dep_ != "relcl":
                    continue
                lemma, subject = v.lemma_.lower(), child(v, "nsubj", "nsubjpass")
                if subject is None:
                    continue
                whose, lost = child(subject, "poss"), child(v, "dobj")
                dear = subject if whose is not None and whose.lower_ == "whose" else lost if lemma == "lose" else None
                if dear is not None:
                    there = dear.lemma_.lower() in _DEAR
                else:
                    there = lemma in (_HARMED if subject.dep_ == "nsubjpass" else _SAW)
                    there = there or (lemma == "live" and any(c.lower_ in ("nearby", "there") for c in v.children))
                if there:
                    return True
        return False

    def _plans(self) -> bool:
        """Whether all that is said is what the speaker will do: "we will appeal"."""
        own = {tie.group.key for tie in self.stand.ties}
        subjects = [t for t in self.tokens if t.dep_ in ("nsubj", "nsubjpass")]
        first = next((t for t in subjects if any(c.lower_ in _WILL for c in t.head.children)), None)
        return (
            first is not None
            and first is subjects[0]
            and self._is_own(first, own)
            and valence.sound(self.tokens) == Effect.MENTIONED
        )

    def _against(self) -> str | None:
        """Why the source speaks against its own interest; None where it does not."""
        if any(d.stance == Stance.ADMIT for d in self.drafts):
            return "admits it"
        if self.stand.denies:
            return None
        own = {tie.group.key for tie in self.stand.ties}
        rivals = {r.other_key for key in own for r in self.at.relations.get(key, ()) if r.type == RelationType.RIVAL_OF}
        praised = (self.names.near(self.doc[i]) for i in sorted(self.credited))
        if (rival := next((n for n in praised if n is not None and n.key in rivals - own), None)) is not None:
            return f"speaks well of {rival.canonical}"
        subjects = [t for t in self.tokens if t.dep_ in ("nsubj", "nsubjpass")]
        if alignment.outdone(self.text) and not any(self._is_own(t, own) or self._of_own(t) for t in subjects):
            return "says that others are better"
        for t in subjects:
            if not self._is_own(t, own):
                continue
            if t.head.dep_ in ("acl", "relcl"):
                continue  # "reports that it broke the law were false"
            clause = " ".join(x.text for x in t.head.subtree if x.i in self.inside and not _nested(x, t.head))
            if alignment.confesses(clause) and child(t.head, "neg") is None and not self._suffers(t.head, t):
                return "says what is bad for its own side"
        return None

    def _of_own(self, t: Token) -> bool:
        """Whether it is called the speaker's: "our new pump"."""
        owner = child(t, "poss")
        return owner is not None and owner.lower_ in _FIRST | _THIRD

    def _is_own(self, t: Token, own: set[str]) -> bool:
        owner = child(t, "poss")
        if owner is not None and owner.lower_ in _FIRST | _THIRD and t.lemma_.lower() in _OWN_THINGS:
            t = owner if not any(c.lower_ == "former" or c.dep_ == "appos" for c in t.children) else t
        n = self.names.near(t)
        if n is not None:
            return n.key in own
        quoted = self._quoted(t)
        return (quoted and t.lower_ in _FIRST) or (not quoted and t.lower_ in _THIRD and self._speaker(t))

    def _suffers(self, verb: Token, subject: Token) -> bool:
        """Whether the own side is what something bad is done to: "we were attacked"."""
        return subject.dep_ == "nsubjpass" or any(c.dep_ == "agent" for c in verb.children)
