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
GOES_AGAINST = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bcannot )(?<!n['’]t )(?<!\bnever )(?<!\bnor )"
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )"
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
