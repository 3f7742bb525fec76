"""Words that tell what a name or a role is: outlets, roles, groups and their categories, titles, nationalities.

The lists are our own, written from general knowledge of news English; they are small on purpose and only
ever decide a kind or a category, never a tie.
"""

import re

from secondsource.model import AffiliationCategory as C

OUTLETS = frozenset(
    (
        "reuters|ap|the associated press|associated press|afp|agence france-presse|bbc|bbc news|cnn|nbc|nbc news|"
        "msnbc|cbs|cbs news|abc|abc news|fox|fox news|npr|pbs|cnbc|bloomberg|bloomberg news|upi|dpa|efe|ansa|"
        "itar-tass|tass|ria novosti|interfax|xinhua|kyodo|yonhap|anadolu|irna|isna|mehr|fars|sana|pti|ians|"
        "al jazeera|al-jazeera|al arabiya|rt|sky news|itv|channel 4|politico|axios|buzzfeed|vox|slate|salon|"
        "propublica|huffington post|the huffington post|huffpost|the hill|the intercept|vice|wired|gizmodo|"
        "ars technica|the verge|techcrunch|mashable|forbes|fortune|time|newsweek|the economist|the atlantic|"
        "the new yorker|der spiegel|spiegel|le monde|le figaro|el país|el pais|die zeit|bild|la repubblica|haaretz|"
        "dawn|pravda|izvestia|kommersant|the guardian|the independent|the telegraph|the times|the sun|the mirror|"
        "usa today|wikinews|global voices|wikileaks|c-span|univision|telemundo|breitbart|the daily caller|"
        "the daily beast|daily mail|the daily mail|tmz|people magazine|rolling stone|variety|deutsche welle|"
        "france 24|voice of america|radio free europe|euronews|globo|o globo|clarín|nhk|cbc|ctv|rté|abc.net.au|"
        "press association|pa media|canadian press|the canadian press|antara|bernama|medialens|meduza|novaya gazeta"
    ).split("|")
)

OUTLET_WORDS = re.compile(
    r"\b(?:Times|Post|Herald|Tribune|Gazette|Journal|Chronicle|Daily|Guardian|Telegraph|Observer|Courier|Dispatch|"
    r"Sentinel|Examiner|Inquirer|Globe|Star|Mirror|Bugle|Argus|Echo|Ledger|Register|Bulletin|Monitor|Weekly|Magazine|"
    r"News|Newspaper|Press Agency|News Agency|Newswire|Wire|Radio|Television|TV|Broadcasting|Media|Online|Today|"
    r"Gazeta|Zeitung|Review|Reporter|Independent|Standard|Press)\b"
)
# Words above that are as often part of other bodies' names, and need company.
OUTLET_NOT = re.compile(
    r"\b(?:Department|Ministry|Committee|Office|Bank|Index|Council|Corps|Force|Poor's|Square|Poll)\b"
)

