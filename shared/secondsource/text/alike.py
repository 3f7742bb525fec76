"""Words of news English that say the same of somebody or something, or may: who "died" and who "was killed".

Written from general knowledge of English, to keep apart what is said of one thing in words that do not say the same
("shelled the port", "left the port"), and not what is the same in other words. A word can stand in several groups.
"""

from collections.abc import Iterable
from functools import cache

from secondsource.text.terms import stem
from secondsource.text.verbs import IRREGULAR

_GROUPS = (
    "kill die lose shoot shot slay murder dead death perish assassinate execute|buy acquire purchase "
    "takeover|detain arrest hold apprehend nab custody imprison|capture recapture retake seize take overrun "
    "conquer fall control|resign quit leave depart step retire|fire sack dismiss oust lay shed|raise increase "
    "lift hike rise grow climb soar jump surge more|fall drop decline decrease sink slip plunge tumble cut reduce "
    "lower slash shrink down|close shut shutter|open reopen inaugurate|strike hit bomb shell attack raid pound "
    "target bombard airstrike|sentence jail imprison prison convict year|collapse fall crumble cave|meet talk "
    "discuss negotiate meeting|approve pass back endorse adopt ratify accept agree|shoot shot gun fire open "
    "attack|steal embezzle rob loot theft|refuse decline reject block veto fail|start begin launch commence|order "
    "tell instruct command require|sink destroy burn wreck damage demolish ruin|rescue free save liberate "
    "release|name identify call|wound injure hurt injury treat hospitalise hospitalize|build construct erect "
    "make|move relocate transfer|find discover recover locate|flee leave withdraw pull retreat escape survive "
    "evacuate run|ban prohibit outlaw bar forbid|pay fund finance spend give|own belong|question interrogate "
    "grill|warn caution|win defeat beat victory|sign agree seal conclude reach ally allied pact alliance deal "
    "accord treaty union join|appoint name elect choose pick|marry wed|stop end halt cease suspend paralyse "
    "paralyze close shut|break burst breach|show reveal suggest indicate|burn torch fire|crash collide|arrive "
    "reach land|lose defeat|sell auction|send deploy dispatch|accuse charge blame|kidnap abduct seize|disappear "
    "vanish miss|return come|stay remain|plan intend will expect hope|need require|use employ|help aid assist "
    "support back|hide conceal|cancel scrap axe drop|delay postpone|expand extend grow|invest spend|protest "
    "demonstrate rally|infect contract|poison sicken|flood inundate|drown die|hire employ recruit|create "
    "make|publish release post|announce unveil|acquit clear guilty exonerate|beat assault attack abuse torture "
    "mistreat maltreat molest rape stab|invade enter cross attack|cause lead trigger spark blame|leak spill "
    "dump|receive accept get obtain|impose place sanction|visit travel tour|evacuate empty|rig fraud "
    "manipulate|worth value estimate cost price"
)


@cache
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for n, group in enumerate(_GROUPS.split("|")):
        for word in group.split():
            for form in (word, *IRREGULAR.get(word, ())):
                found.setdefault(stem(form), set()).add(n)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def say_alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a stem of ``one`` and one of ``other`` are the same or stand for the same."""
    return bool(_meanings(one) & _meanings(other))


def _meanings(stems: Iterable[str]) -> frozenset[str | int]:
    """Stems, with the groups of those that say the same."""
    groups = _groups()
    return frozenset(x for s in stems for x in (s, *groups.get(s, ())))
