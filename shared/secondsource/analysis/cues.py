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


def _lexicon(entries: tuple[tuple[Cue, str], ...]) -> dict[str, Cue]:
    """The sense of each word, from senses with their words."""
    return {word: cue for cue, words in entries for word in words.split()}


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
        "email text message rule determine hear learn find discover calculate record signal "
        "concur chime posit theorize hypothesize rant gush offer chant cry proclaim preach intone snap bark volunteer "
        "advertise plead attest vouch certify verify crow gripe marvel protest begin finish interrupt describe "
        "retweet caption sum detail outline publicize rebut",
    ),
    (Stance.ASSERT, _S, "co", "announce reveal disclose indicate show suggest demonstrate specify tout"),
    (Stance.ASSERT, _S, "ct", "claim profess purport"),
    (Stance.ASSERT, _S, "ao", "describe characterize characterise portray depict label brand dub term hail praise"),
    (Stance.ASSERT, _S, "a", "call"),
    (Stance.CONFIRM, _S, "co", "confirm affirm reaffirm corroborate validate verify"),
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
    (Stance.ORDER, _S, "cp", "instruct direct command implore beg exhort encourage counsel"),
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
        VERBS[_word] = (*VERBS.get(_word, ()), Cue(_stance, _label, _frames))

NOT_REPORTING = frozenset(
    "be have do make let ensure mean get go come give take keep cause help allow enable force require prove happen "
    "seem appear look sound matter depend wait use try start stop cease need like love hate prevent lead leave put "
    "turn run bring set send change become remain stay follow result guarantee "
    "watch spend win lose contain include involve carry bear hold mandate stipulate provide "
    "check trigger prompt qualify pass sign kill".split()
)
"""Verbs whose clausal complements are no reported content."""

FIXED_FRAMES: dict[str, str] = {
    "call": "for on",
    "accuse": "of",
    "blame": "for on",
    "warn": "of about against",
    "ask": "for",
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

PREPOSITION_VERBS = _lexicon(
    (
        (Cue(Stance.ORDER), "call insist advocate"),
        (Cue(Stance.ACCUSE), "accuse blame complain criticize criticise condemn denounce fault slam blast"),
        (Cue(Stance.PREDICT), "warn"),
        (Cue(Stance.ASK), "ask plead"),
        (Cue(Stance.ADMIT), "admit confess apologize apologise"),
        (Cue(Stance.ASSERT), "hint boast praise tell argue"),
        (Cue(Stance.DENY), "object"),
        (Cue(Stance.BELIEVE, _B), "worry"),
    )
)
"""The sense of a verb with such a preposition, where it is not the verb's own."""

NOUNS = _lexicon(
    (
        (
            Cue(Stance.ASSERT),
            "claim statement assertion remark comment contention argument report account testimony announcement "
            "rumor rumour suggestion revelation disclosure indication finding conclusion declaration insistence "
            "explanation message reminder talk notion speculation news word",
        ),
        (Cue(Stance.DENY), "denial rejection"),
        (Cue(Stance.ACCUSE), "allegation accusation charge complaint criticism"),
        (Cue(Stance.CONFIRM), "confirmation assurance"),
        (Cue(Stance.ADMIT), "admission confession acknowledgment acknowledgement"),
        (Cue(Stance.PREDICT), "prediction warning forecast threat"),
        (Cue(Stance.ORDER), "demand call order recommendation advice proposal"),
        (Cue(Stance.ASK), "request appeal plea question"),
        (Cue(Stance.INTEND), "promise pledge vow offer commitment decision refusal"),
        (Cue(Stance.INTEND, _B), "plan intention desire wish determination willingness"),
        (
            Cue(Stance.BELIEVE, _B),
            "belief view opinion idea theory suspicion fear concern worry impression assumption feeling",
        ),
        (Cue(Stance.DOUBT, _B), "doubt skepticism scepticism"),
        (Cue(Stance.OTHER, _B), "hope expectation"),
    )
)
"""Nouns that report what they announce: "the claim that", "a plan to"."""

NOUN_PREPOSITIONS: dict[str, str] = {
    "report": "of",
    "allegation": "of",
    "accusation": "of",
    "claim": "of",
    "rumor": "of",
    "rumour": "of",
    "warning": "of about",
    "threat": "of",
    "prediction": "of",
    "call": "for",
    "demand": "for",
    "request": "for",
    "plea": "for",
    "appeal": "for",
    "promise": "of",
    "pledge": "of",
    "fear": "of about",
    "denial": "of",
    "admission": "of",
    "plan": "for",
    "suspicion": "of",
    "hope": "of for",
    "concern": "about over",
    "confession": "of",
    "suggestion": "of",
    "forecast": "of",
    "complaint": "of about",
    "criticism": "of",
}
"""Prepositions that introduce a noun's content."""

ADVERBS = _lexicon(
    (
        (Cue(Stance.ASSERT), "reportedly purportedly reputedly"),
        (Cue(Stance.ACCUSE), "allegedly"),
        (Cue(Stance.DOUBT), "supposedly"),
    )
)
"""Adverbs that report their clause, the source unnamed."""

ADJECTIVES = _lexicon(
    (
        (Cue(Stance.BELIEVE, _B), "confident convinced certain sure aware worried concerned afraid"),
        (Cue(Stance.OTHER, _B), "hopeful glad proud happy surprised disappointed"),
        (Cue(Stance.PREDICT, _B), "optimistic pessimistic"),
        (Cue(Stance.ASSERT), "adamant"),
        (Cue(Stance.DOUBT, _B), "skeptical sceptical doubtful unsure"),
        (Cue(Stance.ADMIT), "sorry"),
        (Cue(Stance.INTEND, _B), "willing eager determined ready keen reluctant"),
        (Cue(Stance.DENY), "wrong"),
    )
)
"""Copula, adjective and that-clause or infinitive: "is confident that", "is hopeful", "are convinced"."""

PASSIVE_STANCE = _lexicon(
    (
        (Cue(Stance.PREDICT, _B), "expect project forecast anticipate"),
        (
            Cue(Stance.BELIEVE, _B),
            "see view regard know estimate believe think presume consider understand suspect fear assume deem",
        ),
        (Cue(Stance.INTEND, _B), "schedule"),
        (
            Cue(Stance.ASSERT),
            "rumor rumour report say claim announce describe quote tell reveal disclose call cite dub intimate",
        ),
        (Cue(Stance.OTHER, _B), "hope"),
        (Cue(Stance.ACCUSE), "allege accuse blame criticize criticise condemn"),
        (Cue(Stance.CONFIRM), "confirm"),
        (Cue(Stance.PREDICT), "predict warn"),
        (Cue(Stance.ORDER), "advise order urge"),
        (Cue(Stance.ASK), "ask"),
    )
)
"""The sense with no source named: "is said to", "was expected to"."""

DOCUMENT_NOUNS = frozenset(
    "report study poll paper document statement letter survey complaint lawsuit suit filing indictment affidavit memo "
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
