"""Files of map tiles for the tests: the world in one colour, as a picture or as a shape."""

from __future__ import annotations

import gzip
import struct
import zlib
from pathlib import Path

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write


def raster(path: Path, colour: tuple[int, int, int]) -> Path:
    """One tile of pixels of this colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(colour) * 256) * 256
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    png += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return _write(path, png, TileType.PNG, Compression.NONE, {"attribution": "<b>Tests</b>"})


def vector(path: Path) -> Path:
    """One tile, all of it land, in the layer `earth` of a Mapbox vector tile (specification 2.1)."""

    def field(number: int, data: bytes) -> bytes:
        return _varint(number << 3 | 2) + _varint(len(data)) + data

    def number(field: int, value: int) -> bytes:
        return _varint(field << 3) + _varint(value)

    # Move to 0,0; line by 4096,0 and 0,4096 and -4096,0; close. Numbers are zigzag.
    drawing = [9, 0, 0, 26, 8192, 0, 0, 8192, 8191, 0, 15]
    feature = number(3, 3) + field(4, b"".join(_varint(command) for command in drawing))
    layer = number(15, 2) + field(1, b"earth") + field(2, feature) + number(5, 4096)
    metadata = {"vector_layers": [{"id": "earth", "fields": {}}]}
    tile = gzip.compress(field(3, layer), mtime=0)
    return _write(path, tile, TileType.MVT, Compression.GZIP, metadata)


def _write(path: Path, tile: bytes, kind: TileType, packed: Compression, metadata: dict) -> Path:
    with write(str(path)) as writer:
        writer.write_tile(zxy_to_tileid(0, 0, 0), tile)
        world = {"min_lon_e7": -1800000000, "min_lat_e7": -850000000, "max_lon_e7": 1800000000,
                 "max_lat_e7": 850000000, "center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0}  # fmt: skip
        writer.finalize({"tile_type": kind, "tile_compression": packed} | world, metadata)
    return path


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
