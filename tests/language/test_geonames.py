"""Places that the user adds: files in the format of GeoNames, their rows invented here."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sayso.errors import EngineError, InputError, SettingsError
from sayso.language import gazetteer as gazetteer_module
from sayso.language.gazetteer import VERSION, Gazetteer, adding_beside
from sayso.language.geography import additions, filing, geonames
from sayso.language.geography.folding import fold
from sayso.language.geography.holdings import holdings
from sayso.language.places import places
from sayso.ledger.store import Ledger
from waiting import PATIENCE, ending

ALEPPO = (36.2, 37.16)


def place(
    number: int, name: str, code: str = "P.PPL", others: str = "", country: str = "SY",
    admin1: str = "09", people: int | str = 0, at: tuple[float, float] = ALEPPO,
) -> str:  # fmt: skip
    kind, _, feature = code.partition(".")
    return "\t".join(
        [
            str(number), name, name, others, str(at[0]), str(at[1]), kind, feature, country, "",
            admin1, "", "", "", str(people), "", "410", "Asia/Damascus", "2031-03-04",
        ]
    )  # fmt: skip


def called(number: int, place: int, language: str, name: str, *flags: str) -> str:
    signs = ["1" if sign in flags else "" for sign in ("preferred", "short", "slang", "historic")]
    return "\t".join([str(number), str(place), language, name, *signs, "", ""])


def text(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def packed(path: Path, *lines: str, **more: str) -> Path:
    """A zip as GeoNames makes them: of a country with a readme, of names with a list of codes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in more.items():
            archive.writestr(f"{name}.txt", content)
        if lines:
            archive.writestr(f"{path.stem}.txt", "".join(f"{line}\n" for line in lines))
    return path


def many(number: int, count: int) -> Iterator[str]:
    return (place(number + n, f"Tell Rask {n:05}", others=f"Rask {n:05}") for n in range(count))


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where places can be added to a gazetteer of three entries of its own."""
    packaged = tmp_path / "packaged.db"
    rows = [
        filing.Row(-9, "Old Coast", None, None, None, None, None, 0, "area", False, False),
        filing.Row(7, "Velmark", 15000, 25000, "SY", "V", None, 9000, "city", False, True),
        filing.Row(8, "Syland", 20000, 30000, "SY", None, None, 90, "country", False, False),
    ]
    aliases = sorted((fold(row.name), row.id, True) for row in rows)
    about = {"version": VERSION, "entries": "3", "names": "3", "sources": "none", "licences": "-"}
    filing.write(packaged, rows, aliases, about)
    monkeypatch.setattr(gazetteer_module, "PACKAGED", packaged)
    # So that a small file has several batches.
    monkeypatch.setattr(geonames, "_CHUNK", 100_000)
    monkeypatch.setattr(additions, "_MB", 1)
    (tmp_path / "cache").mkdir()
    return tmp_path / "cache" / "places.db"


@contextmanager
def found(base: Path) -> Iterator[Callable[[str], list]]:
    gazetteer = Gazetteer.open(base)
    try:
        yield gazetteer.find
    finally:
        gazetteer.close()


def names(base: Path, *asked: str) -> list[str | None]:
    """Of each name the first entry that bears it."""
    with found(base) as find:
        return [next((c.name for c in find(name)), None) for name in asked]


@contextmanager
def stopped(when: int, error: type[BaseException] = KeyboardInterrupt) -> Iterator[additions.Watch]:
    """Something to watch an import with that ends it the so-manieth time it is told something."""
    told = 0

    @contextmanager
    def watch(label: str) -> Iterator[Callable[[int, int], None]]:
        def moved(done: int, total: int) -> None:
            nonlocal told
            told += 1
            if told == when:
                raise error

        yield moved

    yield watch


IMPORT = """
import sys
from contextlib import nullcontext
from pathlib import Path
from sayso.errors import EngineError
from sayso.language.geography import additions, geonames
geonames._CHUNK, additions._MB = 100_000, 1
base, file = map(Path, sys.argv[1:])
"""


def run(code: str, *paths: Path) -> subprocess.Popen[str]:
    """An import in a process of its own."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, "-c", IMPORT + code, *paths], text=True, **pipes)


