"""Bodies of the web, unpacked as they come and given up as soon as they are too much."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

import brotli

from sayso.errors import InputError

Unpack = Callable[[bytes, int], bytes]

_GZIP = 16 + zlib.MAX_WBITS


def unpacked(chunks: Iterable[bytes], how: str, most: int, *, cut: bool = False) -> bytes:
    """A body that is packed as `Content-Encoding` says: by gzip, br (Brotli), or not at all.

    Raises `InputError` where it is more than `most` bytes, which with `cut` are all that is read;
    is packed otherwise or wrongly; or breaks off.
    """
    unpack, finished = _unpacker(how.strip().lower())
    data = bytearray()
    try:
        for chunk in chunks:
            data += unpack(chunk, most + 1 - len(data))
            if len(data) > most:
                if cut:
                    return bytes(data[:most])
                raise InputError(f"is larger than {most:,} bytes")
    except (zlib.error, brotli.error):
        raise InputError("is packed wrongly") from None
    if data and not finished():
        raise InputError("breaks off before its end")
    return bytes(data)


def _unpacker(how: str) -> tuple[Unpack, Callable[[], bool]]:
    """What unpacks, up to so many bytes or a little more, and whether it has come to the end."""
    if how in ("", "identity"):
        return lambda chunk, room: chunk, lambda: True
    if how in ("gzip", "x-gzip"):
        packed = zlib.decompressobj(_GZIP)
        return packed.decompress, lambda: packed.eof
    if how == "br":
        stream = brotli.Decompressor()
        return lambda chunk, room: _drained(stream, chunk, room), stream.is_finished
    raise InputError(f"is packed as {how!r}, which is not read")


def _drained(stream: brotli.Decompressor, chunk: bytes, room: int) -> bytes:
    data = bytearray(stream.process(chunk, output_buffer_limit=room))
    while len(data) < room and not stream.can_accept_more_data():
        data += stream.process(b"", output_buffer_limit=room - len(data))
    return bytes(data)
