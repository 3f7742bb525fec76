"""What says of something else that it is not so."""

import re

CALLS_FALSE = re.compile(
    r"^(?:it|this|that|those|these|the (?:report|reports|claim|claims|story|allegations?|accusations?))"
    r"(?:\s+(?:is|are|was|were)|['’]s)\s+"
    r"(?:(?:simply|just|completely|totally|absolutely|entirely|all)\s+)?"
    r"(?:not true|untrue|false|wrong|a lie|lies|nonsense|baseless|fabricated|made up|fake)\b",
    re.IGNORECASE,
)
"""A statement that another one is not so: "That is not true"."""

_WHAT_IS_TOLD = (
    r"(?:claims?|reports?|rumou?rs?|allegations?|accusations?|charges?|suggestions?|stor(?:y|ies)|accounts?)"
)
GOES_AGAINST = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!n['’]t )(?<!\bnever )\bden(?:y|ies|ied|ying)\s"
    rf"(?:it|this|that|all|any|everything|having|being|ever|by|(?:the|these|those|such|his|her|their)\s{_WHAT_IS_TOLD})\b|"
    rf"\b(?:disput|reject|dismiss)(?:e|s|es|ed|ing)\s(?:(?:the|these|those|such|that|this)\s)?{_WHAT_IS_TOLD}\b|"
    r"\b(?:debunked|debunks|debunking|refuted|refutes|refuting|retracted|retracts|retraction|untrue|not true)\b|"
    r"\bno truth (?:in|to)\b|\bset the record straight\b|"
    r"\b(?:(?:could|can) ?not|(?:could|ca)n['’]t|unable to|yet to) (?:confirm|verify|be (?:confirmed|verified))\b|"
    r"\bnot (?:been )?(?:(?!only |merely )\w+ly )?(?:confirmed|verified)\b|"
    r"\bdeclined to (?:comment|confirm|say|discuss|answer|respond|speculate|elaborate)\b|\bno comment\b",
    re.IGNORECASE,
)
"""Words of a sentence that says against a story, or that somebody does not bear it out: "he denied it to the Courier".

Not what happens in a story, "the judge denied him bail", nor "an official who declined to be named".
"""