# What is read


def test_the_text_a_country_and_the_world_are_read_alike(base: Path, tmp_path: Path) -> None:
    line = place(101, "Tell Rask", others="Tall Rask,تل رسك")
    for file in (
        text(tmp_path / "SY.txt", line),
        packed(tmp_path / "SY.zip", line, readme="about\tthis\n"),
        packed(tmp_path / "allCountries.zip", line),
    ):
        done = additions.add(base, [file])
        assert (len(done.new), done.entries, done.names) == (1, 1, 3)
        with found(base) as find:
            (rask,) = find("tall rask")
        assert (rask.geonameid, rask.lat, rask.lon, rask.country) == (101, *ALEPPO, "SY")
        assert (rask.admin1, rask.population, rask.main, rask.added) == ("09", 0, False, True)
        assert additions.remove(base)


@pytest.mark.parametrize(
    ("code", "kind", "part", "capital"),
    [
        ("P.PPLX", "city", False, False),
        ("P.PPLW", "city", False, False),
        ("P.PPLC", "city", False, True),
        ("A.PCLI", "country", False, False),
        ("A.ADM1", "region", False, False),
        ("A.ADM3", "region", True, False),
        ("T.MTS", "area", False, False),
        ("H.LK", "area", False, False),
        ("S.CMPRF", "area", False, False),
        ("V.FRST", "area", False, False),
    ],
)
def test_features_become_the_kinds_that_reading_knows(
    base: Path, tmp_path: Path, code: str, kind: str, part: bool, capital: bool
) -> None:
    additions.add(base, [text(tmp_path / "SY.txt", place(101, "Tell Rask", code))])
    with found(base) as find:
        (rask,) = find("Tell Rask")
    assert (rask.kind, rask.part, rask.capital) == (kind, part, capital)


@pytest.mark.parametrize("code", ["P.PPLH", "A.PCLH", "A.ADM1H", "S.SCH", "R.RD", "H.STM", "."])
def test_what_news_does_not_name_or_is_no_more_is_left_out(
    base: Path, tmp_path: Path, code: str
) -> None:
    file = text(tmp_path / "SY.txt", place(101, "Tell Rask", code), place(102, "Rask"))
    assert additions.add(base, [file]).entries == 1
    assert names(base, "Tell Rask", "Rask") == [None, "Rask"]


def test_codes_and_machine_spellings_are_no_names(base: Path, tmp_path: Path) -> None:
    file = text(tmp_path / "SY.txt", place(101, "Tell Rask", others="RSK,tlrsk,Rask Hill"))
    additions.add(base, [file])
    assert names(base, "RSK", "tlrsk", "Rask Hill") == [None, None, "Tell Rask"]


def test_further_names_of_added_places(base: Path, tmp_path: Path) -> None:
    dump = text(tmp_path / "SY.txt", place(101, "Tall Rask"))
    further = packed(
        tmp_path / "alternateNamesV2.zip",
        called(1, 101, "en", "Raskhill", "preferred"),
        called(2, 101, "fr", "Colline de Rask"),
        called(3, 101, "en", "Raskopolis", "preferred", "historic"),
        called(4, 101, "link", "https://example.org/Rask"),
        called(5, 101, "iata", "Raskport"),
        called(6, 999, "en", "Elsewhere", "preferred"),
        **{"iso-languagecodes": "ISO 639-3\tISO 639-2\n"},
    )
    additions.add(base, [further, dump])
    with found(base) as find:
        assert [c.main for c in find("Raskhill")] == [True]
        assert [c.main for c in find("colline de rask") + find("Raskopolis")] == [False, False]
    asked = ("https://example.org/Rask", "Raskport", "Elsewhere")
    assert names(base, *asked) == [None, None, None]


