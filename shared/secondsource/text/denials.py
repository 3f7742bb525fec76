"""What says of something else that it is not so, or that nothing is known of it."""

import re

CALLS_FALSE = re.compile(
    r"^(?:it|this|that|those|these|the (?:report|reports|claim|claims|story|allegations?|accusations?))"
    r"(?:\s+(?:is|are|was|were)|['’]s)\s+"
    r"(?:(?:simply|just|completely|totally|absolutely|entirely|all)\s+)?"
    r"(?:not true|untrue|false|wrong|a lie|lies|nonsense|baseless|fabricated|made up|fake)\b",
    re.IGNORECASE,
)
"""A statement that another one is not so: "That is not true"."""

KNOWS_NOTHING = re.compile(
    r"(?:\b(?:not|no|never|unable|cannot|declin\w+|unclear|neither)|n['’]t)\b(?!\s+(?:only|just|merely|simply)\b)"
    r"(?:(?!\b(?:when|where|while|which|because|but|after|although)\b)[^.;]){0,60}"
    r"\b(?:confirm\w*|verif\w+|corroborat\w+|evidence|comment\w*|aware|know|known(?!\s+as\b)|knew|indication|proof|sure"
    r"|certain)\b",
    re.IGNORECASE,
)
"""What is said by those from whom a story does not come: "we have no evidence of that", "couldn't confirm it".

Not "not only confirmed it", nor what is known in a clause further on: "no house fell when the known dam broke".
"""

_WHAT_IS_TOLD = r"(?:reports?|rumou?rs?|allegations?|accusations?|suggestions?|stor(?:y|ies)|accounts?|claims?)"
_ITS = r"(?:(?:the|these|those|such|that|this|his|her|their)\s)?"
_NOT_BEFORE = (
    r"(?<!\bno )(?<!\bnot )(?<!\bcannot )(?<!n['’]t )(?<!\bnever )(?<!\bnor )"
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )"
)
GOES_AGAINST = re.compile(
    rf"{_NOT_BEFORE}"
    r"\bden(?:y|ies|ied|ying)\s(?:it|this|that|all|any|everything|ever|having|being|knowing|doing|involvement|wrongdoing|"
    rf"responsibility|(?:he|she|they)\s(?:had|has|have|was|were|did)|{_ITS}{_WHAT_IS_TOLD}|{_ITS}charges?)\b|"
    rf"\b(?:disput|reject|dismiss)(?:e|s|es|ed|ing)\s{_ITS}(?!claims?\sfor\b){_WHAT_IS_TOLD}\b|"
    r"\b(?:issued|in) a denial\b|"
    r"\b(?:debunked|debunks|debunking|refuted|refutes|refuting|retracted|retracts|retraction|untrue|not true)\b|"
    r"\bno truth (?:in|to)\b|\bset the record straight\b|"
    r"\b(?:(?:could|can) ?not|(?:could|ca)n['’]t|unable to|yet to) "
    r"(?:be )?(?:\w+ly )?(?:confirm|verify|confirmed|verified)\b|"
    r"\bnot (?:yet )?(?:been )?(?:(?!only |merely )\w+ly )?(?:confirmed|verified)\b|"
    r"\bdeclined to (?:comment|confirm|say|discuss|answer|respond|speculate|elaborate)\b|\bno comment\b",
    re.IGNORECASE,
)
"""Words of a sentence that says against a story, or that somebody does not bear it out: "he denied it to the Courier".

Not what happens in a story, "the judge denied him bail", nor "an official who declined to be named".
"""

