"""Nasty pages and texts to begin from: each has broken a parser, a regular expression or an offset somewhere."""

from typing import Final

STORY: Final = (
    "MARUN — The Jorrel Front has sealed a pact with the Vesker Brigades, three members of the exiled Ondresian National "
    "Council said on Monday, speaking on condition of anonymity because they feared for their families.\n\n"
    "“They have agreed on one command,” one of the members said. “It changes the whole war.”\n\n"
    "The Front denied it. The report could not be independently verified."
)

TEXTS: Final[dict[str, str]] = {
    "story": STORY,
    "story with CRLF": STORY.replace("\n", "\r\n"),
    "nothing": "",
    "white space": " \t\n\u00a0\u2028\u3000",
    "headline alone": "Dam is unsafe, officials say",
    "lyrics": "Hold me now\nHold me now\nOh the river\nHold me now\n" * 5,
    "table": "Year\tVotes\tShare\n1999\t12,000\t4.5\n2003\t13,100\t4.8\n" * 6,
    "German": "Der Bürgermeister sagte am Montag, die Brücke sei gesperrt und werde nicht geöffnet.",
    "right to left": "قال العمدة إن السد غير آمن. " + STORY + " אמר ראש העיר.",
    "astral": STORY.replace("e", "\U0001d556").replace("o", "\U0001f600"),
    "combining": "".join(c + "\u0301\u0302" for c in STORY),
    "stacked marks": "sa" + "\u0301" * 300 + "id",
    "zero width": "\u200b".join(STORY),
    "bidi overrides": STORY.replace("said", "\u202edias\u202c").replace("Front", "\u2066Front\u2069"),
    "tag characters": STORY.replace("said", "s\U000e0061\U000e0069id"),
    "soft hyphens": STORY.replace("i", "i\u00ad"),
    "ligatures that expand": "The \ufdfa said \ufdfa so. " * 30,
    "joiners": "He said \U0001f468" + "\u200d\U0001f469" * 200 + " so.",
    "control characters": STORY.replace(" ", "\x00", 3).replace(" ", "\x1b", 3).replace(" ", "\ufffe\uffff", 3),
    "line separators": STORY.replace(" ", "\u2028", 5).replace(" ", "\x85", 5),
    "open quotes": "“" * 300 + STORY,
    "closing quotes": STORY + "”" * 300,
    "quotes in quotes": "“‘" * 100 + "it is so" + "’”" * 100 + " she said.",
    "straight quotes": '"It is so," ' * 120 + "he said.",
    "apostrophes": "'" * 500 + " he said 'tis the dogs' o'clock",
    "brackets": "(" * 400 + "he said" + ")" * 400,
    "one sentence": "and he said that " * 170,
    "one word": "said" * 600,
    "one word a line": "he\nsaid\nit\nis\nso\n" * 80,
    "nested saying": "He said that she said that " * 60 + "it is so.",
    "who and who": "Owen Strand, Dela Marsh, Helen Brann and " * 60 + "others said it is so.",
    "commas": "He said, " + "yes, " * 400 + "no.",
    "dashes": "He — " * 200 + "said — it is so.",
    "full stops": "...... " * 300 + "he said. . . . .",
    "abbreviations": "Mr. Dr. St. U.S. Gov. J. K. L. " * 40 + "Strand said so.",
    "numbers": "1,2,3.4.5/6-7 " * 200 + "officials said.",
    "addresses": "https://courier.test/" + "a/" * 300 + " he said.",
    "by nobody": "said said told denied reported according to according to by by of of.",
    "colons": "Strand: " * 150 + "it is so.",
    "pronouns": "He said she said they said it said one said. " * 30,
    "capitals": STORY.upper(),
    "formula": "=cmd|' /C calc'!A0 he said. {{7*7}} ${7*7} <script>alert(1)</script>",
    "markup": '"><img src=x onerror=alert(1)> said <b>Strand</b> &amp; &lt;so&gt; ]]> --> <!-- he said -->',
}

_P: Final = "<p>" + STORY.replace("\n\n", "</p><p>") + "</p>"

PAGES: Final[dict[str, str]] = {
    "page": f"<html><head><title>Pact sealed</title></head><body><article><h1>Pact sealed</h1>{_P}</article></body></html>",
    "nothing": "",
    "nesting": "<div>" * 400 + _P,
    "inline nesting": "<a><b>" * 400 + _P,
    "tables": "<table><tr><td>" * 300 + _P,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(600)) + ">" + _P,
    "long attribute": "<p title='" + "x" * 5_000 + "'>" + _P,
    "unclosed attribute": '<p title="' + _P,
    "unclosed comment": "<!--" + "-" * 500 + _P,
    "comments": "<!---->" * 200 + "<!-->" * 50 + "<!--->" * 50 + _P,
    "less than": "<" * 600 + _P,
    "ampersands": "&" * 600 + "&amp" * 200 + "&#x;&#;&#99999999999;&#xd800;&#0;" + _P,
    "laughs": "<!DOCTYPE x ["
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    + "]>"
    + _P
    + "&l8;",
    "external entity": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]>&f;'
    + _P,
    "processing": "<?xml version='1.0' encoding='utf-7'?><?php ?>" + _P,
    "cdata": "<![CDATA[" + _P + "]]>",
    "script": "<script>var a='<p>he said</p>'</script><script>" + _P,
    "templates": "<template><p>hidden</p></template><noscript>" + _P + "</noscript>",
    "hidden": "<p hidden>He said no.</p><p style='display:none'>She said no.</p><p aria-hidden=true>x</p>" + _P,
    "plaintext": "<plaintext>" + _P,
    "textarea": "<textarea><title><style>" + _P,
    "svg": "<svg><title>t</title><foreignObject><p>in</p></foreignObject></svg><math><mtext></math>" + _P,
    "frames": "<frameset><frame src='http://127.0.0.1/'></frameset><iframe srcdoc='<p>x'></iframe>" + _P,
    "base": "<base href='http://127.0.0.1/'><link rel=canonical href='javascript:alert(1)'>" + _P,
    "json-ld": '<script type="application/ld+json">' + "[" * 500 + "</script>" + _P,
    "json-ld that is wrong": (
        '<script type="application/ld+json">{"@type": ["NewsArticle", {}], "headline": {"a": []}, "author": [[[]]], '
        '"datePublished": 1e999, "publisher": {"@id": "x"}, "url": "data:x"}</script>' + _P
    ),
    "meta": "<head>" + "<meta name=author content='A B'><meta property=og:title content=''>" * 100 + "</head>" + _P,
    "control characters": _P.replace(" ", "\x00", 3).replace(" ", "\ud800", 3).replace(" ", "\ufffe", 3),
    "null in a tag": "<p\x00 cl\x00ass=a>" + _P + "</p\x00>",
    "misnested": "<b><p><i></b></p></i><p>" * 60 + _P,
    "lists": "<ul><li>" * 200 + _P,
    "breaks": "<br>".join(STORY),
    "spans": "".join(f"<span>{c}</span>" for c in STORY),
    "quotation that leaves nothing": 'd\u201ct m\nd\u201d denied e\nc\nn/d+j"e"d n f"s n e y t d e t t g"x',
    "according behind its to": "r o T n e g o f t>M o o t o o\u201ct A o o o o o has to According",
    "text under no tag": STORY,
    "right to left": f"<div dir=rtl><bdo dir=rtl>{_P}</bdo></div>",
}
