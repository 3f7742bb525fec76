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

GOES_AGAINST = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|denials?|debunk\w*|refut\w*|hoax\w*|untrue|not true|no truth|retract\w*|"
    r"set the record straight|(?:could|can)(?: ?not|n['’]t) (?:confirm|verify)|not (?:been )?(?:confirmed|verified)|"
    r"declined to (?!be (?:named|identified|quoted))|no comment|unable to (?:confirm|verify))\b",
    re.IGNORECASE,
)
"""Words of a sentence that says against a story, or that somebody does not bear it out: "he denied it to the Courier".

Not "an official who declined to be named".
"""
