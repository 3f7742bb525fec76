"""Bytes to text, by one documented order: byte order mark, header, meta, default.

Labels are those of the WHATWG Encoding standard, nothing else that Python happens to have a codec for (utf-7,
unicode_escape, zip); so ``latin-1`` means windows-1252, whose quotation marks survive. A label that is not in
the standard counts as not there. No bytes and no label raise an error.
"""

import codecs
import re
from typing import Final

import webencodings

PRESCAN_BYTES: Final = 1024
"""How far the standard (HTML, 13.2.3.2) looks for a meta element; authors must put it there."""

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))

# These three see the first kilobyte only. html.parser is no way to read it: some input makes it raise.
_XML_DECLARATION: Final = re.compile(r"""<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""", re.ASCII)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_META: Final = re.compile(r"<meta[\s/]([^>]*)>", re.ASCII | re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""",
    re.ASCII,
)


def decode_text(body: bytes, header_label: str | None, media_type: str) -> str:
    """The body as text, U+FFFD where a byte fits nowhere, without its byte order mark.

    ``header_label``: the charset of the Content-Type, if any; ``media_type`` tells whether to look for a meta
    element. Default: UTF-8 if the bytes are valid UTF-8, else windows-1252.
    """
    for bom, label in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(label, "replace")
    encoding = _lookup(header_label)
    if encoding is None and media_type != "text/plain":
        encoding = _lookup(_declared_label(body))
        if encoding is not None and encoding.name.startswith("utf-16"):
            # It cannot be: the declaration itself was read as single bytes (HTML, 13.2.3.2).
            encoding = _lookup("utf-8")
    if encoding is not None:
        return str(encoding.codec_info.decode(body, "replace")[0])
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def charset_parameter(content_type: str) -> str | None:
    """The first charset parameter of a Content-Type value, unquoted; None when there is none."""
    for parameter in content_type.split(";")[1:]:
        name, equals, value = parameter.partition("=")
        if equals and name.strip().lower() == "charset":
            return value.strip().strip("\"'")
    return None


def _lookup(label: str | None) -> webencodings.Encoding | None:
    encoding = webencodings.lookup(label) if label else None
    # "replacement" stands for codings that no browser reads any more; it would turn a page into one U+FFFD.
    return None if encoding is None or encoding.name == "replacement" else encoding


def _declared_label(body: bytes) -> str | None:
    """The encoding that an XML declaration or the first meta element to name one declares."""
    start = body[:PRESCAN_BYTES].decode("latin-1")
    if xml := _XML_DECLARATION.match(start):
        return xml[1]
    for meta in _META.finditer(_COMMENT.sub("", start)):
        # The first of two attributes of one name counts, hence backwards.
        found = reversed(list(_ATTRIBUTE.finditer(meta[1])))
        attributes = {each[1].lower(): each[2] or each[3] or each[4] or "" for each in found}
        if "charset" in attributes:
            return attributes["charset"]
        if attributes.get("http-equiv", "").lower() == "content-type":
            return charset_parameter(attributes.get("content", ""))
    return None
