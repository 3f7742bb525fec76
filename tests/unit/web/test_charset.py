"""From bytes to text: byte order mark, header, meta, default."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.web.charset import PRESCAN_BYTES, charset_parameter, decode_text

QUOTE = "\u201cYes,\u201d she said \u2013 twice."
HTML = "text/html"


def meta(label):
    return f'<html><head><meta charset="{label}"></head>'.encode()


@pytest.mark.parametrize(
    ("body", "label"),
    [
        (codecs.BOM_UTF8 + QUOTE.encode(), "windows-1252"),
        (codecs.BOM_UTF16_LE + QUOTE.encode("utf-16-le"), "utf-8"),
        (codecs.BOM_UTF16_BE + QUOTE.encode("utf-16-be"), None),
    ],
)
def test_a_byte_order_mark_wins_over_the_header_and_is_not_text(body, label):
    assert decode_text(body, label, HTML) == QUOTE


def test_the_header_wins_over_meta():
    assert decode_text(meta("koi8-r") + QUOTE.encode(), "utf-8", HTML).endswith(QUOTE)


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="koi8-r">',
        "<META CHARSET=koi8-r>",
        "<meta charset = 'KOI8-R' />",
        '<meta name="x" content="charset=utf-8"><meta charset="koi8-r">',
        '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
        '<meta content="text/html;charset=koi8-r" http-equiv=content-type>',
        '<!-- <meta charset="utf-8"> --><meta charset="koi8-r">',
        '<meta charset="koi8-r" charset="utf-8">',
        '<meta charset="koi8-r"><meta charset="utf-8">',
        '<?xml version="1.0" encoding="koi8-r"?><html>',
        "<?xml version='1.0' encoding='koi8-r'?><meta charset='utf-8'>",
    ],
)
def test_meta_decides_where_the_header_is_silent(declaration):
    assert decode_text(declaration.encode() + "привет".encode("koi8-r"), None, HTML).endswith("привет")


@pytest.mark.parametrize(
    "declaration",
    ['<!-- <meta charset="koi8-r">', "<metal charset=koi8-r>", "<meta data-charset=koi8-r>", "<meta charset>", "<meta"],
)
def test_what_only_looks_like_a_declaration_does_not_count(declaration):
    assert decode_text(declaration.encode() + QUOTE.encode(), None, HTML).endswith(QUOTE)


def test_a_meta_that_says_utf_16_cannot_be_right_and_means_utf_8():
    assert decode_text(meta("utf-16") + QUOTE.encode(), None, HTML).endswith(QUOTE)


def test_meta_after_the_first_kilobyte_does_not_count():
    padding = b" " * PRESCAN_BYTES
    assert decode_text(padding + meta("koi8-r") + QUOTE.encode(), None, HTML).endswith(QUOTE)
    assert decode_text(padding + meta("koi8-r") + QUOTE.encode("cp1252"), None, HTML).endswith(QUOTE)


def test_plain_text_has_no_meta():
    assert decode_text(meta("koi8-r") + QUOTE.encode(), None, "text/plain").endswith(QUOTE)


@pytest.mark.parametrize("label", ["latin-1x", None, ""])
def test_the_default_is_utf_8_or_else_windows_1252(label):
    assert decode_text(QUOTE.encode(), label, HTML) == QUOTE
    assert decode_text(QUOTE.encode("cp1252"), label, HTML) == QUOTE


@pytest.mark.parametrize("label", ["latin1", "iso-8859-1", "ISO-8859-1", "ascii", "us-ascii", " windows-1252\t"])
def test_quotation_marks_survive_where_windows_1252_is_called_latin_1(label):
    assert decode_text(QUOTE.encode("cp1252"), label, HTML) == QUOTE


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-2022-jp", "iso2022_jp", "\u300c\u306f\u3044\u300d"),
        ("shift_jis", "cp932", "\u300c\u2460\u300d"),
        ("gb2312", "gbk", "\u201c\u662f\u201d"),
        ("utf-16", "utf-16-le", QUOTE),
        ("utf-16be", "utf-16-be", QUOTE),
        ("windows-1251", "cp1251", "привет"),
    ],
)
def test_a_label_of_the_standard_is_followed(label, codec, text):
    assert decode_text(text.encode(codec), label, HTML) == text


@pytest.mark.parametrize(
    "label",
    [
        *"utf-7 unicode_escape raw_unicode_escape punycode idna undefined zip hex rot13 base64 mbcs utf-32".split(),
        *"iso-2022-kr hz-gb-2312 replacement cp037".split(),
        "\x00",
        "utf-8\x00",
        "x" * 70_000,
        "\u00ff",
        "utf\u20118",
    ],
    ids=lambda label: ascii(label)[:30],
)
def test_a_label_not_in_the_standard_counts_as_not_there(label):
    body = b"+ADw-script+AD4- \\u003cscript\\u003e ~{<:Ky2;~} " + QUOTE.encode()
    assert decode_text(body, label, HTML) == body.decode()
    assert decode_text(meta(label) + body, None, HTML).endswith(body.decode())


@pytest.mark.parametrize(
    ("body", "text"),
    [(b"a\xffb", "a\ufffdb"), (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"), (b"\xe2\x80", "\ufffd")],
)
def test_bytes_that_fit_nowhere_are_replaced(body, text):
    assert decode_text(body, "utf-8", HTML) == text


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ('text/html;CHARSET="utf-8"', "utf-8"),
        ("text/html; charset = 'koi8-r' ; x=y", "koi8-r"),
        ("text/html; charset=a; charset=b", "a"),
        ("text/html; boundary=charset", None),
        ("text/html;;;", None),
        ("charset=utf-8", None),
        ("", None),
    ],
)
def test_the_charset_of_a_content_type(value, label):
    assert charset_parameter(value) == label


LABELS = st.one_of(
    st.none(),
    st.text(),
    st.sampled_from(["utf-8", "utf-16", "gbk", "gb18030", "big5", "euc-jp", "euc-kr", "iso-2022-jp", "shift_jis"]),
    st.sampled_from(["windows-1252", "windows-874", "x-user-defined", "macintosh", "iso-8859-8-i", "utf-7"]),
)


@given(st.binary(), LABELS, st.sampled_from(["text/html", "text/plain"]))
def test_any_bytes_with_any_label_become_text_that_can_be_stored(body, label, media_type):
    text = decode_text(body, label, media_type)
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.text("<!-=meta charset'\"/>?xl[]enodig ", max_size=80))
def test_any_markup_before_the_text_is_survived(markup):
    assert isinstance(decode_text(markup.encode(), None, HTML), str)
