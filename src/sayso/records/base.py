"""What all records share."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What all records share: immutable, keyword-only, strict when decoded.

    Records are trees, so that counting references frees them: `gc=False` spares the collector
    walking a hundred thousand of them again and again."""