PERSON_ROLES: dict[str, C] = {}
for _category, _words in (
    (
        C.GOVERNMENT,
        "minister president premier chancellor secretary governor mayor senator congressman congresswoman "
        "lawmaker legislator ambassador diplomat envoy consul official bureaucrat attorney-general prosecutor "
        "judge justice magistrate sheriff commissioner councillor councilman councilwoman councilor regulator "
        "inspector administrator king queen prince princess emir sultan aide prefect deputy undersecretary "
        "representative parliamentarian mp delegate ombudsman coroner police policeman officer detective "
        "trooper superintendent constable firefighter lieutenant-governor comptroller treasurer clerk",
    ),
    (
        C.MILITARY,
        "general colonel major captain lieutenant sergeant admiral commander soldier airman sailor marine "
        "brigadier marshal veteran pilot commodore",
    ),
    (C.ARMED_GROUP, "rebel militant fighter guerrilla insurgent militiaman warlord"),
    (
        C.POLITICAL_GROUP,
        "candidate politician strategist campaigner nominee frontrunner pollster dissident exile "
        "operative organiser organizer activist",
    ),
    (
        C.CORPORATE,
        "ceo executive chairman chairwoman chairperson founder co-founder cofounder entrepreneur owner manager "
        "investor banker trader broker shareholder publicist director employee engineer developer producer "
        "businessman businesswoman tycoon contractor supplier salesman",
    ),
    (C.INDUSTRY_GROUP, "lobbyist"),
    (
        C.ACADEMIC,
        "professor researcher scientist scholar historian economist lecturer academic analyst expert "
        "sociologist psychologist biologist physicist geologist epidemiologist climatologist seismologist "
        "astronomer archaeologist anthropologist philosopher dean student virologist fellow pathologist oncologist "
        "cardiologist psychiatrist neurologist ecologist meteorologist chemist botanist zoologist criminologist",
    ),
    (
        C.MEDIA,
        "journalist reporter editor correspondent columnist photographer blogger anchor broadcaster commentator "
        "presenter publisher",
    ),
    (
        C.RELIGIOUS,
        "priest bishop archbishop cardinal pope imam rabbi pastor cleric ayatollah mullah reverend "
        "monk nun mufti vicar",
    ),
    (C.UNION, "unionist shop-steward"),
    (
        C.WITNESS,
        "witness eyewitness bystander passer-by onlooker resident neighbor neighbour villager local motorist "
        "passenger survivor shopkeeper",
    ),
    (C.VICTIM, "victim patient hostage refugee detainee"),
    (
        C.OTHER,
        "lawyer attorney solicitor barrister counsel doctor physician nurse surgeon teacher principal farmer worker "
        "author writer actor actress singer musician artist filmmaker athlete player coach referee "
        "spokesman spokeswoman spokesperson leader chief head chair member supporter critic opponent insider source "
        "adviser advisor counselor negotiator mediator whistleblower relative mother father brother sister wife "
        "husband son daughter widow cousin uncle aunt friend colleague man woman boy girl person individual suspect "
        "defendant plaintiff voter driver consultant specialist guard secretary-general vice-president co-author "
        "curator novelist poet playwright chef headteacher headmaster headmistress goalkeeper striker midfielder "
        "winger jockey boxer paramedic midwife plumber electrician builder landlord landlady pensioner teenager dad "
        "mum mom grandmother grandfather grandson granddaughter stepson stepdaughter stepfather stepmother nephew "
        "niece boyfriend girlfriend fiance fiancee billionaire millionaire comedian dancer architect fisherman "
        "backbencher tenor soprano rapper widower",
    ),
):
    for _word in _words.split():
        PERSON_ROLES.setdefault(_word, _category)

LAWYER_ROLES = frozenset("attorney lawyer counsel solicitor barrister attorneys lawyers qc".split())
SPOKES_ROLES = frozenset(
    "spokesman spokeswoman spokesperson representative envoy negotiator attorney lawyer counsel publicist ambassador "
    "delegate lobbyist adviser advisor aide official commander fighter militant rebel leader chief head president "
    "chairman chairwoman chair ceo executive founder director secretary minister member manager owner deputy general "
    "colonel major captain lieutenant officer commissioner solicitor strategist candidate senator organizer organiser "
    "negotiators co-founder principal vice-president president-elect premier prime governor mayor".split()
)