def test_names_can_come_later_and_again_after_new_places(base: Path, tmp_path: Path) -> None:
    syria = text(tmp_path / "SY.txt", place(101, "Tall Rask"))
    lebanon = text(tmp_path / "LB.txt", place(201, "Ain Dorn", country="LB"))
    further = text(
        tmp_path / "alternateNames.txt",
        called(1, 101, "en", "Raskhill"),
        called(2, 201, "en", "Dorn"),
    )
    additions.add(base, [syria])
    assert additions.add(base, [further]).new == ("alternateNames.txt",)
    assert additions.add(base, [further]).known == ("alternateNames.txt",)
    additions.add(base, [lebanon])
    assert names(base, "Raskhill", "Dorn") == ["Tall Rask", None]
    assert additions.add(base, [further]).new == ("alternateNames.txt",)
    assert names(base, "Raskhill", "Dorn") == ["Tall Rask", "Ain Dorn"]


# How it is found


def test_look_ups_unite_both_and_the_packaged_entry_wins(base: Path, tmp_path: Path) -> None:
    additions.add(
        base,
        [
            text(
                tmp_path / "SY.txt",
                place(7, "Velmark City", people=5, others="Velmark"),
                place(101, "Velmark", people=12_000),
                place(102, "Velmark", people=10),
            )
        ],
    )
    with found(base) as find:
        assert [(c.id, c.population, c.added) for c in find("Velmark")] == [
            (101, 12_000, True),
            (7, 9000, False),
            (102, 10, True),
        ]
        # A name that only the dump gives it leads to the packaged entry all the same.
        (known,) = find("Velmark City")
        assert (known.name, known.population, known.main) == ("Velmark", 9000, True)


def test_the_packaged_country_and_capital_come_first(base: Path, tmp_path: Path) -> None:
    rows = [
        place(101, "Greater Syland", "A.PCL", people=10**8),
        place(102, "New Velmark", "P.PPLC", people=10**7),
        place(103, "Orrinland", "A.PCLI", country="OR"),
    ]
    additions.add(base, [text(tmp_path / "SY.txt", *rows)])
    gazetteer = Gazetteer.open(base)
    heads = [
        gazetteer.of_country(*asked)
        for asked in (("SY", "country"), ("SY", "capital"), ("OR", "country"), ("OR", "capital"))
    ]
    gazetteer.close()
    assert [head and head.id for head in heads] == [8, 7, 103, None]


def test_an_added_hill_takes_no_towns_name(base: Path, tmp_path: Path) -> None:
    rows = [
        place(101, "Velmark", "T.MT"),
        place(102, "Old Coast", "L.RGN"),
        place(103, "Mount Rask", "T.MT"),
    ]
    additions.add(base, [text(tmp_path / "SY.txt", *rows)])
    with found(base) as find:
        assert [c.id for c in find("Velmark")] == [7]
        assert [c.id for c in find("Old Coast")] == [-9]
        assert [c.id for c in find("Mount Rask")] == [103]


