"""archiver: web evidence that survives attack.

The verbs and their types; nothing else is public.

>>> import archiver
>>> report = archiver.verify("missing.wacz")
Traceback (most recent call last):
    ...
archiver.errors.InvalidInput: no such file
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

TYPE_CHECKING = False  # as `typing` has it; importing that would take most of the time

__version__ = "0.1.0"

# Where each public name lives. They are imported when first asked for: `import archiver`
# itself costs nothing.
_PUBLIC = {
    "capture": "archiver.verbs.capture",
    "Order": "archiver.verbs.capture",
    "Captured": "archiver.verbs.capture",
    "Settings": "archiver.capture.settings",
    "Given": "archiver.case.intake",
    "Publish": "archiver.case.model",
    "new": "archiver.verbs.cases",
    "Drafted": "archiver.verbs.cases",
    "validate": "archiver.verbs.cases",
    "Validated": "archiver.verbs.cases",
    "verify": "archiver.verbs.reading",
    "Report": "archiver.verify.report",
    "Check": "archiver.verify.report",
    "show": "archiver.verbs.reading",
    "Shown": "archiver.verbs.reading",
    "compare": "archiver.verbs.reading",
    "Compared": "archiver.verbs.reading",
    "rebuild": "archiver.verbs.rebuilding",
    "Rebuilt": "archiver.verbs.rebuilding",
    "report": "archiver.verbs.reporting",
    "Reported": "archiver.verbs.reporting",
    "cross": "archiver.verbs.crossing",
    "Crossed": "archiver.verbs.crossing",
    "handover": "archiver.verbs.handing",
    "HandedOver": "archiver.verbs.handing",
    "diff": "archiver.verbs.changing",
    "Diffed": "archiver.verbs.changing",
    "export": "archiver.verbs.exporting",
    "Exported": "archiver.verbs.exporting",
    "sign": "archiver.verbs.signing",
    "amend": "archiver.verbs.amending",
    "Amended": "archiver.verbs.amending",
    "Signing": "archiver.verbs.signing",
    "Cosigned": "archiver.verbs.signing",
    "trusted": "archiver.verbs.trusting",
    "Trust": "archiver.attest.trust",
    "Signer": "archiver.attest.trust",
    "stamp": "archiver.verbs.stamping",
    "Stamps": "archiver.verbs.stamping",
    "Asking": "archiver.verbs.stamping",
    "batch": "archiver.verbs.batch",
    "Batch": "archiver.verbs.batch",
    "Listed": "archiver.verbs.batch",
    "recapture": "archiver.verbs.recapture",
    "Round": "archiver.verbs.recapture",
    "Recaptured": "archiver.verbs.recapture",
    "Pace": "archiver.verbs.runs",
    "status": "archiver.verbs.status",
    "Status": "archiver.verbs.status",
    "Clock": "archiver.moment",
    "Digest": "archiver.digest",
    "Exit": "archiver.errors",
    "Problem": "archiver.errors",
    "ArchiverError": "archiver.errors",
    "InvalidInput": "archiver.errors",
    "StorageFailed": "archiver.errors",
    "Refused": "archiver.errors",
    "ServiceFailed": "archiver.errors",
}
__all__ = [*_PUBLIC]

if TYPE_CHECKING:
    from typing import Any

    from archiver.attest.trust import Signer as Signer
    from archiver.attest.trust import Trust as Trust
    from archiver.capture.settings import Settings as Settings
    from archiver.case.intake import Given as Given
    from archiver.case.model import Publish as Publish
    from archiver.digest import Digest as Digest
    from archiver.errors import ArchiverError as ArchiverError
    from archiver.errors import Exit as Exit
    from archiver.errors import InvalidInput as InvalidInput
    from archiver.errors import Problem as Problem
    from archiver.errors import Refused as Refused
    from archiver.errors import ServiceFailed as ServiceFailed
    from archiver.errors import StorageFailed as StorageFailed
    from archiver.moment import Clock as Clock
    from archiver.verbs.amending import Amended as Amended
    from archiver.verbs.amending import amend as amend
    from archiver.verbs.batch import Batch as Batch
    from archiver.verbs.batch import Listed as Listed
    from archiver.verbs.batch import batch as batch
    from archiver.verbs.capture import Captured as Captured
    from archiver.verbs.capture import Order as Order
    from archiver.verbs.capture import capture as capture
    from archiver.verbs.cases import Drafted as Drafted
    from archiver.verbs.cases import Validated as Validated
    from archiver.verbs.cases import new as new
    from archiver.verbs.cases import validate as validate
    from archiver.verbs.changing import Diffed as Diffed
    from archiver.verbs.changing import diff as diff
    from archiver.verbs.crossing import Crossed as Crossed
    from archiver.verbs.crossing import cross as cross
    from archiver.verbs.exporting import Exported as Exported
    from archiver.verbs.exporting import export as export
    from archiver.verbs.handing import HandedOver as HandedOver
    from archiver.verbs.handing import handover as handover
    from archiver.verbs.reading import Compared as Compared
    from archiver.verbs.reading import Shown as Shown
    from archiver.verbs.reading import compare as compare
    from archiver.verbs.reading import show as show
    from archiver.verbs.reading import verify as verify
    from archiver.verbs.rebuilding import Rebuilt as Rebuilt
    from archiver.verbs.rebuilding import rebuild as rebuild
    from archiver.verbs.recapture import Recaptured as Recaptured
    from archiver.verbs.recapture import Round as Round
    from archiver.verbs.recapture import recapture as recapture
    from archiver.verbs.reporting import Reported as Reported
    from archiver.verbs.reporting import report as report
    from archiver.verbs.runs import Pace as Pace
    from archiver.verbs.signing import Cosigned as Cosigned
    from archiver.verbs.signing import Signing as Signing
    from archiver.verbs.signing import sign as sign
    from archiver.verbs.stamping import Asking as Asking
    from archiver.verbs.stamping import Stamps as Stamps
    from archiver.verbs.stamping import stamp as stamp
    from archiver.verbs.status import Status as Status
    from archiver.verbs.status import status as status
    from archiver.verbs.trusting import trusted as trusted
    from archiver.verify.report import Check as Check
    from archiver.verify.report import Report as Report


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(importlib.import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'archiver' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


class _Archiver(ModuleType):
    """Three verbs bear the names of rooms. Importing a room would put the room in the verb's
    place; a property of the module's class cannot be displaced."""


def _kept(name: str) -> property:
    return property(lambda _: __getattr__(name), lambda _, room: None)  # noqa: ARG005


for _name in ("capture", "report", "verify"):
    setattr(_Archiver, _name, _kept(_name))


sys.modules[__name__].__class__ = _Archiver
