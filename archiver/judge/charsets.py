"""Which characters the octets of a page stand for: BOM, header, document, then the octets."""

from __future__ import annotations

import codecs
import re

from archiver.judge.tags import read_tag

# Octets of a document in which it may name its charset. WHATWG prescans 1024 and starts
# anew when the parser meets a <meta> later on.
_PRESCAN = 64 * 1024

# WHATWG encoding labels by the Python codec that decodes them.
_LABELS = {
    label: codec
    for codec, labels in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
        "cp1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 l1 "
        "ascii us-ascii ansi_x3.4-1968 iso88591 cp819 ibm819 iso-ir-100 csisolatin1 "
        "iso_8859-1:1987",
        "utf-16-le": "utf-16 utf-16le unicode ucs-2 csunicode iso-10646-ucs-2 unicodefeff",
        "utf-16-be": "utf-16be unicodefffe",
        "cp1250": "windows-1250 cp1250 x-cp1250",
        "cp1251": "windows-1251 cp1251 x-cp1251",
        "cp1253": "windows-1253 cp1253 x-cp1253",
        "cp1254": "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso_8859-9 latin5 l5",
        "cp1255": "windows-1255 cp1255 x-cp1255",
        "cp1256": "windows-1256 cp1256 x-cp1256",
        "cp1257": "windows-1257 cp1257 x-cp1257",
        "cp1258": "windows-1258 cp1258 x-cp1258",
        "iso8859-2": "iso-8859-2 iso8859-2 iso_8859-2 iso88592 latin2 l2 csisolatin2",
        "iso8859-3": "iso-8859-3 iso8859-3 iso_8859-3 latin3 l3",
        "iso8859-4": "iso-8859-4 iso8859-4 iso_8859-4 latin4 l4",
        "iso8859-5": "iso-8859-5 iso8859-5 iso_8859-5 iso88595 cyrillic csisolatincyrillic",
        "iso8859-6": "iso-8859-6 iso8859-6 iso_8859-6 arabic asmo-708 ecma-114",
        "iso8859-7": "iso-8859-7 iso8859-7 iso_8859-7 iso88597 greek greek8 elot_928 ecma-118",
        "iso8859-8": "iso-8859-8 iso8859-8 iso_8859-8 iso-8859-8-e iso-8859-8-i hebrew visual "
        "logical",
        "iso8859-10": "iso-8859-10 iso8859-10 latin6 l6",
        "iso8859-13": "iso-8859-13 iso8859-13",
        "iso8859-14": "iso-8859-14 iso8859-14",
        "iso8859-15": "iso-8859-15 iso8859-15 iso_8859-15 latin9 l9",
        "iso8859-16": "iso-8859-16",
        "koi8-r": "koi8-r koi8_r koi8 koi cskoi8r",
        "koi8-u": "koi8-u koi8-ru",
        "cp866": "ibm866 cp866 866 csibm866",
        "mac-roman": "macintosh mac x-mac-roman csmacintosh",
        "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "cp874": "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11",
        "gb18030": "gb18030 gbk gb2312 gb_2312 gb_2312-80 csgb2312 x-gbk chinese iso-ir-58",
        "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
        "euc-jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji ms932 csshiftjis",
        "iso-2022-jp": "iso-2022-jp csiso2022jp",
        "cp949": "euc-kr cseuckr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 "
        "korean iso-ir-149",
    }.items()
    for label in labels.split()
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    r"charset[\t\n\f\r ]*=[\t\n\f\r ]*[\"']?[\t\n\f\r ]*([^\t\n\f\r \"';,>]+)", re.I | re.A
)
_XML = re.compile(r"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.A)
_META = re.compile(r"<!--|<(?=meta[\t\n\f\r /])", re.I | re.A)


def charset_of(body: bytes, declared: str, *, markup: bool) -> tuple[str, str, int]:
    """The codec, what named it, and the size of a BOM. `declared` is the Content-Type."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return codec, "bom", len(bom)
    named = _CHARSET.search(declared)
    if named and (codec := _codec(named[1])):
        return codec, "header", 0
    if markup and (codec := _named_inside(body[:_PRESCAN].decode("latin-1"))):
        # A document that could be read as far as this is not in UTF-16.
        return ("utf-8" if codec.startswith("utf-16") else codec), "meta", 0
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as fault:
        # A body that was cut may end inside a character.
        if fault.reason != "unexpected end of data":
            return "cp1252", "default", 0
    return "utf-8", "detected", 0


def _codec(label: str) -> str:
    return _LABELS.get(label.strip("\t\n\f\r ").lower(), "")


def _named_inside(start: str) -> str:
    if (xml := _XML.match(start)) and (codec := _codec(xml[1])):
        return codec
    at = 0
    while match := _META.search(start, at):
        if match[0] == "<!--":
            at = start.find("-->", match.end() - 2)
            if at < 0:
                break
            continue
        tag = read_tag(start, match.end())
        if tag is None:
            break
        at = tag.end
        label = tag.attributes.get("charset", "")
        if tag.attributes.get("http-equiv", "").lower() == "content-type":
            inside = _CHARSET.search(tag.attributes.get("content", ""))
            label = label or (inside[1] if inside else "")
        if codec := _codec(label):
            return codec
    return ""
