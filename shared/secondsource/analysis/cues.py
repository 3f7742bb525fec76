"""The cue lexicon: which words report, in which sense, with which complements.

Open, not closed: a verb that is missing here still reports when it frames a quotation or a that-clause
(``unknown``), unless it is listed as one that does not (``NOT_REPORTING``).

Senses follow the stances of the annotation guide (assert, deny, ...), grouped after the reporting-verb
classes of Bergler (1992) and the PARC 3.0 cue inventory's description; the lists are our own.
Frames: ``c`` finite clause or quotation, ``t`` to-infinitive with the source as subject, ``p`` object and
to-infinitive (urge X to), ``o`` object noun phrase, ``a`` object and "as"/predicate (describe X as, call X Y),
``f`` preposition and its object (warn of, accuse X of, call for).
"""

from dataclasses import dataclass

from secondsource.model import Label, Stance


@dataclass(frozen=True)
class Cue:
    """One sense of a reporting word."""

    stance: Stance
    label: Label = Label.SPEECH
    frames: str = "c"


_S, _B = Label.SPEECH, Label.STANCE

_VERBS: tuple[tuple[Stance, Label, str, str], ...] = (
    (
        Stance.ASSERT,
        _S,
        "c",
        "say add state note explain tell write comment remark observe continue conclude report reply respond answer "
        "recall recount argue contend maintain insist assert declare stress emphasize emphasise underline underscore "
        "highlight mention reiterate repeat clarify elaborate hint imply joke quip tweet post blog testify swear "
        "whisper shout yell exclaim mutter tease boast brag lament complain grumble caution quote cite echo "
        "opine muse reflect reason counter retort object interject summarize summarise relate narrate "
        "write email text message rule determine hear learn find discover calculate record signal counter "
        "concur chime posit theorize hypothesize rant gush offer chant cry proclaim preach intone snap bark volunteer "
        "advertise plead attest vouch certify verify crow gripe marvel protest begin finish interrupt describe elaborate "
        "retweet caption sum elaborate detail outline publicize rebut",
    ),
    (Stance.ASSERT, _S, "co", "announce reveal disclose indicate show suggest demonstrate specify confess-not tout"),
    (Stance.ASSERT, _S, "ct", "claim profess purport"),
    (Stance.ASSERT, _S, "ao", "describe characterize characterise portray depict label brand dub term hail praise"),
    (Stance.ASSERT, _S, "a", "call"),
    (Stance.CONFIRM, _S, "co", "confirm affirm reaffirm corroborate acknowledge-not validate verify"),
    (Stance.ADMIT, _S, "cof", "admit acknowledge concede confess"),
    (Stance.ADMIT, _S, "f", "apologize apologise"),
    (Stance.DENY, _S, "co", "deny refute dispute rebuff dismiss reject contradict repudiate disavow rebut debunk"),
    (Stance.DENY, _S, "f", "disagree"),
    (Stance.DOUBT, _S, "co", "doubt question"),
    (Stance.ACCUSE, _S, "cf", "allege accuse blame"),
    (
        Stance.ACCUSE,
        _S,
        "of",
        "criticize criticise condemn denounce slam blast decry fault chide lambast lambaste "
        "deride rebuke assail castigate ridicule mock bash",
    ),
    (Stance.ORDER, _S, "ctpof", "demand"),
    (Stance.ORDER, _S, "cpo", "urge order recommend advise"),
    (Stance.ORDER, _S, "cp", "instruct direct command implore beg exhort encourage counsel warn-not"),
    (Stance.ORDER, _S, "of", "advocate"),
    (Stance.PREDICT, _S, "cof", "predict warn forecast foresee project"),
    (Stance.ASK, _S, "cpf", "ask"),
    (Stance.ASK, _S, "cpo", "request"),
    (Stance.ASK, _S, "c", "inquire enquire wonder"),
    (Stance.INTEND, _S, "ct", "promise vow pledge threaten"),
    (Stance.INTEND, _S, "cto", "propose"),
    (Stance.INTEND, _S, "t", "agree offer decline refuse"),
    (Stance.INTEND, _B, "tp", "want wish"),
    (Stance.INTEND, _B, "t", "plan intend aim seek decide aspire opt"),
    (Stance.BELIEVE, _B, "cp", "believe consider"),
    (
        Stance.BELIEVE,
        _B,
        "c",
        "think feel know suspect assume presume reckon realize realise understand imagine suppose estimate guess "
        "recognize recognise agree figure conclude deem remember forget worry fear regret see surmise infer gather "
        "envision envisage speculate",
    ),
    (Stance.PREDICT, _B, "ctp", "expect anticipate"),
    (Stance.OTHER, _B, "ct", "hope"),
    (Stance.OTHER, _B, "to", "prefer"),
    (Stance.OTHER, _S, "o", "support oppose back endorse welcome applaud"),
)

