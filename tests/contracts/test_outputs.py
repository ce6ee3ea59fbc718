"""Nothing is written over that is not an earlier output of the same kind: of every command and every
option that says where something is written, found in the commands themselves, so that a new one is
held to it by itself."""

from __future__ import annotations

import ast
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from shutil import copyfile

import click
import pytest
from click.testing import CliRunner, Result

import sayso
from sayso import outputs
from sayso.cli.commands import main
from sayso.cli.writing import Output
from sayso.errors import PARTIAL, SaysoError, SettingsError
from sayso.ingest.inputs import captures
from sayso.ledger.store import Ledger
from sayso.outputs import BY_SUFFIX, NAMES, SHOWN, Kind
from sayso.pipeline import Reader, add
from sayso.publish import pictures
from sayso.settings import Settings

PACKAGE = Path(sayso.__file__).parent
STORY = files("sayso") / "data" / "demo" / "story.jsonl"

READS = {"config", "certificate", "key", "basemap", "files", "bundle"}
"""Parameters that are paths and are only read."""

WRITERS = {
    "outputs.py": "the one place",
    "publish/packages.py": "into a folder of its own that nobody else sees",
    "language/geography/additions.py": "asks `ownership.spare`, and so `outputs`",
    "scale/results.py": "an object store as well as a folder, of which `outputs.spare` is asked",
}
"""Where files are written, and why there."""


