"""Reads what GeoNames gives away for download: places (19 columns) and further names (10 or 8).

https://download.geonames.org/export/dump/readme.txt says what each column holds. A file may be a
zip as fetched, of the world or of one country, or the text in it. Lines come as rows for the tables
of a gazetteer file, a few megabytes at a time, and reading can begin wherever it was left. Where
the rows are kept is the business of `additions`.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, cast

from sayso.errors import InputError
from sayso.language.gazetteer import PlaceKind
from sayso.language.geography.filing import Alias, Row, key_of, parts_of_a_degree, worth_keeping

# What is read at a time: some 30,000 lines.
_CHUNK = 4_000_000
# Enough of a bare text to tell one version of it from another, with its size.
_SAMPLE = 65_536
# GeoNames is at 13 million; one byte is kept in memory for each number up to the largest.
LARGEST = 100_000_000

_WIDTHS: dict[int, Literal["places", "names"]] = {19: "places", 10: "names", 8: "names"}
_ASIDE = ("readme.txt", "iso-languagecodes.txt")

# What is no place to be at today: countries, divisions and towns of the past.
_PAST = frozenset("PCLH ADM1H ADM2H ADM3H ADM4H ADM5H ADMDH PPLH PPLCH".split())
_PARTS = frozenset("ADM2 ADM3 ADM4 ADM5 ADMD TERR ZN".split())
# Features that news names as the scene of something. No rivers: GeoNames puts them at their mouth.
# No hills, creeks or ponds: there are more of them than of all else, mostly of the same few names.
_AREAS = {
    "T": "ISL ISLS ISLM ISLT ATOL PEN ISTH CAPE MT MTS PK PKS VLC HLLS UPLD RDGE PASS VAL VALS "
    "VALG CNYN GRGE DSRT ERG PLAT PLN DLTA",
    "H": "LK LKS LKN LKI RSV BAY BAYS GULF STRT SEA OCN SD CHN FJD LGN HBR MRSH SWMP",
    "L": "RGN RGNE RGNL AREA LCTY CST OAS TRB MILB NVB PRT INDS MNA OILF GASF PRK RESN RESW RESV",
    "S": "CMPRF",  # refugee camps: towns in all but name
    "V": "FRST",
}
_CODES = frozenset("link post iata icao faac tcid unlc wkdt phon".split())


class Source(NamedTuple):
    """A file to read: what to call it, what it holds, and what tells it from another version.

    `name` is that of the text ("SY.txt"), `member` where a zip keeps it, `size` its bytes.
    """

    path: Path
    member: str | None
    name: str
    holds: Literal["places", "names"]
    size: int
    mark: str


class Batch(NamedTuple):
    """Rows of some lines, and how many bytes and lines of the text have been read with them."""

    size: int
    lines: int
    places: list[Row]
    aliases: list[Alias]


def source(path: Path) -> Source:
    """What the file is. Raises `InputError` if it is missing or nothing that GeoNames gives."""
    with _sound(path):
        found = _zipped(path) if zipfile.is_zipfile(path) else bare(path)
        with _opened(found, 0) as stream:
            first = stream.readline(_CHUNK)
    if not first:
        raise InputError(f"{path} is empty")
    width = first.count(b"\t") + 1
    if width not in _WIDTHS:
        raise InputError(
            f"{path} is no file of GeoNames: its first line has {width} columns, while places have "
            "19 and further names 10"
        )
    return found._replace(holds=_WIDTHS[width])


def read(source: Source, size: int, lines: int, wanted: bytearray) -> Iterator[Batch]:
    """The rows of the file from where `size` bytes and `lines` lines have been read on.

    Of a file of names only those of the numbers at which `wanted` has a 1. Raises `InputError`,
    naming the line, where the file is not what it should be, or is damaged.
    """
    with _sound(source.path), _opened(source, size) as stream:
        while chunk := stream.readlines(_CHUNK):
            places: list[Row] = []
            aliases: list[Alias] = []
            for line in chunk:
                lines += 1
                try:
                    row = line.decode().rstrip("\r\n").split("\t")
                    if _WIDTHS.get(len(row)) != source.holds:
                        raise ValueError(f"it has {len(row)} columns")
                    if source.holds == "names":
                        aliases += _name(row, wanted)
                    elif place := _place(row):
                        places.append(place)
                        aliases += _names(row)
                except ValueError as error:
                    raise InputError(
                        f"{source.path} is no sound file of GeoNames, from line {lines} of "
                        f"{source.name} on: {error}; fetch it again"
                    ) from error
            size += sum(map(len, chunk))
            yield Batch(size, lines, places, aliases)
    if size != source.size:
        raise InputError(f"{source.path} was changed while it was read; add it again")


def _zipped(path: Path) -> Source:
    with zipfile.ZipFile(path) as archive:
        texts = [m for m in archive.infolist() if m.filename.lower().endswith(".txt")]
        found = [m for m in texts if Path(m.filename).stem.lower() == path.stem.lower()] or [
            m for m in texts if Path(m.filename).name.lower() not in _ASIDE
        ]
    if len(found) != 1:
        raise InputError(
            f"{path} holds {len(found) or 'no'} texts that could be the places; a zip of GeoNames "
            "holds one, like SY.txt in SY.zip"
        )
    held, name = found[0], Path(found[0].filename).name
    return Source(path, held.filename, name, "places", held.file_size, f"{held.CRC:08x}")


def bare(path: Path) -> Source:
    """A text as it lies there, by its first and last words. Raises `InputError` for half a zip."""
    with _sound(path), path.open("rb") as file:
        begins = file.read(_SAMPLE)
        size = file.seek(0, io.SEEK_END)
        file.seek(-min(size, _SAMPLE), io.SEEK_END)
        mark = hashlib.sha256(begins + file.read()).hexdigest()[:16]
    if begins.startswith(b"PK\3\4"):
        raise InputError(f"{path} is a zip that is cut short; fetch it again")
    return Source(path, None, path.name, "places", size, mark)


@contextmanager
def _opened(source: Source, at: int) -> Iterator[BinaryIO]:
    """The text from byte `at` on."""
    if source.member is None:
        with source.path.open("rb") as file:
            file.seek(at)
            yield file
        return
    with zipfile.ZipFile(source.path) as archive, archive.open(source.member) as packed:
        packed.seek(at)
        # Cutting lines takes half as long with a buffer around it.
        yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, packed), 1 << 20))


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Tells what is wrong with a file in one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError(f"{path} is damaged ({error}); fetch it again") from error
    except (RuntimeError, NotImplementedError) as error:
        raise InputError(f"{path} cannot be unpacked: {error}") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def _place(row: list[str]) -> Row | None:
    """The place of a line; None if it is left out."""
    kept = _kept(row[6], row[7])
    name = row[1].strip() or row[2].strip()
    if kept is None or not name:
        return None
    kind, part, capital = kept
    number, lat, lon = _number(row[0]), float(row[4]), float(row[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{row[4]}, {row[5]} is no point on the earth")
    first, second = (None, None) if kind == "country" else (row[10] or None, row[11] or None)
    return Row(
        number, name, parts_of_a_degree(lat), parts_of_a_degree(lon), row[8] or None, first, second,
        int(row[14] or 0), kind, part, capital,
    )  # fmt: skip


def _names(row: list[str]) -> list[Alias]:
    """The names in a line of a place, each key once."""
    others = (key_of(name) for name in row[3].split(",") if worth_keeping(name))
    keys = dict.fromkeys(filter(None, others), False)
    keys |= dict.fromkeys(filter(None, map(key_of, row[1:3])), True)
    number = int(row[0])
    return [(key, number, main) for key, main in keys.items()]


def _name(row: list[str], wanted: bytearray) -> list[Alias]:
    """The name in a line of further names, if it is one: what English prefers is a main one."""
    number, language, name = _number(row[1]), row[2], row[3]
    if number >= len(wanted) or not wanted[number] or language in _CODES:
        return []
    # Preferred, and neither colloquial nor historic.
    main = language == "en" and row[4] == "1" and "1" not in row[6:8]
    key = key_of(name) if main or worth_keeping(name) else None
    return [(key, number, main)] if key else []


@lru_cache(2048)
def _kept(feature: str, code: str) -> tuple[PlaceKind, bool, bool] | None:
    """What a feature is to us (kind, part, capital), or None if it is left out."""
    if code in _PAST:
        return None
    if feature == "P":
        return "city", False, code == "PPLC"
    if feature == "A":
        if code.startswith("PCL"):
            return "country", False, False
        return ("region", code in _PARTS, False) if code == "ADM1" or code in _PARTS else None
    return ("area", False, False) if code in _AREAS.get(feature, "").split() else None


def _number(text: str) -> int:
    number = int(text)
    if not 0 < number < LARGEST:
        raise ValueError(f"{text} is no number of GeoNames")
    return number