VERBS: dict[str, tuple[Cue, ...]] = {}
for _stance, _label, _frames, _words in _VERBS:
    for _word in _words.split():
        if not _word.endswith("-not"):
            VERBS[_word] = (*VERBS.get(_word, ()), Cue(_stance, _label, _frames))

NOT_REPORTING = frozenset(
    "be have do make let ensure mean get go come give take keep cause help allow enable force require prove happen "
    "seem appear look sound matter depend wait use try start stop cease need like love hate prevent lead leave put "
    "turn run bring set send show-off change become remain stay follow result guarantee "
    "watch spend win lose contain include involve carry bear hold mandate stipulate provide "
    "check assure-not trigger prompt qualify pass sign kill say-so".split()
)
"""Verbs whose clausal complements are no reported content."""

FIXED_FRAMES: dict[str, str] = {
    "call": "for on",
    "accuse": "of",
    "blame": "for on",
    "warn": "of about against",
    "ask": "for",
    "demand": "",
    "speak": "of about",
    "admit": "to",
    "confess": "to",
    "apologize": "for",
    "apologise": "for",
    "disagree": "with",
    "criticize": "for",
    "criticise": "for",
    "condemn": "for as",
    "denounce": "for as",
    "fault": "for",
    "predict": "",
    "plead": "for",
    "appeal": "for to",
    "hint": "at",
    "talk": "of about",
    "boast": "of about",
    "complain": "of about",
    "push": "for",
    "praise": "for",
    "tell": "of about",
    "write": "of about",
    "argue": "for against",
    "insist": "on",
    "object": "to",
    "allude": "to",
    "hear": "of",
    "worry": "about",
    "inform": "of about",
    "urge": "",
    "press": "for",
    "lobby": "for against",
    "vouch": "for",
    "notify": "of",
    "advocate": "for",
    "slam": "for as",
    "blast": "for as",
    "report": "on",
}
"""Prepositions that introduce a verb's content."""

PREPOSITION_VERBS: dict[str, Cue] = {
    "call": Cue(Stance.ORDER),
    "accuse": Cue(Stance.ACCUSE),
    "blame": Cue(Stance.ACCUSE),
    "warn": Cue(Stance.PREDICT),
    "ask": Cue(Stance.ASK),
    "speak": Cue(Stance.ASSERT),
    "admit": Cue(Stance.ADMIT),
    "confess": Cue(Stance.ADMIT),
    "apologize": Cue(Stance.ADMIT),
    "apologise": Cue(Stance.ADMIT),
    "appeal": Cue(Stance.ASK),
    "plead": Cue(Stance.ASK),
    "hint": Cue(Stance.ASSERT),
    "complain": Cue(Stance.ACCUSE),
    "boast": Cue(Stance.ASSERT),
    "push": Cue(Stance.ORDER),
    "press": Cue(Stance.ORDER),
    "criticize": Cue(Stance.ACCUSE),
    "criticise": Cue(Stance.ACCUSE),
    "condemn": Cue(Stance.ACCUSE),
    "denounce": Cue(Stance.ACCUSE),
    "fault": Cue(Stance.ACCUSE),
    "slam": Cue(Stance.ACCUSE),
    "blast": Cue(Stance.ACCUSE),
    "praise": Cue(Stance.ASSERT),
    "insist": Cue(Stance.ORDER),
    "object": Cue(Stance.DENY),
    "worry": Cue(Stance.BELIEVE, Label.STANCE),
    "advocate": Cue(Stance.ORDER),
    "lobby": Cue(Stance.ORDER),
    "tell": Cue(Stance.ASSERT),
    "argue": Cue(Stance.ASSERT),
}