GROUP_WORDS: tuple[tuple[C, re.Pattern[str]], ...] = (
    (
        C.ARMED_GROUP,
        re.compile(
            r"\b(?:Front|Brigade|Brigades|Militia|Rebels?|Guerrillas?|Fighters|Mujahid\w+|Jihad|Taliban|"
            r"Hamas|Hezbollah|al[- ]?Qaeda|ISIS|ISIL|Boko Haram|Banner|Resistance|Insurgents?|"
            r"Liberation Army|militia|rebels?|insurgents?|guerrillas?|militants?)\b"
        ),
    ),
    (
        C.MILITARY,
        re.compile(
            r"\b(?:Army|Navy|Air Force|Marines?|Marine Corps|Coast Guard|Military|Armed Forces|Pentagon|"
            r"Defen[cs]e Forces?|Guard|Command|NATO|military|army|navy)\b"
        ),
    ),
    (
        C.GOVERNMENT,
        re.compile(
            r"\b(?:Ministry|Government|Department|Agency|Administration|Police|Court|Parliament|Senate|"
            r"Congress|House|Commission|Council|Bureau|Cabinet|White House|Kremlin|Embassy|Office|"
            r"Authority|FBI|CIA|NSA|EPA|FDA|NASA|UN|U\.N\.|United Nations|European Union|EU|Treasury|"
            r"Sheriff|Judiciary|Municipality|City|County|State|ministry|government|police|court|"
            r"department|agency|authorities|parliament|administration)\b"
        ),
    ),
    (
        C.POLITICAL_GROUP,
        re.compile(
            r"\b(?:Party|Campaign|Coalition|Alliance|Movement|Republicans?|Democrats?|Democratic|"
            r"Republican|Labour|Tories|Conservatives|Greens|Congress Party|Opposition|party|campaign|"
            r"opposition)\b"
        ),
    ),
    (C.UNION, re.compile(r"\b(?:Union|Workers|Brotherhood of|Teamsters|AFL|union)\b")),
    (
        C.INDUSTRY_GROUP,
        re.compile(
            r"\b(?:Association|Chamber of Commerce|Federation|Confederation|Trade|Council of .*Producers|"
            r"Growers|Manufacturers|Institute of .*Industry|industry)\b"
        ),
    ),
    (
        C.ACADEMIC,
        re.compile(
            r"\b(?:University|College|Institute|School|Academy|Laborator(?:y|ies)|Research|Centre|Center|"
            r"Observatory|Museum|university|institute)\b"
        ),
    ),
    (
        C.NGO,
        re.compile(
            r"\b(?:Foundation|Watch|Amnesty|Greenpeace|Red Cross|Red Crescent|Society|Charity|Trust|Fund|Aid|"
            r"Oxfam|Humanitarian|Rights|Relief|charity)\b"
        ),
    ),
    (C.RELIGIOUS, re.compile(r"\b(?:Church|Diocese|Vatican|Mosque|Synagogue|Temple|church)\b")),
    (
        C.CORPORATE,
        re.compile(
            r"\b(?:Inc|Corp|Corporation|Company|Co|Ltd|LLC|PLC|Plc|GmbH|AG|Group|Holdings|Bank|Airlines?|Airways|"
            r"Motors|Industries|Foods?|Pharma\w*|Technologies|Systems|Energy|Oil|company|firm|bank)\b"
        ),
    ),
)

PERSONAL = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
"""Pronouns for one person, with the gender they tell."""
TITLES_MALE = frozenset("mr sir lord baron king prince father brother".split())
TITLES_FEMALE = frozenset("mrs ms miss dame lady baroness queen princess sister".split())
MALE_ROLES = frozenset(
    "spokesman chairman congressman policeman businessman father brother son husband man boy king prince "
    "uncle fisherman councilman salesman widower gentleman dad grandfather grandson stepson stepfather nephew "
    "boyfriend fiance landlord headmaster tenor lad monk priest grandad".split()
)
FEMALE_ROLES = frozenset(
    "spokeswoman chairwoman congresswoman policewoman businesswoman mother sister daughter wife woman "
    "girl queen princess aunt widow councilwoman actress lady mum mom grandmother granddaughter stepdaughter "
    "stepmother niece girlfriend fiancee landlady headmistress soprano nun gran".split()
)

KIN = frozenset(
    "father mother brother sister wife husband son daughter widow widower cousin uncle aunt dad mum mom grandmother "
    "grandfather grandson granddaughter stepson stepdaughter stepfather stepmother nephew niece boyfriend girlfriend "
    "fiance fiancee partner twin baby child ex-wife ex-husband half-brother half-sister sibling parent".split()
)
"""What somebody is to another person, of whom they are often a namesake."""

