"""The marks of well-known makers of walls and of parking pages: headers and structure, no words.

`strong` marks stand on the wall itself; the others stand on pages behind it as well, and
count only where the page has no text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.http1 import Head
from archiver.judge.signals.markup import Markup
from archiver.judge.tags import lower


@dataclass(frozen=True, slots=True)
class Mark:
    """A maker's mark that was found: what it is a mark of, whose, where and how strong."""

    kind: str
    vendor: str
    where: str
    strong: bool


# Response header, value, maker. Each is the maker's own word that this is no page.
_HEADERS = (
    ("cf-mitigated", "challenge", "Cloudflare", True),
    ("x-amzn-waf-action", "challenge|captcha", "AWS WAF", True),
    ("x-datadome", "protected", "DataDome", False),
    ("x-dd-b", ".+", "DataDome", False),
    ("x-kpsdk-ct", ".+", "Kasada", False),
    ("x-sucuri-block", ".+", "Sucuri", True),
    ("x-vercel-mitigated", "challenge|deny", "Vercel", True),
    ("x-vercel-challenge-token", ".+", "Vercel", True),
    ("server", "(?:akamaighost|ddos-guard|qrator|variti.*|sucuri.*|stormwall.*)", "", False),
)
_CHALLENGE = (
    # where, pattern, maker, strong
    ("address", r"/cdn-cgi/challenge-platform/h/[a-z]+/orchestrate/", "Cloudflare", True),
    ("script", r"_cf_chl_opt|cf_chl_", "Cloudflare", True),
    ("name", r"cf-challenge.*|cf-browser-verification|cf-error-details|challenge-error-.*",
     "Cloudflare", True),
    ("name", r"cf-turnstile", "Turnstile", False),
    ("address", r"challenges\.cloudflare\.com/turnstile/", "Turnstile", False),
    ("address", r"/_incapsula_resource\?.{0,500}(?:swudnsai|incident_id)", "Imperva", True),
    ("address", r"/_incapsula_resource", "Imperva", False),
    ("address", r"(?:geo|ct|interstitial)\.captcha-delivery\.com", "DataDome", True),
    ("script", r"captcha-delivery\.com|\bdd\s*=\s*\{\s*['\"]?(?:rt|cid)['\"]?\s*:",
     "DataDome", True),
    ("name", r"px-captcha.*", "HUMAN", True),
    ("address", r"captcha\.(?:px-cdn\.net|px-cloud\.net|perimeterx\.net)", "HUMAN", True),
    ("script", r"_pxblockscript|_pxhostedurl|px-captcha", "HUMAN", True),
    ("address", r"\.awswaf\.com/.{0,500}(?:challenge|captcha)\.js", "AWS WAF", False),
    ("script", r"gokuprops|awswafcookiedomainlist", "AWS WAF", True),
    ("script", r"sucuri_cloudproxy_js", "Sucuri", True),
    ("address", r"(?:check\.ddos-guard\.net|/\.well-known/ddos-guard/)", "DDoS-Guard", True),
    ("name", r"link-ddg|ddg-.*captcha.*", "DDoS-Guard", True),
    ("address", r"/149e9513-01fa-4fb0-aad4-566afd725d1b/", "Kasada", True),
    ("script", r"kpsdk", "Kasada", True),
    ("address", r"/tspd/", "F5", True),
    ("script", r"\bbobcmn\b|/tspd/", "F5", True),
    ("address", r"/_sec/cp_challenge/|errors\.edgesuite\.net", "Akamai", True),
    ("name", r"sec-(?:if-)?cpt-.*", "Akamai", True),
    ("address", r"/showcaptcha|smartcaptcha\.yandexcloud\.net|captcha-backgrounds", "Yandex", True),
    ("name", r"checkboxcaptcha.*|advancedcaptcha.*", "Yandex", True),
    ("name", r"smart-captcha", "Yandex", False),
    ("address", r"/__qrator/|qrator\.net", "Qrator", True),
    ("script", r"__qrator|qauth_", "Qrator", True),
    ("address", r"variti\.(?:net|com)|/variti", "Variti", True),
    ("address", r"/\.well-known/sgcaptcha/", "SiteGround", True),
    ("address", r"/\.within\.website/x/cmd/anubis/", "Anubis", True),
    ("name", r"anubis_.*", "Anubis", True),
    ("address", r"/\.well-known/vercel/security/", "Vercel", True),
    ("address", r"validate\.perfdrive\.com", "Radware", True),
    ("script", r"\bslowaes\b.{0,2000}__test=|acw_sc__v2|\brbzns\b", "a cookie check", True),
    ("address", r"(?:js\.hcaptcha\.com|hcaptcha\.com/(?:1|captcha))", "hCaptcha", False),
    ("name", r"h-captcha|g-recaptcha|geetest.*|frc-captcha", "a captcha", False),
    ("address", r"(?:google\.com|recaptcha\.net)/recaptcha/|arkoselabs\.com|geetest\.com",
     "a captcha", False),
)  # fmt: skip
_PARKED = (
    ("address", r"(?://|\.)(?:sedoparking\.com|parkingcrew\.net|bodis\.com|parklogic\.com|"
     r"skenzo\.com|dsparking\.com|above\.com|trafficz\.com|voodoo\.com|uniregistry\.com|"
     r"hugedomains\.com|afternic\.com|dan\.com|undeveloped\.com|sav\.com|domainmarket\.com|"
     r"buydomains\.com|atom\.com/name|epik\.com/domain|dynadot\.com/market)(?:[/:?]|$)|"
     r"wsimg\.com/parking-lander|//parking\.(?:reg\.ru|godaddy|namecheap)|adsense/domains/caf",
     "a parking service", True),
    ("script", r"window\.park\b|sedoparking|parkingcrew|bodis|parking-lander|"
     r"adsense/domains/caf|google_ad_domain|window\.location\.href\s*=\s*[\"']/lander",
     "a parking service", True),
    ("name", r"sedo-.*|parking-page|parked-domain|domain-for-sale|buy-domain",
     "a parking page", True),
)  # fmt: skip
_OTHERS = (
    ("captive", "comment", r"<wispaccessgatewayparam", "WISPr", True),
    ("captive", "name", r"wispaccessgatewayparam|captive-portal|hotspot-login", "a hotspot", True),
    ("captive", "address", r"(?:[?&](?:wlanuserip|userip|client_mac|ap_mac|nasid|wlanacname)=)",
     "a hotspot", True),
    ("consent", "address", r"//consent\.(?:google|youtube|yahoo)\.|/collectconsent|//guce\.",
     "a consent page", True),
    ("pay", "name", r"(?:.*[-_])?pay-?wall(?:[-_].*)?|piano-.*|tp-modal|subscriber-only|regwall.*",
     "a pay wall", False),
    ("not_found", "body", r"error-?404|error404|page-404|http-404|page-?not-?found|not-found|404",
     "a template for missing pages", True),
    ("maintenance", "body", r"maintenance(?:-mode|-page)?|wp-maintenance.*", "a template", True),
    ("login", "body", r"login|login-page|page-login|login-action-login", "a template", True),
)  # fmt: skip
_TABLE = (
    *(("challenge", *one) for one in _CHALLENGE),
    *(("parked", *one) for one in _PARKED),
    *_OTHERS,
)
_FREE = re.compile(r'"isaccessibleforfree"\s*:\s*"?(?:false|https?://schema\.org/false)')
_BLOCKED_BY = re.compile(r'rel\s*=\s*"?[^";]*\bblocked-by\b', re.I)


def header_marks(head: Head) -> Iterator[Mark]:
    """Marks in the head of a response."""
    for name, pattern, vendor, strong in _HEADERS:
        for value in head.values(name):
            if re.fullmatch(pattern, value.strip(), re.I):
                yield Mark("challenge", vendor or value.strip(), f"{name}: {value}", strong)
    for value in head.values("link"):
        if _BLOCKED_BY.search(value):  # RFC 7725 §4
            yield Mark("legal", "whoever blocks it", f"link: {value}", True)


def markup_marks(markup: Markup) -> Iterator[Mark]:
    """Marks in the tags and scripts of a document."""
    script = lower(markup.script)
    places = {
        "address": "\n".join(markup.addresses),
        "name": "\n".join(sorted(markup.names)),
        "body": "\n".join(sorted(markup.body)),
        "script": script,
        "comment": markup.comments,
    }
    for kind, where, pattern, vendor, strong in _TABLE:
        if where in ("name", "body"):
            pattern = f"^(?:{pattern})$"
        match = re.search(pattern, places[where], re.M)
        if match is not None:
            yield Mark(kind, vendor, f"{where} {match[0]}", strong)
    if _FREE.search(script):
        yield Mark("pay", "the page's own data", "isAccessibleForFree is false", False)