NOUNS: dict[str, Cue] = {}
for _stance, _label, _words in (
    (
        Stance.ASSERT,
        _S,
        "claim statement assertion remark comment contention argument report account testimony "
        "announcement rumor rumour suggestion revelation disclosure indication finding conclusion declaration insistence "
        "explanation message reminder talk notion speculation news word",
    ),
    (Stance.DENY, _S, "denial rejection"),
    (Stance.ACCUSE, _S, "allegation accusation charge complaint criticism"),
    (Stance.CONFIRM, _S, "confirmation assurance"),
    (Stance.ADMIT, _S, "admission confession acknowledgment acknowledgement"),
    (Stance.PREDICT, _S, "prediction warning forecast threat"),
    (Stance.ORDER, _S, "demand call order recommendation advice proposal"),
    (Stance.ASK, _S, "request appeal plea question"),
    (Stance.INTEND, _S, "promise pledge vow offer commitment threat decision refusal"),
    (Stance.INTEND, _B, "plan intention desire wish determination willingness"),
    (Stance.BELIEVE, _B, "belief view opinion idea theory suspicion fear concern worry impression assumption feeling"),
    (Stance.DOUBT, _B, "doubt skepticism scepticism"),
    (Stance.OTHER, _B, "hope expectation"),
):
    for _word in _words.split():
        NOUNS.setdefault(_word, Cue(_stance, _label))

ADVERBS: dict[str, Cue] = {
    "reportedly": Cue(Stance.ASSERT),
    "allegedly": Cue(Stance.ACCUSE),
    "purportedly": Cue(Stance.ASSERT),
    "reputedly": Cue(Stance.ASSERT),
    "supposedly": Cue(Stance.DOUBT),
}

ADJECTIVES: dict[str, Cue] = {
    # copula + adjective + that-clause or infinitive: "is confident that", "is hopeful", "are convinced"
    "confident": Cue(Stance.BELIEVE, _B),
    "hopeful": Cue(Stance.OTHER, _B),
    "convinced": Cue(Stance.BELIEVE, _B),
    "certain": Cue(Stance.BELIEVE, _B),
    "sure": Cue(Stance.BELIEVE, _B),
    "aware": Cue(Stance.BELIEVE, _B),
    "worried": Cue(Stance.BELIEVE, _B),
    "concerned": Cue(Stance.BELIEVE, _B),
    "afraid": Cue(Stance.BELIEVE, _B),
    "optimistic": Cue(Stance.PREDICT, _B),
    "pessimistic": Cue(Stance.PREDICT, _B),
    "adamant": Cue(Stance.ASSERT),
    "skeptical": Cue(Stance.DOUBT, _B),
    "sceptical": Cue(Stance.DOUBT, _B),
    "doubtful": Cue(Stance.DOUBT, _B),
    "unsure": Cue(Stance.DOUBT, _B),
    "glad": Cue(Stance.OTHER, _B),
    "proud": Cue(Stance.OTHER, _B),
    "happy": Cue(Stance.OTHER, _B),
    "sorry": Cue(Stance.ADMIT),
    "surprised": Cue(Stance.OTHER, _B),
    "willing": Cue(Stance.INTEND, _B),
    "eager": Cue(Stance.INTEND, _B),
    "determined": Cue(Stance.INTEND, _B),
    "ready": Cue(Stance.INTEND, _B),
    "keen": Cue(Stance.INTEND, _B),
    "reluctant": Cue(Stance.INTEND, _B),
    "disappointed": Cue(Stance.OTHER, _B),
    "wrong": Cue(Stance.DENY),
}