_TOLD = (
    rf"(?:{_WHAT_IS_TOLD}|posts?|postings?|quotes?|photos?|photographs?|pictures?|images?|videos?|footage|films?|clips?|"
    r"recordings?|letters?|news|tweets?|messages?|articles?|tales?|headlines?|screenshots?)"
)
_IS = (
    r"(?:\s(?:is|are|was|were|been|being)|['’]s|\sturn(?:s|ed) out to be|\sproved(?: to be)?|"
    r"\s(?:appear|seem)(?:s|ed)? (?:to be|to have been))[\s,]+"
    r"(?:(?:simply|just|completely|totally|absolutely|entirely|all|in fact|actually|almost|certainly|probably|likely|"
    r"apparently|obvious|obviously|clearly|of course|however|unfortunately|now|really|"
    r"nothing (?:but|more than)|a|an|the|complete|total|pure|clumsy|elaborate)[\s,]+){0,5}"
)
_FALSE = (
    r"(?:hoax(?:es)?|fakes?|false|untrue|bogus|fabricat(?:ed|ions?)|forger(?:y|ies)|forged|baseless|unfounded|groundless|"
    r"lies?|satire|nonsense|rubbish|bullshit|inaccurate|incorrect|wrong|debunked|doctored|photoshopped|invented|"
    r"made up|misleading|embellished|fictitious|fictional)"
)
_FALSE_THING = (
    r"(?:false|fake|faked|bogus|phony|fabricated|invented|made-up|unfounded|erroneous|untrue|forged|photoshopped|doctored|"
    r"satirical)"
)
_A_STORY = (
    r"(?:reports?|rumou?rs?|stor(?:y|ies)|claims?|allegations?|articles?|tales?|headlines?|quotes?|photos?|photographs?|"
    r"pictures?|images?|videos?|tweets?|posts?|news (?:stor(?:y|ies)|reports?|articles?|(?:web\s?)?sites?))"
)
_MAYBE = r"\b(?:if|whether|claims (?:it|that)|no|not|never)\b"
SAYS_FALSE = re.compile(
    rf"(?<!part of the )\b{_TOLD}\b(?!\sit\b)(?:(?!{_MAYBE})[^.;:?]){{0,120}}?{_IS}{_FALSE}\b|"
    rf"(?<!claims )(?<!claim )(?<!whether )(?<!if )\b(?:it|that|this|which){_IS}(?!wrong){_FALSE}\b|"
    rf"\b{_FALSE_THING}\s(?:\w+\s)?{_A_STORY}\b|(?<!start a )(?<!launch a )(?<!run a )(?<!runs a )"
    r"\b(?:satirical|satire|parody|spoof)\s(?:\w+\s)?(?:web\s?)?sites?\b|"
    r"(?<!is a )(?<!was a )(?<!be a )(?<!as a )\bhoax(?:es|ed)?\b"
    r"(?!\s(?:bomb\s)?(?:calls?|callers?|threats?|devices?|alerts?|warnings?)\b)|\bno truth (?:in|to)\b|"
    rf"\b(?:it|that|this|which|{_TOLD}\b[^.;:?]{{0,80}}?)(?:\s(?:is|was|are|were)\s?|['’]s\s)(?:not|n['’]t)\s(?:\w+\s)?"
    r"(?:true|genuine|authentic|real)\b|\bdebunk\w*|\bdisprove[ns]?\b|"
    r"\bretract(?:s|ed|ing)?\s(?:its|the|their|his|her|a|that)\s(?:\w+\s){0,2}(?:reports?|story|stories|articles?|claims?)\b|"
    rf"\b(?:rumou?r\w*|report\w*|{_TOLD})\b[^.;:?]{{0,80}}\bfalse alarm\b|"
    rf"\bcontrary to\s(?:\w+\s){{0,3}}{_TOLD}\b",
    re.IGNORECASE,
)
"""Words of a sentence that say of what others tell that it is not so: "reports that he was found are wrong"."""