def test_a_village_only_the_dump_knows_is_placed_by_reading(
    parse: Callable, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    base = tmp_path / "places.db"
    sentences = parse(
        "Shells fell on the village of Qelvorin in Syria on Monday. Syria's army said that Syria "
        "would rebuild Qelvorin. Aid for Syria came from Aleppo, in northern Syria."
    )

    def where() -> set[tuple[int | None, str | None]]:
        known = Gazetteer.open(base)
        mentions = places(sentences, known)
        known.close()
        return {(m.geonameid, m.country) for m in mentions if "Qelvorin" in m.text}

    assert {number for number, _ in where()} == {None}
    rows = [
        place(90_000_001, "Qelvorin", country="BR", at=(-10.0, -50.0)),
        place(90_000_002, "Qelvorin", at=(36.3, 37.2), people=800),
    ]
    additions.add(base, [text(tmp_path / "SY.txt", *rows)])
    assert where() == {(90_000_002, "SY")}


# What is kept, and how long


def test_adding_the_same_again_says_so(base: Path, tmp_path: Path) -> None:
    file = packed(tmp_path / "SY.zip", place(101, "Tell Rask"))
    first = additions.add(base, [file])
    before = base.read_bytes()
    again = additions.add(base, [file, file])
    assert (again.new, again.known) == ((), ("SY.txt", "SY.txt"))
    assert (again.entries, again.names) == (first.entries, first.names) == (1, 1)
    assert base.read_bytes() == before
    assert [p.name for p in base.parent.iterdir()] == ["places.db"]


def test_another_country_adds_and_a_newer_file_replaces(base: Path, tmp_path: Path) -> None:
    old = [place(101, "Tell Rask", people=5), place(102, "Ain Rask", others="Rask Spring")]
    additions.add(base, [packed(tmp_path / "SY.zip", *old)])
    done = additions.add(base, [packed(tmp_path / "LB.zip", place(201, "Ain Dorn", country="LB"))])
    assert done.entries == 3
    newer = [place(101, "Tell Rask", people=7), place(103, "Kafr Rask")]
    assert additions.add(base, [packed(tmp_path / "SY.zip", *newer)]).entries == 3
    assert names(base, "Ain Dorn", "Kafr Rask", "Ain Rask", "Rask Spring") == [
        "Ain Dorn", "Kafr Rask", None, None,
    ]  # fmt: skip
    with found(base) as find:
        assert [c.population for c in find("Tell Rask")] == [7]


def test_the_world_after_a_country_has_each_place_once(base: Path, tmp_path: Path) -> None:
    additions.add(base, [text(tmp_path / "SY.txt", place(101, "Tell Rask", others="Raskhill"))])
    world = [place(101, "Tall Rask"), place(201, "Ain Dorn", country="LB"), place(101, "Tall Rask")]
    done = additions.add(base, [packed(tmp_path / "allCountries.zip", *world)])
    assert (done.entries, done.names) == (2, 2)
    assert names(base, "Tall Rask", "Tell Rask", "Raskhill") == ["Tall Rask", None, None]


def test_what_was_added_outlives_the_packaged_file(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    additions.add(base, [text(tmp_path / "SY.txt", place(101, "Tell Rask"))])
    assert names(base, "Tell Rask", "Velmark") == ["Tell Rask", "Velmark"]
    about = {"version": VERSION, "entries": "0", "names": "0", "sources": "", "licences": ""}
    filing.write(tmp_path / "newer.db", [], [], about)
    monkeypatch.setattr(gazetteer_module, "PACKAGED", tmp_path / "newer.db")
    assert names(base, "Tell Rask", "Velmark") == ["Tell Rask", None]


def test_removing_leaves_only_the_packaged(base: Path, tmp_path: Path) -> None:
    assert additions.remove(base) is False
    rows = list(many(1000, 5_000))
    additions.add(base, [text(tmp_path / "SY.txt", place(101, "Tell Rask"))])
    with stopped(3) as watch, pytest.raises(KeyboardInterrupt):
        additions.add(base, [text(tmp_path / "LB.txt", *rows)], watch)
    assert names(base, "Tell Rask", "Velmark") == ["Tell Rask", "Velmark"]
    assert additions.remove(base) is True
    assert names(base, "Tell Rask", "Velmark") == [None, "Velmark"]
    assert list(base.parent.iterdir()) == []


# How it ends early


def contents(base: Path) -> list:
    with sqlite3.connect(base) as made:
        rows = [made.execute(f"SELECT * FROM {t}").fetchall() for t in ("place", "alias", "meta")]
    made.close()
    return rows


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip of a few batches."""
    return packed(tmp_path_factory.mktemp("large") / "SY.zip", *many(1000, 5_000))


def test_an_import_goes_on_where_it_was_ended(base: Path, tmp_path: Path, large: Path) -> None:
    lines = (called(n, 1000 + n, "en", f"Rask Hill {n:05}", "preferred") for n in range(5_000))
    further = text(tmp_path / "alternateNamesV2.txt", *lines)
    whole = base.with_name("whole.db")
    additions.add(whole, [large, further])
    begun: list[list[int]] = []

    @contextmanager
    def watch(label: str) -> Iterator[Callable[[int, int], None]]:
        told: list[int] = []
        begun.append(told)

        def moved(done: int, total: int) -> None:
            told.append(done)
            if len(told) == 3:
                raise KeyboardInterrupt

        yield moved

    for _ in range(8):
        try:
            additions.add(base, [large, further], watch)
            break
        except KeyboardInterrupt:
            assert adding_beside(base).exists() and not base.exists()
            if len(begun) > 5:  # it was ended in reading both, and in the last step
                watch = additions._unwatched
    starts = [told[0] for told in begun]
    assert starts[:3] == sorted(set(starts[:3])), "it began anew"
    assert contents(base) == contents(whole)
    assert not adding_beside(base).exists()


def test_a_killed_import_goes_on(base: Path, large: Path) -> None:
    started = run(
        "def moved(done, total): print(done, flush=True); done and sys.stdin.read()\n"
        "additions.add(base, [file], lambda label: nullcontext(moved))",
        base,
        large,
    )
    with ending(started) as running:
        assert running.stdout
        assert running.stdout.readline() == "0\n"
        far = int(running.stdout.readline())
        for act in (lambda: additions.add(base, [large]), lambda: additions.remove(base)):
            with pytest.raises(EngineError, match="another import"):
                act()
        assert "right now" in holdings(base)[2].what
        running.kill()
        running.communicate()
    assert holdings(base)[2].state == "unfinished" and "%" in holdings(base)[2].what
    told: list[int] = []
    done = additions.add(base, [large], lambda label: recorded(told))
    assert told[0] == far > 0
    assert done.entries == 5_000
    assert names(base, "Rask 00000", "Rask 04999") == ["Tell Rask 00000", "Tell Rask 04999"]


@contextmanager
def recorded(told: list[int]) -> Iterator[Callable[[int, int], None]]:
    yield lambda done, total: told.append(done)


def test_control_c_ends_a_long_step_of_the_database(base: Path, tmp_path: Path) -> None:
    endless = "WITH n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    started = run(
        f"additions._FILL = ({endless!r},)\n"
        "def moved(done, total): total == 1 and print(flush=True)\n"
        "additions.add(base, [file], lambda label: nullcontext(moved))",
        base,
        text(tmp_path / "SY.txt", place(101, "Tell Rask")),
    )
    with ending(started) as running:
        assert running.stdout
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode and said.rstrip().endswith("KeyboardInterrupt")
    assert not base.exists()
    assert additions.add(base, [tmp_path / "SY.txt"]).entries == 1
    assert [p.name for p in base.parent.iterdir()] == ["places.db"]


def test_while_an_import_is_unfinished_what_was_added_stays(
    base: Path, tmp_path: Path, large: Path
) -> None:
    additions.add(base, [text(tmp_path / "LB.txt", place(201, "Ain Dorn", country="LB"))])
    with stopped(2) as watch, pytest.raises(KeyboardInterrupt):
        additions.add(base, [large], watch)
    gazetteer = Gazetteer.open(base)
    assert gazetteer.find("Ain Dorn") and not gazetteer.find("Rask 00000")
    assert "goes on" in gazetteer.info()["adding"]
    gazetteer.close()
    # What is there already disturbs no other import; a new one takes its place.
    additions.add(base, [tmp_path / "LB.txt"])
    assert holdings(base)[2].state == "unfinished"
    other = text(tmp_path / "JO.txt", place(301, "Umm Rask", country="JO"))
    assert additions.add(base, [other]).given_up == ("SY.txt",)
    assert names(base, "Ain Dorn", "Umm Rask", "Rask 00000") == ["Ain Dorn", "Umm Rask", None]
    assert len(holdings(base)) == 2


def test_a_finished_import_that_was_killed_while_tidying_up_is_known(
    base: Path, large: Path
) -> None:
    with stopped(5) as watch, pytest.raises(KeyboardInterrupt):
        additions.add(base, [large], watch)
    left = adding_beside(base).read_bytes()
    additions.add(base, [large])
    adding_beside(base).write_bytes(left)
    assert additions.add(base, [large]).known == ("SY.txt",)
    assert not adding_beside(base).exists()


# What is wrong


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Tell Rask, a hill\n", "no file of GeoNames: its first line has 1 columns"),
        (b"PK\x03\x04" + b"\0" * 50, "cut short; fetch it again"),
        ((place(1, "Rask") + "\n" + "2\tRask\n").encode(), "from line 2 of .*: it has 2 columns"),
        (place(1, "Rask").replace("36.2", "north").encode(), "line 1 .*north"),
        (place(1, "Rask", at=(99, 0)).encode(), "99, 0 is no point on the earth"),
        (place(10**12, "Rask").encode(), "1000000000000 is no number of GeoNames"),
        (place(1, "Rask").encode("utf-16"), "no (sound )?file of GeoNames"),
        ((place(1, "Rask") + "\n").encode() + b"\xff\xfe" + b"\t" * 18, "line 2 .*utf-8"),
    ],
)
def test_a_wrong_file_is_named_and_changes_nothing(
    base: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    additions.add(base, [text(tmp_path / "LB.txt", place(201, "Ain Dorn", country="LB"))])
    before = base.read_bytes()
    wrong = tmp_path / "SY.txt"
    wrong.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        additions.add(base, [wrong])
    assert str(wrong) in str(caught.value) and "\n" not in str(caught.value)
    assert base.read_bytes() == before
    assert [p.name for p in base.parent.iterdir()] == ["places.db"]


def test_a_missing_file_and_a_folder_are_named(base: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.zip cannot be read: No such file"):
        additions.add(base, [tmp_path / "gone.zip"])
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        additions.add(base, [tmp_path])


def test_a_zip_that_is_cut_damaged_or_of_something_else(
    base: Path, tmp_path: Path, large: Path
) -> None:
    whole = large.read_bytes()
    cut = tmp_path / "SY.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="cut short; fetch it again"):
        additions.add(base, [cut])
    middle = len(whole) // 2
    cut.write_bytes(whole[:middle] + b"\xff" * 1000 + whole[middle + 1000 :])
    with pytest.raises(InputError, match=r"damaged|no sound file"):
        additions.add(base, [cut])
    with pytest.raises(InputError, match="holds no texts that could be the places"):
        additions.add(base, [packed(tmp_path / "SY.zip", readme="about\tthis\n")])
    assert list(base.parent.iterdir()) == []


def test_a_damaged_file_put_right_is_read_from_its_beginning(
    base: Path, tmp_path: Path, large: Path
) -> None:
    lines = list(many(1000, 5_000))
    file = text(tmp_path / "SY.txt", *lines[:2_500], "broken", *lines[2_500:])
    with pytest.raises(InputError, match="line 2501"):
        additions.add(base, [file])
    assert additions.add(base, [text(file, *lines)]).entries == 5_000


def test_names_without_places_ask_for_places(base: Path, tmp_path: Path) -> None:
    further = text(tmp_path / "alternateNamesV2.txt", called(1, 101, "en", "Raskhill"))
    with pytest.raises(InputError, match="give a file of places with it"):
        additions.add(base, [further])
    assert list(base.parent.iterdir()) == []


def test_a_full_disk_is_told_and_with_room_it_goes_on(base: Path, large: Path) -> None:
    started = run(
        "import resource, signal\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try: additions.add(base, [file])\n"
        "except EngineError as error: sys.exit(str(error))",
        base,
        large,
    )
    with ending(started) as running:
        _, said = running.communicate(timeout=PATIENCE)
    assert "cannot be written" in said and "goes on" in said and "Traceback" not in said
    told: list[int] = []
    assert additions.add(base, [large], lambda label: recorded(told)).entries == 5_000
    assert told[0] > 0


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = text(tmp_path / "SY.txt", place(101, "Tell Rask"))
    with pytest.raises(EngineError, match="cannot be written"):
        additions.add(file / "gazetteer.db", [file])


@pytest.mark.parametrize("damage", ["cut", "older"])
def test_an_unsound_file_is_left_out_and_said_to_be(
    base: Path, tmp_path: Path, damage: str
) -> None:
    file = text(tmp_path / "SY.txt", place(101, "Tell Rask"))
    additions.add(base, [file])
    added = base
    if damage == "cut":
        added.write_bytes(added.read_bytes()[:-4096])
    else:
        with sqlite3.connect(added) as made:
            made.execute("UPDATE meta SET value = 'added 0' WHERE key = 'version'")
        made.close()
    gazetteer = Gazetteer.open(base)
    assert gazetteer.find("Velmark") and not gazetteer.find("Tell Rask")
    assert "left out" in gazetteer.info()["added"]
    gazetteer.close()
    assert [(p.part, p.state) for p in holdings(base)] == [("packaged", "ok"), ("added", "broken")]
    assert additions.add(base, [file]).new == ("SY.txt",)
    assert names(base, "Tell Rask") == ["Tell Rask"]


def test_a_damaged_work_file_is_begun_anew(base: Path, tmp_path: Path, large: Path) -> None:
    with stopped(3) as watch, pytest.raises(KeyboardInterrupt):
        additions.add(base, [large], watch)
    work = adding_beside(base)
    work.write_bytes(work.read_bytes()[:4096].ljust(9 * 4096, b"\xff"))
    assert holdings(base)[2].state == "broken"
    file = text(tmp_path / "SY.txt", place(101, "Tell Rask"))
    assert additions.add(base, [file]).entries == 1
    assert not work.exists()


@pytest.mark.parametrize("beside", [lambda base: base, adding_beside])
@pytest.mark.parametrize("what", ["text", "ledger"])
def test_a_file_of_something_else_beside_it_is_left_as_it_is(
    base: Path, tmp_path: Path, beside: Callable[[Path], Path], what: str
) -> None:
    path = beside(base)
    path.parent.mkdir(parents=True, exist_ok=True)
    if what == "text":
        path.write_text("A list of names, kept for years.")
    else:
        Ledger.open(path, create=True).close()
    before = path.read_bytes()
    file = text(tmp_path / "SY.txt", place(101, "Tell Rask"))
    with pytest.raises(SettingsError, match="no file of places"):
        additions.add(base, [file])
    with pytest.raises(SettingsError, match="no file of places"):
        additions.remove(base)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_damage_inside_names_both_ways_out(base: Path, tmp_path: Path) -> None:
    additions.add(base, [text(tmp_path / "SY.txt", *many(1000, 3000))])
    added = base
    whole = added.read_bytes()
    head = 6 * 4096  # what says which version it is stays readable
    added.write_bytes(whole[:head] + b"\xff" * (len(whole) - head))
    with found(base) as find, pytest.raises(EngineError, match="sayso gazetteer remove"):
        for n in range(3000):
            find(f"Rask {n:05}")


# What is told


def test_info_and_holdings_tell_what_there_is(base: Path, tmp_path: Path) -> None:
    assert [(p.part, p.state) for p in holdings(base)] == [
        ("packaged", "ok"),
        ("added", "absent"),
    ]
    assert not base.exists()
    additions.add(base, [text(tmp_path / "SY.txt", place(101, "Tell Rask", others="Raskhill"))])
    gazetteer = Gazetteer.open(base)
    info = gazetteer.info()
    gazetteer.close()
    assert info["entries"] == "3"
    assert info["added"] == "entries 1, names 2, sources SY.txt; GeoNames (geonames.org), CC BY 4.0"
    packaged, added = holdings(base)
    assert (packaged.state, packaged.entries) == ("ok", 3)
    assert (added.state, added.entries, added.names) == ("ok", 1, 2)
    assert "SY.txt" in added.what and "CC BY 4.0" in added.what


def test_the_bar_is_told_of_each_step(base: Path, large: Path) -> None:
    labels: list[str] = []
    told: dict[str, list[tuple[int, int]]] = {}

    @contextmanager
    def watch(label: str) -> Iterator[Callable[[int, int], None]]:
        labels.append(label)
        yield lambda done, total: told.setdefault(label, []).append((done, total))

    additions.add(base, [large], watch)
    assert labels == ["Reading SY.txt, MB", "Putting them in order"]
    for label in labels:
        assert told[label] == sorted(told[label]) and len(told[label]) > 3
        assert told[label][-1][0] == told[label][-1][1]


def test_a_batch_is_small_however_large_the_file(base: Path, large: Path) -> None:
    source = geonames.source(large)
    batches = [len(b.places) for b in geonames.read(source, 0, 0, bytearray())]
    assert len(batches) > 2 and max(batches) < 2_500 and sum(batches) == 5_000
