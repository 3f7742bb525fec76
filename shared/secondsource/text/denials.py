"""What says of something else that it is not so."""

import re

CALLS_FALSE = re.compile(
    r"^(?:it|this|that|those|these|the (?:report|reports|claim|claims|story|allegations?|accusations?))\s+"
    r"(?:is|are|was|were|['’]s)\s+(?:(?:simply|just|completely|totally|absolutely|entirely|all)\s+)?"
    r"(?:not true|untrue|false|wrong|a lie|lies|nonsense|baseless|fabricated|made up|fake)\b",
    re.IGNORECASE,
)
"""A statement that another one is not so: "That is not true"."""
