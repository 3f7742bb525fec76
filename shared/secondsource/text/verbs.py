"""Irregular verbs of news English: their past and participle where a stemmer does not bring them to the verb.

Written from general knowledge of English; verbs whose forms are all alike, or regular, are left out.
"""

_PRINCIPAL_PARTS = (
    "arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun|"
    "bend bent bent|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|"
    "breed bred bred|bring brought brought|build built built|burn burnt burnt|buy bought bought|catch caught caught|"
    "choose chose chosen|come came come|deal dealt dealt|dig dug dug|do did done|draw drew drawn|drink drank drunk|"
    "drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|"
    "find found found|flee fled fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|"
    "forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone|grow grew grown|"
    "hang hung hung|hear heard heard|hide hid hidden|hold held held|keep kept kept|know knew known|lay laid laid|"
    "lead led led|leave left left|lend lent lent|lie lay lain|light lit lit|lose lost lost|make made made|"
    "mean meant meant|meet met met|pay paid paid|ride rode ridden|ring rang rung|rise rose risen|run ran run|"
    "say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|shake shook shaken|shoot shot shot|"
    "show showed shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|"
    "speak spoke spoken|spend spent spent|stand stood stood|steal stole stolen|stick stuck stuck|"
    "strike struck struck|swear swore sworn|swim swam swum|take took taken|teach taught taught|tear tore torn|"
    "tell told told|think thought thought|throw threw thrown|understand understood understood|wake woke woken|"
    "wear wore worn|win won won|withdraw withdrew withdrawn|write wrote written"
)

IRREGULAR: dict[str, tuple[str, str]] = {
    verb: (past, participle) for verb, past, participle in (parts.split() for parts in _PRINCIPAL_PARTS.split("|"))
}
"""The past and the participle of a verb."""

_FORMS = {form: (verb, *parts) for verb, parts in IRREGULAR.items() for form in (verb, *parts)}


def forms(word: str) -> tuple[str, ...]:
    """A word in lower case and, of an irregular verb, all its forms: "forbade" is "forbid" and "forbidden"."""
    return _FORMS.get(word.casefold(), (word.casefold(),))