_WHO_DOUBT = (
    r"(?:analysts?|experts?|scientists?|critics|officials?|historians?|investigators?|scholars?|economists?|researchers?|"
    r"doctors|astronomers?|diplomats?|lawyers|detectives|observers|many|some)"
)
TURNS_AGAINST = re.compile(
    rf"{_NOT_BEFORE}\bden(?:y|ies|ied)\s(?:(?:on|late|early)\s\w+day\s|(?:yesterday|today)\s)?"
    r"(?:that\b|it\b|talks?\b|plans?\b|(?!boarding|planning|funding|housing|building|murder|kill|rap|assault|stab|caus)\w+ing\b|"
    rf"(?:\w+\s){{0,2}}(?!claims?\sfor\b){_WHAT_IS_TOLD}\b)|"
    rf"{_NOT_BEFORE}(?<!\bthe )(?<!\ba )(?<!\bthese )\b(?:disput(?:es|ed)|reject(?:s|ed)?|dismiss(?:es|ed)?|"
    r"refut(?:e|es|ed)|rebut(?:s|ted)?|counter(?:s|ed)?|contradict(?:s|ed)?|(?:shoot|shot)s?\sdown|squash(?:es|ed)?|"
    r"quash(?:es|ed)?|dispel(?:s|led)?|discredit(?:s|ed)?|disown(?:s|ed)?)\s(?:\w+\s){0,2}?"
    rf"(?:(?!claims?\s(?:for|against|of)\b){_WHAT_IS_TOLD}\b|talk of\b)|"
    rf"{_NOT_BEFORE}\b(?:doubt|question)(?:s|ed)?\s(?:whether|if|claims?|reports?|the (?:claims?|reports?|story))\b|"
    rf"{_NOT_BEFORE}\bdoubt(?:s|ed)?\sthat\b|"
    rf"\b{_WHO_DOUBT}\s(?:\w+\s)?doubt(?:s|ed)?\s(?!about\b|over\b)\w|"
    r"\b(?:cast|rais|express|voic|sow)\w*\s(?:\w+\s){0,2}doubts?\s(?:on|about|over|as\sto)\s"
    rf"(?:whether\b|(?:\w+\s){{0,2}}{_WHAT_IS_TOLD}\b)|"
    rf"\b{_WHAT_IS_TOLD}\b[^.;:?]{{0,120}}\b(?:treat|read|view|tak|regard|greet|receiv|met)\w*\s(?:\w+\s){{0,2}}with\s"
    r"(?:\w+\s)?(?:caution|scepticism|skepticism|suspicion|disbelief|pinch\sof\ssalt|grain\sof\ssalt)\b|"
    rf"\b(?:sceptical|skeptical)\s(?:of|about)\s(?:\w+\s){{0,3}}{_WHAT_IS_TOLD}\b|"
    rf"\bcall(?:s|ed)?\s(?:\w+\s){{0,2}}(?:{_WHAT_IS_TOLD}|talk)\b[^.;:]{{0,60}}?\s[\"“]?(?:\w+\s){{0,2}}{_FALSE}\b|"
    r"(?:\bnot|n['’]t) believe\s(?:that|claims?|reports?|the (?:claims?|reports?|story))\b|"
    rf"\b(?:no|little) (?:sign|evidence|indication)[^.;]{{0,60}}\b{_WHAT_IS_TOLD}\b|"
    r"\bnothing to (?:suggest|show|indicate)\b|"
    r"\bno (?:\w+ )?(?:evidence|proof|indication) (?:that|to)\b",
    re.IGNORECASE,
)
"""Words of a title or a first sentence by which somebody turns against what is told, or doubts it."""

HAPPENS = re.compile(
    r"\b(?:fined|fines|jail(?:ed|s)?|sentenced|convicted|charged|arrest(?:s|ed)?|pleaded|guilty|fraud|perjury|warn(?:s|ed)?|"
    r"scams?|banned|court|trial|jury|judge|prosecut\w+|sued|sues|resign\w*|sacked)\b",
    re.IGNORECASE,
)
"""What makes news of something false: "fined for opening fake accounts", "on trial, denied killing four"."""

RUMOURED = re.compile(
    r"\b(?:rumou?r\w*|hoax\w*|viral\w*|circulat\w+|going (?:a)?round|internet|online|social (?:media|networks?)|"
    r"facebook|twitter|tweet\w*|instagram|reddit|youtube|whatsapp|web|web ?sites?|sites?)\b",
    re.IGNORECASE,
)
"""Words by which an article tells a story as what goes round, and not as its own."""
TOLD_BY_OTHERS = re.compile(rf"\b(?:{_A_STORY}|reported(?:ly)?|purported(?:ly)?|supposed(?:ly)?)\b", re.IGNORECASE)
"""The same, in a wider sense: what others have told."""

VERDICT = re.compile(
    r"^\W*(?:(?:verdict|rating|our ruling|ruling|conclusion|status)\s*[:–—-]\s*)?"
    r"(?:mostly |probably |completely |totally )?(?:false|fake|hoax|untrue)\W*$|"
    r"^\W*(?:verdict|rating|our ruling|conclusion)\s*[:–—-]\s*(?:\w+\s)?(?:false|fake|hoax|untrue|misleading)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A line of those who check facts: "Verdict: False"."""
CALLED_FALSE = re.compile(r"^\W*(?:false|fake|hoax)\s*:", re.IGNORECASE)
"""A title of theirs: "FALSE: …"."""

ASIDE = re.compile(r";|\b(?:although|though|but|while|whereas|a fact|despite)\b", re.IGNORECASE)
"""Words behind which a sentence goes on with what is no news of it: "though a spokesman denied it"."""

NEGATES = re.compile(
    r"(?:\b(?:no|not|never|nobody|none|neither|nor|cannot)\b|n['’]t\b)(?!\s(?:only|just|merely|simply)\b)",
    re.IGNORECASE,
)
"""Words that negate what comes next."""