PASSIVE_STANCE: dict[str, Cue] = {
    # "is said to", "was expected to": the sense with no source named
    "expect": Cue(Stance.PREDICT, _B),
    "see": Cue(Stance.BELIEVE, _B),
    "view": Cue(Stance.BELIEVE, _B),
    "regard": Cue(Stance.BELIEVE, _B),
    "schedule": Cue(Stance.INTEND, _B),
    "rumor": Cue(Stance.ASSERT),
    "rumour": Cue(Stance.ASSERT),
    "know": Cue(Stance.BELIEVE, _B),
    "estimate": Cue(Stance.BELIEVE, _B),
    "believe": Cue(Stance.BELIEVE, _B),
    "think": Cue(Stance.BELIEVE, _B),
    "presume": Cue(Stance.BELIEVE, _B),
    "consider": Cue(Stance.BELIEVE, _B),
    "project": Cue(Stance.PREDICT, _B),
    "forecast": Cue(Stance.PREDICT, _B),
    "understand": Cue(Stance.BELIEVE, _B),
    "feared": Cue(Stance.BELIEVE, _B),
    "suspect": Cue(Stance.BELIEVE, _B),
    "anticipate": Cue(Stance.PREDICT, _B),
    "hope": Cue(Stance.OTHER, _B),
    "fear": Cue(Stance.BELIEVE, _B),
    "assume": Cue(Stance.BELIEVE, _B),
    "report": Cue(Stance.ASSERT),
    "say": Cue(Stance.ASSERT),
    "allege": Cue(Stance.ACCUSE),
    "claim": Cue(Stance.ASSERT),
    "accuse": Cue(Stance.ACCUSE),
    "announce": Cue(Stance.ASSERT),
    "confirm": Cue(Stance.CONFIRM),
    "describe": Cue(Stance.ASSERT),
    "quote": Cue(Stance.ASSERT),
    "tell": Cue(Stance.ASSERT),
    "reveal": Cue(Stance.ASSERT),
    "disclose": Cue(Stance.ASSERT),
    "call": Cue(Stance.ASSERT),
    "predict": Cue(Stance.PREDICT),
    "advise": Cue(Stance.ORDER),
    "order": Cue(Stance.ORDER),
    "urge": Cue(Stance.ORDER),
    "ask": Cue(Stance.ASK),
    "blame": Cue(Stance.ACCUSE),
    "deem": Cue(Stance.BELIEVE, _B),
    "criticize": Cue(Stance.ACCUSE),
    "criticise": Cue(Stance.ACCUSE),
    "cite": Cue(Stance.ASSERT),
    "warn": Cue(Stance.PREDICT),
    "condemn": Cue(Stance.ACCUSE),
    "dub": Cue(Stance.ASSERT),
    "intimate": Cue(Stance.ASSERT),
}

DOCUMENT_NOUNS = frozenset(
    "report study paper document statement letter survey complaint lawsuit suit filing indictment affidavit memo "
    "memorandum email e-mail transcript record bill law ruling order opinion article story editorial column book "
    "website site page release review audit analysis investigation dossier file cable data figure statistic footage "
    "video photo photograph picture image recording tape resolution treaty agreement decree notice advisory bulletin "
    "census index research finding evidence note manifesto petition warrant summary log assessment poster sign "
    "brief leaflet pamphlet ad advertisement graph chart map test result account guideline guidance".split()
)
POLL_NOUNS = frozenset("poll survey".split())
POST_NOUNS = frozenset("tweet post blog thread comment posting status".split())
OUTLET_NOUNS = frozenset(
    "newspaper daily weekly magazine tabloid broadcaster agency station channel network outlet media press radio "
    "broadsheet website blog journal wire newswire paper publication".split()
)
