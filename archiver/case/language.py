"""What language a text is in: by its script, then by its commonest words. Unclear is `und`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from archiver.case.stopwords import CYRILLIC, LATIN

MIN_WORDS = 12
MIN_LETTERS = 24  # of scripts that put no blanks between words
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

_SCRIPTS = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebrew": "\u0590-\u05ff",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff",
    "Kana": "\u3041-\u30ff",
    "Hangul": "\u1100-\u11ff\uac00-\ud7af",
    "Devanagari": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Armenian": "\u0530-\u058f",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Burmese": "\u1000-\u109f",
    "Khmer": "\u1780-\u17ff",
}
_COUNTERS = {name: re.compile(f"[{members}]") for name, members in _SCRIPTS.items()}
# Scripts that in practice are one language's.
_BY_SCRIPT = {
    "Greek": "el", "Hebrew": "he", "Hangul": "ko", "Thai": "th", "Lao": "lo", "Georgian": "ka",
    "Armenian": "hy", "Gurmukhi": "pa", "Gujarati": "gu", "Tamil": "ta", "Telugu": "te",
    "Kannada": "kn", "Malayalam": "ml", "Sinhala": "si", "Burmese": "my", "Khmer": "km",
    "Kana": "ja", "Han": "zh",
}  # fmt: skip
_UNSPACED = {"Han", "Kana", "Thai", "Lao", "Khmer", "Burmese"}
# Letters that rule a language in or out: (must not stand in it, at least one of these must).
_CYRILLIC_LETTERS = {
    "ru": ("іїєґўјљњћђќѓәғқңөұүһ", "ыэёъьйя"),
    "uk": ("ыэёъўјљњћђќѓәғқңұүһ", "іїєґ"),
    "be": ("иїєґъщјљњћђќѓәғқңөұүһ", "ў"),
    "bg": ("іїєґўыэёјљњћђќѓәғқңөұүһ", "ъ"),
    "sr": ("іїєґўыэёъьйщяюќѓѕәғқңөұүһ", "јљњћђ"),
    "mk": ("іїєґўыэёъьйщяюћђәғқңөұүһ", "јќѓѕ"),
    "kk": ("їєґўјљњћђќѓ", "әғқңұһ"),
    "mn": ("іїєґўјљњћђќѓәғқңұһ", "өү"),
}


def detect_language(text: str) -> str:
    """The BCP 47 tag of the text's language, or `und` where it is too short or unclear.

    The same text gives the same answer everywhere; the answer is a guess, and is to be
    recorded as one.
    """
    text = text[:_SAMPLE].lower()
    script = _script(text)
    words = _WORD.findall(text)
    if script in _BY_SCRIPT:
        unspaced = script in _UNSPACED
        return _BY_SCRIPT[script] if unspaced or len(words) >= MIN_WORDS else "und"
    if script not in _BY_TEXT or len(words) < MIN_WORDS:
        return "und"
    return _BY_TEXT[script](text, words)


def _script(text: str) -> str:
    """The script of at least seven letters in ten, or nothing."""
    counts = {name: len(counter.findall(text)) for name, counter in _COUNTERS.items()}
    letters = sum(counts.values())
    # Japanese is written in Kana and Han; Han with hardly any Kana is Chinese.
    if counts["Kana"] * 10 > counts["Han"] + counts["Kana"]:
        counts["Kana"], counts["Han"] = counts["Kana"] + counts["Han"], 0
    script = max(counts, key=lambda name: counts[name])
    enough = letters >= MIN_LETTERS and counts[script] * 10 >= letters * 7
    return script if enough else ""


def _by_words(words: list[str], lists: dict[str, str]) -> str:
    """The language whose commonest words are by a clear margin the commonest here."""
    common = {tag: frozenset(listed.split()) for tag, listed in lists.items()}
    shared = Counter(word for members in common.values() for word in members)
    # A word that several languages share says less for each of them.
    scores = {
        tag: sum(60 // shared[word] for word in words if word in members)
        for tag, members in common.items()
    }
    first, second, *_ = [*sorted(scores.values(), reverse=True), 0]
    tag = max(scores, key=lambda name: scores[name])
    hits = sum(word in common[tag] for word in words)
    return "und" if hits < 3 or hits * 8 < len(words) or first * 4 < second * 5 else tag


def _cyrillic(text: str, words: list[str]) -> str:
    """By letters first: a foreign name may bring one in, so a few of a thousand are let pass."""
    allowed = len(text) // 500
    fitting = [
        tag
        for tag, (never, some) in _CYRILLIC_LETTERS.items()
        if sum(text.count(char) for char in never) <= allowed and any(char in text for char in some)
    ]
    if len(fitting) == 1:
        return fitting[0]
    scores = {tag: CYRILLIC[tag] for tag in fitting or CYRILLIC}
    return _by_words(words, scores)


def _arabic(text: str, words: list[str]) -> str:
    if re.search("[ٹڈڑےں]", text):
        return "ur"
    if re.search("[ټډړښڼ]", text):
        return "ps"
    if len(re.findall("[پچژگکی]", text)) * 50 > len(text):
        return "fa"
    return "ar" if {"في", "من", "على", "إلى", "أن", "عن"} & set(words) else "und"


def _devanagari(text: str, words: list[str]) -> str:
    del words  # vowel signs are no letters: our words are broken there
    return "hi" if {"है", "के", "में", "की"} & set(re.split(r"[\s।,]+", text)) else "und"


_BY_TEXT: dict[str, Callable[[str, list[str]], str]] = {
    "Latin": lambda _, words: _by_words(words, LATIN),
    "Cyrillic": _cyrillic,
    "Arabic": _arabic,
    "Devanagari": _devanagari,
    "Bengali": lambda text, _: "as" if re.search("[ৰৱ]", text) else "bn",
}