def commands(
    group: click.Group = main, names: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield (*names, name), command


def shapes(command: click.Command) -> Iterator[dict[str, str]]:
    """Each choice of an argument that decides what is written."""
    found = [
        p
        for p in command.params
        if isinstance(p, click.Argument) and isinstance(p.type, click.Choice)
    ]
    if not found:
        yield {}
    for param in found:
        for choice in param.type.choices:
            yield {str(param.name): choice}


def cases() -> Iterator[tuple[tuple[str, ...], click.Parameter, dict[str, str], str, Kind]]:
    """Every output of every command: what chooses its kind, the end of its name, and the kind."""
    for names, command in commands():
        for param in command.params:
            if isinstance(param.type, Output):
                for chosen in shapes(command):
                    for end in ("", *BY_SUFFIX):
                        kind = param.type.which(Path(f"x{end}"), chosen)
                        if kind and (not end or param.type.which(Path("x"), chosen) is None):
                            yield names, param, chosen, end, kind


CASES = list(cases())
IDS = [
    "-".join((*names, str(param.name), *chosen.values())) + end
    for names, param, chosen, end, _ in CASES
]
every_output = pytest.mark.parametrize(("names", "param", "chosen", "end", "kind"), CASES, ids=IDS)


class Bench:
    """A folder with a ledger, an article and settings, in which commands are run."""

    def __init__(self, folder: Path, made: Path, incident: str) -> None:
        self.folder = folder
        self.incident = incident
        copyfile(made, folder / "sayso.db")
        (folder / "article.txt").write_text(
            "KARSA — Three miners were killed on Tuesday, police said.\n"
        )
        (folder / "feeds.txt").write_text("http://127.0.0.1:9/feed\n")
        (folder / "own.toml").write_text("")

    def run(
        self, names: tuple[str, ...], param: click.Parameter, chosen: dict[str, str], out: str
    ) -> Result:
        """The command with this output, and whatever else it cannot do without."""
        said = {"inputs": "article.txt", "feeds": "feeds.txt", "incident": self.incident}
        command = dict(commands())[names]
        words = [*names]
        for each in command.params:
            if each is param:
                words += [out] if isinstance(each, click.Argument) else [each.opts[0], out]
            elif isinstance(each, click.Argument) and each.required:
                words.append(chosen.get(str(each.name)) or said[str(each.name)])
        words += ["--config", "own.toml"]
        words += ["--on", "ray"] if param.name == "out" and names == ("read",) else []
        words += ["--ledger", "sayso.db"] if any(p.name == "ledger" for p in command.params) else []
        return CliRunner().invoke(main, words)


@pytest.fixture(scope="module")
def told(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ledger of the demo, and its largest incident."""
    from sayso.pipeline import recall

    path = tmp_path_factory.mktemp("told") / "told.db"
    with Ledger.open(path, create=True) as ledger:
        for _ in add(ledger, Reader(settings), captures([str(STORY)])):
            pass
        found = recall(ledger, settings).incidents
    return path, max(found, key=lambda one: len(one.documents)).id


@pytest.fixture
def bench(told: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pictures, "_has_letters", lambda resvg: True)  # nobody looks at these
    return Bench(tmp_path, *told)


def refused(done: Result, path: str) -> None:
    assert isinstance(done.exception, SettingsError), (done.output, done.exception)
    assert str(Path(path)) in str(done.exception)


def held(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def foreign(bench: Bench, end: str) -> dict[str, bytes]:
    """Files of others, or of another kind, by names that the output could have."""
    zipped = bench.folder / "made"
    with Ledger.open(bench.folder / "sayso.db") as ledger:
        from sayso.ledger import bundle

        bundle.write(ledger, zipped)
    found = {
        "photograph": b"\xff\xd8\xff\xe0 a photograph",
        "articles": b'{"id": "a", "text": "Three miners were killed."}\n',
        "table": b"id,text\na,Three miners were killed.\n",
        "page": b"<!doctype html>\n<html><title>The Lantern</title></html>\n",
        "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" class="logo"></svg>\n',
        "notes": b"# Notes\n\nOf a year.\n",
        "map": b'{"type": "FeatureCollection", "features": []}\n',
        "object": b'{"a": {"b": 1}}\n',
        "png": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "parquet": b"PAR1" + bytes(100) + b"PAR1",
        "ledger": (bench.folder / "sayso.db").read_bytes(),
        "zip": zipped.read_bytes(),
    }
    zipped.unlink()
    return {f"{name}{end}": data for name, data in found.items()}


@every_output
def test_no_output_is_written_over_anything_else(
    bench: Bench, names, param, chosen, end, kind
) -> None:
    there = foreign(bench, end)
    if kind == "bundle":
        del there[f"zip{end}"]
    for name, data in there.items():
        (bench.folder / name).write_bytes(data)
    before = held(bench.folder)
    for name in there:
        refused(bench.run(names, param, chosen, name), name)
        assert held(bench.folder) == before


@every_output
def test_no_output_is_what_the_command_uses_by_whatever_name(
    bench: Bench, names, param, chosen, end, kind
) -> None:
    others = [
        "sayso.db",
        "./sayso.db",
        str(bench.folder / "sayso.db"),
        "own.toml",
        "sayso.db-journal",
    ]
    used = [f"{name}{end}" for name in ("link", "hard")]
    os.symlink("sayso.db", used[0])
    os.link("sayso.db", used[1])
    if names == ("read",):
        others += ["article.txt", "./article.txt", str(bench.folder / "." / "article.txt")]
    if names == ("watch",):
        others += ["feeds.txt"]
    command = dict(commands())[names]
    if not any(p.name == "ledger" for p in command.params):
        others = [one for one in others if one != "sayso.db-journal"] + ["sayso.db-wal"]
    before = held(bench.folder)
    for name in (*others, *used):
        if end and not name.endswith(end):
            continue
        refused(bench.run(names, param, chosen, name), name)
        assert held(bench.folder) == before


@every_output
def test_no_output_takes_the_place_of_a_folder_or_follows_a_link_to_nothing(
    bench: Bench, names, param, chosen, end, kind
) -> None:
    os.symlink("nowhere", f"link{end}")
    os.mkdir(f"folder{end}")
    (bench.folder / f"folder{end}" / "kept.txt").write_text("kept")
    for name in (f"link{end}", f"folder{end}"):
        refused(bench.run(names, param, chosen, name), name)
    assert not (bench.folder / "nowhere").exists()
    assert os.listdir(f"folder{end}") == ["kept.txt"]


@every_output
def test_an_earlier_output_of_the_same_kind_is_replaced(
    bench: Bench, names, param, chosen, end, kind
) -> None:
    if kind == "run":  # Ray's own tests do that
        return
    os.umask(0o022)
    out = bench.folder / f"out{end}"
    out.touch(0o644)
    rights = []
    for _ in range(2):
        done = bench.run(names, param, chosen, out.name)
        assert done.exit_code in (0, PARTIAL), (done.output, done.exception)
        rights.append(stat.S_IMODE(out.stat().st_mode))
    assert rights == [0o644, 0o644]  # those that somebody gave it
    assert out.stat().st_size or kind in ("lines", "note")
    assert not [name for name in os.listdir() if name.endswith(".part")]
    os.unlink(out)
    bench.run(names, param, chosen, out.name)
    assert stat.S_IMODE(out.stat().st_mode) == (0o644 if kind in SHOWN else 0o600)


def test_every_path_that_a_command_takes_is_known_to_be_read_or_to_be_written() -> None:
    unknown = [
        (names, param.name)
        for names, command in commands()
        for param in command.params
        if isinstance(param.type, click.Path | click.File)
        and not isinstance(param.type, Output)
        and param.name not in READS
    ]
    assert not unknown, "what is written is of the type `cli.writing.Output`"
    assert {kind for *_, kind in CASES} | {"description", "places"} == set(NAMES)


@pytest.mark.parametrize(
    "names", [n for n, c in commands() if any(p.name == "ledger" for p in c.params)], ids=" ".join
)
def test_no_ledger_is_made_of_a_file_of_others(bench: Bench, names: tuple[str, ...]) -> None:
    (bench.folder / "photograph").write_bytes(b"\xff\xd8\xff\xe0 a photograph" * 100)
    values = {
        "inputs": "article.txt",
        "feeds": "http://127.0.0.1:9/",
        "incident": "x",
        "subject": "x",
    }
    values |= {
        "source": "sayso.db",
        "before": "now",
        "after": "now",
        "name": "Ana",
        "out": "new.csv",
    }
    words = [*names]
    for param in dict(commands())[names].params:
        if isinstance(param, click.Argument) and param.required:
            choices = getattr(param.type, "choices", None)
            words.append(choices[0] if choices else values.get(str(param.name), "x"))
        elif isinstance(param.type, Output) and param.required:
            words += [param.opts[0], "new.html"]
    before = held(bench.folder)
    done = CliRunner().invoke(main, [*words, "--ledger", "photograph"], input="secret\n")
    assert done.exit_code != 0
    assert held(bench.folder) == before


def test_what_others_write_beside_is_spared_too(bench: Bench) -> None:
    (bench.folder / "out.csv.datapackage.json").write_text('{"name": "theirs"}')
    done = CliRunner().invoke(main, ["export", "csv", "out.csv", "--ledger", "sayso.db"])
    refused(done, "out.csv.datapackage.json")
    assert not (bench.folder / "out.csv").exists()


def test_a_table_whose_description_is_of_another_is_no_earlier_output(bench: Bench) -> None:
    words = ["export", "csv", "out.csv", "--ledger", "sayso.db"]
    assert CliRunner().invoke(main, words).exit_code == 0
    (bench.folder / "out.csv").write_text("name,telephone\nAna,1\n")
    refused(CliRunner().invoke(main, words), "out.csv")


def test_what_lies_in_a_folder_that_is_read_is_not_written_over(bench: Bench) -> None:
    os.mkdir("in")
    os.rename("article.txt", "in/article.txt")
    words = ["read", "in", "--jsonl", "in/out.jsonl", "--config", "own.toml"]
    before = held(bench.folder)
    refused(CliRunner().invoke(main, words), "in/out.jsonl")
    assert held(bench.folder) == before


def test_a_link_to_an_earlier_output_leads_to_it(bench: Bench) -> None:
    os.mkdir("site")
    words = ["report", bench.incident, "--ledger", "sayso.db", "-o"]
    assert CliRunner().invoke(main, [*words, "site/report.html"]).exit_code == 0
    os.symlink("site/report.html", "today.html")
    (bench.folder / "site/report.html").write_bytes(
        (bench.folder / "site/report.html").read_bytes() + b"<!-- old -->"
    )
    assert CliRunner().invoke(main, [*words, "today.html"]).exit_code == 0
    assert os.path.islink("today.html")
    assert b"<!-- old -->" not in (bench.folder / "site/report.html").read_bytes()


def test_other_names_of_an_output_keep_what_they_name(bench: Bench) -> None:
    words = ["export", "csv", "out.csv", "--ledger", "sayso.db"]
    assert CliRunner().invoke(main, words).exit_code == 0
    os.link("out.csv", "kept.csv")
    before = (bench.folder / "kept.csv").read_bytes()
    assert CliRunner().invoke(main, [*words, "--fields", "claim"]).exit_code == 0
    assert (bench.folder / "kept.csv").read_bytes() == before
    assert (bench.folder / "out.csv").read_bytes() != before


@pytest.mark.parametrize("where", ["-", "/dev/stdout", "/dev/fd/1"])
def test_standard_output_by_its_names_is_written_as_it_is(bench: Bench, where: str) -> None:
    command = [
        sys.executable,
        "-m",
        "sayso",
        "export",
        "csv",
        where,
        "--ledger",
        "sayso.db",
        "--fields",
        "claim",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("claim\n")
    with open("piped.csv", "w") as file:
        assert (
            subprocess.run(command, stdout=file, stderr=subprocess.DEVNULL, check=False).returncode
            == 0
        )
    assert (bench.folder / "piped.csv").read_text() == done.stdout
    assert sorted(os.listdir()) == ["article.txt", "feeds.txt", "own.toml", "piped.csv", "sayso.db"]


def test_a_pipe_is_written_to(bench: Bench) -> None:
    os.mkfifo("pipe")
    command = [sys.executable, "-m", "sayso", "export", "geojson", "pipe", "--ledger", "sayso.db"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        assert json.loads((bench.folder / "pipe").read_text())["type"] == "FeatureCollection"
    assert process.returncode == 0
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    earlier = b'{"type": "FeatureCollection", "sayso": {}, "features": []}\n'
    out.write_bytes(earlier)
    with pytest.raises(SaysoError, match="No space"), outputs.written(out, "geojson") as file:
        file.write(b"half")
        raise OSError(28, "No space left on device")
    assert held(tmp_path) == {"out.geojson": earlier}


def test_what_is_written_is_never_open_to_others_meanwhile(tmp_path: Path) -> None:
    os.umask(0)
    with outputs.written(tmp_path / "out.html", "page") as file:
        (part,) = tmp_path.iterdir()
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        file.write(b"<!doctype html>")
    os.umask(0o022)
    assert os.listdir(tmp_path) == ["out.html"]


def test_a_run_is_kept_as_it_grows(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt), outputs.written(out, "lines", live=True) as file:
        file.write(b'{"document": {}, "reader": "x"}\n')
        raise KeyboardInterrupt
    assert out.read_bytes() == b'{"document": {}, "reader": "x"}\n'
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_a_ledger_and_what_lies_beside_it_is_its_owners_alone(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        with Ledger.open(tmp_path / "new.db", create=True) as ledger, ledger.transaction():
            rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert rights == dict.fromkeys(rights, 0o600)
    assert "new.db" in rights


def test_rights_that_a_ledger_was_given_stay(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "team.db", create=True).close()
    (tmp_path / "team.db").chmod(0o660)
    tmp_path.chmod(0o750)
    with Ledger.open(tmp_path / "team.db", create=True) as ledger, ledger.transaction():
        pass
    assert stat.S_IMODE((tmp_path / "team.db").stat().st_mode) == 0o660
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


def test_a_ledger_that_anybody_can_change_is_told(bench: Bench) -> None:
    words = ["documents", "--ledger", "sayso.db", "--format", "jsonl"]
    assert "anybody" not in CliRunner().invoke(main, words).stderr
    os.mkdir("open")
    os.chmod("open", 0o1777)
    os.rename("sayso.db", "open/sayso.db")
    words[2] = "open/sayso.db"
    assert "put files beside open/sayso.db" in CliRunner().invoke(main, words).stderr
    os.chmod("open/sayso.db", 0o666)
    assert "can change open/sayso.db" in CliRunner().invoke(main, words).stderr
    doctor = CliRunner().invoke(main, ["doctor", "--ledger", "open/sayso.db", "--format", "jsonl"])
    assert "can change open/sayso.db" in doctor.stdout


def writes(node: ast.Call) -> bool:
    """Whether a call makes or changes a file, or could."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in ("write_text", "write_bytes", "copyfile", "copy2", "mkstemp", "NamedTemporaryFile"):
        return True
    of_os = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "os"
    if of_os and name in ("replace", "rename", "link", "symlink", "truncate"):
        return True
    if name in ("open", "open_output_stream", "ZipFile"):
        modes = [
            a.value
            for a in (*node.args, *(k.value for k in node.keywords))
            if isinstance(a, ast.Constant)
        ]
        return name == "open_output_stream" or any(
            isinstance(mode, str)
            and len(mode) <= 3
            and set(mode) & set("wax+")
            and set(mode) <= set("wax+bt")
            for mode in modes
        )
    return False


def test_files_are_written_in_one_place() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and writes(node)
    }
    # These two write zips into what they are given, and in memory.
    assert found == {*WRITERS, "ledger/bundle.py", "ingest/word.py"}


def test_a_password_on_a_command_line_is_told_and_not_repeated() -> None:
    words = ["documents", "--ledger", "postgresql://ana:hidden@127.0.0.1:9/record"]
    done = CliRunner().invoke(main, words)
    assert "anybody on this machine can see a password" in done.stderr
    assert "hidden" not in done.stderr + str(done.exception)
    words[-1] = "postgresql://ana@127.0.0.1:9/record"
    assert "password on a command line" not in CliRunner().invoke(main, words).stderr