COLLECTIVE = frozenset(
    "police government ministry department agency army military company firm court party group union association "
    "organization organisation council committee commission board team administration university school hospital bank "
    "church parliament congress senate campaign family coalition authority intelligence institute office militia "
    "movement front force jury staff crew public opposition industry foundation charity network embassy club league "
    "prosecution defense defence majority community center centre house side camp tribunal panel regime state country "
    "city town county management leadership regulator watchdog".split()
)
NAMED_BODIES = frozenset(
    # bodies that a definite description names well enough ("the ministry", "police", "the court")
    "police government ministry department army military court parliament congress senate navy administration cabinet "
    "prosecution embassy treasury judiciary".split()
)
BODY_ROLES = frozenset(
    "owner co-owner publisher operator maker producer developer supplier contractor employer landlord investor "
    "shareholder organiser organizer sponsor insurer".split()
)
"""Roles of persons that a body may have as well: "the ferry's owner, Blue Line"."""

_PARTISANS = frozenset(
    "liberal conservative democrat republican green socialist communist nationalist libertarian unionist separatist "
    "tory centrist".split()
)


def is_plural(name: str) -> bool:
    """Whether a group's name takes "have": "the rebels", "Liberals", "police"; a firm's that ends in s does not."""
    last = name.rsplit(maxsplit=1)[-1]
    low = last.lower()
    if low in ("police", "people", "men", "women", "children"):
        return True
    if not low.endswith("s") or low.endswith(("ss", "us", "is")):
        return False
    one = low.removesuffix("ies") + "y" if low.endswith("ies") else low.removesuffix("s")
    return last.islower() or one in PERSON_ROLES or one in _PARTISANS


FIRM = frozenset("company firm".split())
"""Nouns that stand for a firm named before."""
NO_FIRMS = frozenset((C.ARMED_GROUP, C.MILITARY, C.GOVERNMENT, C.POLITICAL_GROUP, C.UNION))
"""What is no firm, whatever it is called."""

RESEARCH = frozenset(
    "study research report survey poll trial analysis paper review investigation audit inquiry researcher scientist "
    "auditor investigator author".split()
)
"""What finds something out, so that what it finds is what it says."""
FINDINGS = frozenset(
    "link evidence connection association correlation relationship difference effect benefit increase rise drop "
    "decrease reduction decline improvement sign proof risk".split()
)
"""What research finds or finds none of, which tells a claim though it has no verb."""
ANONYMITY = re.compile(
    r"""
    (?:on|under)\ (?:the\ )?condition\ of\ (?:strict\ )?anonymity
    |(?:asked|requested|declined|refused|wish(?:ed|ing)?|wanted|insisted|preferred|asking|requesting|declining)[ ]
        (?:that\ (?:his|her|their)\ names?\ )?(?:not\ )?(?:to\ )?(?:be\ |remain\ )?
        (?:named|identified|anonymous|quoted\ by\ name|withheld)
    |who\ (?:was|were)\ not\ authori[sz]ed\ to\ (?:speak|comment|talk|discuss)
    |speaking\ anonymously|spoke\ anonymously|granted\ anonymity|requested\ anonymity|asked\ for\ anonymity
    |not\ to\ be\ (?:named|identified)
    |without\ giving\ (?:his|her|their)\ names?
    |(?:declin|refus)(?:ed|ing)\ to\ give\ (?:his|her|their)\ names?
    |that\ (?:his|her|their)\ names?\ not\ be\ (?:used|published)
    |on\ condition\ (?:that\ )?(?:he|she|they)\ not\ be\ (?:named|identified|quoted)
    |whose\ names?\ (?:has|have)\ been\ (?:changed|withheld)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def category_of(name: str) -> C:
    """The category of a group by the words of its name; OTHER when they say nothing."""
    for category, pattern in GROUP_WORDS:
        if pattern.search(name):
            return category
    return C.OTHER


def is_outlet(name: str) -> bool:
    """Whether a name is that of a newspaper, broadcaster, news site or wire service."""
    bare = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE).removesuffix("'s").strip()
    if bare.lower() in OUTLETS or "the " + bare.lower() in OUTLETS:
        return True
    return (
        bool(OUTLET_WORDS.search(bare)) and not OUTLET_NOT.search(bare) and (bare[:1].isupper() or bare[:1].isdigit())
    )
