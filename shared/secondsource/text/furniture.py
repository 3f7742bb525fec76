"""Furniture of a page: what stands between the sentences of an article and is no part of what it tells.

Texts that are copied from a page bring it along: "Scroll down for video", "Please share this article using the link
below", "Sign up for our newsletter", "SEE ALSO: …", copyright lines. Only set phrases that address the reader as a
visitor of a page, or name the rights in it, are known; a sentence that tells news and has such words in it is none.
"""

import re

_MOST_WORDS = 40
"""Words from which a sentence is taken to tell something, whatever phrase stands in it."""

_WHOLE = re.compile(
    r"(?:advertisement|sponsored|related(?: \w+)?|loading|share|comments?|print|e-?mail|video loading.*|watch next.*|"
    r"up next|read more|more on this|top stories|most read|what do you think|(?:this is )?a developing story|"
    r"story continues(?: below)?|continue reading.*|with news wire services|got something to say)\W*",
    re.IGNORECASE | re.DOTALL,
)
"""Lines that are nothing else."""
_OPENS = re.compile(
    r"\W*(?:scroll (?:down|up) |click (?:here|on|through|below)|tap (?:here|to) |swipe |"
    r"(?:see|read|watch|listen) (?:also|more|now|next)\b|also (?:read|see|on)\b|more:|related:|video:|photos?:|"
    r"(?:please )?(?:follow|like|join|find) (?:me|us|him|her|\w+(?: \w+)?) (?:on )?(?:@|twitter|facebook|instagram)|"
    r"(?:please )?(?:(?:sign up|subscribe|register|log in|enable javascript)\b|share (?:this|it|your)\b)|"
    r"have (?:something to add|a (?:tip|story|news))|do you (?:have|know) (?:a (?:tip|story)|more)|"
    r"(?:get|download) (?:our|the) (?:free )?(?:app|newsletter)|on a mobile device|using a mobile device|"
    r"start the conversation|be the first to comment|image (?:by|copyright|caption)|"
    r"copyright (?:©|\(c\)|\d{4})|©|\(c\) \d{4}|<!--|@media\b)",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(?:this (?:material|article|content|story|page|website) (?:may|must|can)(?: ?not)? be "
    r"(?:published|copied|reproduced|shared)|"
    r"all rights reserved|ts&cs|(?:see|read|accept|agree to) (?:our|the) (?:[\w&]+ ){0,3}?"
    r"(?:copyright policy|privacy policy|cookie policy|terms (?:and|&) conditions|terms of (?:use|service))|"
    r"(?:buy|purchase) additional rights|share this (?:article|story|page|post)|do not cut (?:&|and) paste|"
    r"(?:below|above) is a (?:video|gallery)|(?:watch|see|view) the (?:video|gallery|pictures) (?:above|below|here)|"
    r"(?:currently|no longer) accepting comments|comments (?:are|have been) closed|contact the author|"
    r"contributed to this (?:report|story|article)|(?:sign up|subscribe) (?:to|for) (?:our|the|a) (?:\w+ )?"
    r"(?:newsletters?|e-?mails?|alerts?|updates|channel)|"
    r"(?:follow|like) us on (?:twitter|facebook|instagram)|global journalism requires investment|"
    r"for entertainment purposes only)\b",
    re.IGNORECASE,
)


def is_furniture(sentence: str) -> bool:
    """Whether a sentence, as it stands in a text, is part of a page and not of the article on it."""
    words = " ".join(sentence.split())
    if words.count(" ") >= _MOST_WORDS:
        return False
    return bool(_WHOLE.fullmatch(words) or _OPENS.match(words) or _HOLDS.search(words))
