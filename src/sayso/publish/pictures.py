"""A picture as a file that any program shows: SVG without variables, and PNG.

PNG is made by resvg, which is asked for as an extra: one wheel of 1.4 MB without dependencies that
reads no network. It sets letters in the fonts of this machine.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import Any

from sayso.errors import SettingsError
from sayso.outputs import SOFTWARE
from sayso.publish.drawing import FACES

ZOOM = 2.0
"""Pixels of a PNG for each unit of the picture: sharp on dense screens and in print."""

# Bytes of the signature and of the header, which comes first in every PNG.
_HEADER = 8 + 25

_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_DECLARED = re.compile(r"--([a-z]+):([^;}]+);?")
_USED = re.compile(r"var\(--([a-z]+)(?:,([^()]*))?\)")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def plain(svg: str) -> str:
    """The same picture in its colours for light, on paper of its own: editors of pictures and word
    processors know neither CSS variables nor dark pages."""
    found = _STYLE.search(svg)
    if found is None:
        return svg
    style = _MEDIA.sub("", found[1])
    colours = dict(_DECLARED.findall(style))
    style = _USED.sub(
        lambda used: str(colours.get(used[1], used[2] or "")), _DECLARED.sub("", style)
    )
    paper = re.search(r"background:([^;}]+)", style)
    ground = f'<rect width="100%" height="100%" fill="{paper[1]}"/>' if paper else ""
    return f"{svg[: found.start()]}<style>{style}</style>{ground}{svg[found.end() :]}"


def png(svg: str) -> bytes:
    """The picture as PNG. Raises `SettingsError` where resvg is not installed, or has no fonts."""
    resvg = _resvg()
    if not _has_letters(resvg):
        raise SettingsError("this machine has no fonts, and a picture without letters says nothing")
    made: bytes = resvg.svg_to_bytes(svg_string=plain(svg), zoom=ZOOM)
    return _signed(made)


def _signed(png: bytes) -> bytes:
    """With a chunk of text, behind the header, that says whose it is (PNG, 11.3.3.2)."""
    said = b"tEXt" + SOFTWARE
    chunk = struct.pack(">I", len(SOFTWARE)) + said + struct.pack(">I", zlib.crc32(said))
    return png[:_HEADER] + chunk + png[_HEADER:]


def can_png() -> bool:
    """Whether PNG can be made here."""
    try:
        _resvg()
    except SettingsError:
        return False
    return True


def _has_letters(resvg: Any) -> bool:
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'
    # resvg knows no "sans-serif" but Arial, which few machines with Linux have.
    letter = f'<text x="2" y="16" font-family="{FACES}" font-size="16">8</text>'
    drawn = [resvg.svg_to_bytes(svg_string=frame.format(inner)) for inner in ("", letter)]
    return bool(drawn[0] != drawn[1])


def _resvg() -> Any:
    try:
        import resvg_py
    except ImportError:
        raise SettingsError("PNG needs resvg: pip install 'sayso[png]'") from None
    return resvg_py
