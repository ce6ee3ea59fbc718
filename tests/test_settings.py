from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import SettingsError
from sayso.settings import Settings, cache_folder, describe, load

HOME = {"HOME": "/home/ada"}


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_without_any_source_the_defaults_hold():
    assert load(None, {}, HOME) == Settings(
        ledger="sayso.db",
        engine="default",
        parse="all",
        gazetteer=Path("/home/ada/.cache/sayso/places.db"),
        best="latest",
        by="",
        format="auto",
    )


def test_the_file_in_the_working_directory_is_read():
    Path("sayso.toml").write_text('ledger = "floods.db"\n')
    assert load(None, {}, HOME).ledger == "floods.db"


def test_the_environment_beats_the_file():
    Path("sayso.toml").write_text('best = "lowest"\nformat = "plain"\n')
    settings = load(None, {}, HOME | {"SAYSO_BEST": "highest"})
    assert (settings.best, settings.format) == ("highest", "plain")


def test_a_flag_beats_the_environment():
    assert load(None, {"best": "median"}, HOME | {"SAYSO_BEST": "highest"}).best == "median"


def test_a_flag_that_was_not_given_changes_nothing():
    assert load(None, {"best": None}, HOME | {"SAYSO_BEST": "highest"}).best == "highest"


def test_an_empty_variable_was_not_given():
    assert load(None, {}, HOME | {"SAYSO_LEDGER": ""}).ledger == "sayso.db"


def test_a_named_file_replaces_the_one_in_the_working_directory(tmp_path):
    Path("sayso.toml").write_text('best = "lowest"\nformat = "plain"\n')
    other = tmp_path / "other.toml"
    other.write_text('best = "highest"\n')
    settings = load(other, {}, HOME)
    assert (settings.best, settings.format) == ("highest", "auto")


def test_a_ledger_may_be_a_database_of_a_team():
    address = "postgresql://ada@desk.example/record"
    Path("sayso.toml").write_text(f'ledger = "{address}"\n')
    assert load(None, {}, HOME).ledger == address


def test_a_relative_path_in_a_file_starts_from_the_file(tmp_path):
    (tmp_path / "project").mkdir()
    config = tmp_path / "project" / "sayso.toml"
    config.write_text('ledger = "floods.db"\n')
    assert load(config, {}, HOME).ledger == str(tmp_path / "project" / "floods.db")


def test_an_absolute_path_in_a_file_stays(tmp_path):
    config = tmp_path / "s.toml"
    config.write_text('ledger = "/data/floods.db"\n')
    assert load(config, {}, HOME).ledger == "/data/floods.db"


def test_a_tilde_means_the_home_folder(monkeypatch):
    monkeypatch.setenv("HOME", "/home/ada")
    assert load(None, {"ledger": "~/floods.db"}, HOME).ledger == "/home/ada/floods.db"


def test_a_file_saved_with_a_byte_order_mark_is_read():
    Path("sayso.toml").write_bytes(b'\xef\xbb\xbfbest = "lowest"\n')
    assert load(None, {}, HOME).best == "lowest"


@pytest.mark.parametrize(
    ("flags", "environment", "file", "says"),
    [
        (
            {"bets": "latest"},
            {},
            "",
            ["flag --bets", "ledger, engine, parse, gazetteer, actors, best, by, format"],
        ),
        ({}, {"SAYSO_BETS": "x"}, "", ["environment variable SAYSO_BETS", "the settings are"]),
        ({}, {}, 'bets = "latest"', ["'bets' in sayso.toml", "the settings are"]),
        (
            {"best": "newest"},
            {},
            "",
            ["flag --best", "'newest'", "latest, agreed, lowest, highest, median"],
        ),
        ({}, {"SAYSO_FORMAT": "xml"}, "", ["SAYSO_FORMAT", "'xml'", "auto, table, plain, jsonl"]),
        ({}, {}, "best = 3", ["'best' in sayso.toml", "3", "latest, agreed"]),
        ({}, {}, "best = []", ["'best' in sayso.toml", "latest, agreed"]),
        ({}, {}, "ledger = 3", ["'ledger' in sayso.toml", "3", "path of a file"]),
        ({}, {}, 'ledger = "a\\u0000b"', ["'ledger' in sayso.toml", "path of a file"]),
        ({"ledger": ""}, {}, "", ["flag --ledger", "path of a file"]),
        ({"engine": " "}, {}, "", ["flag --engine", "a name"]),
        ({}, {}, "best = ", ["sayso.toml is not a TOML file"]),
    ],
)
def test_a_wrong_setting_is_named_with_its_place_and_what_is_allowed(
    flags, environment, file, says
):
    Path("sayso.toml").write_text(file)
    with pytest.raises(SettingsError) as caught:
        load(None, flags, HOME | environment)
    for words in says:
        assert words in str(caught.value)


def test_a_wrong_setting_is_an_error_even_where_a_stronger_one_would_win():
    with pytest.raises(SettingsError):
        load(None, {"best": "latest"}, HOME | {"SAYSO_BEST": "newest"})


def test_a_named_file_must_exist():
    with pytest.raises(SettingsError, match=r"no file of settings at other\.toml"):
        load(Path("other.toml"), {}, HOME)


def test_a_folder_is_not_a_file_of_settings(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load(tmp_path, {}, HOME)


def test_a_file_that_is_not_utf8_is_an_error():
    Path("sayso.toml").write_bytes(b'ledger = "caf\xe9.db"\n')
    with pytest.raises(SettingsError, match=r"sayso\.toml is not a TOML file"):
        load(None, {}, HOME)


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/home/ada/.cache/sayso"),
        ("linux", {"XDG_CACHE_HOME": "/var/cache/ada"}, "/var/cache/ada/sayso"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/ada/.cache/sayso"),
        ("darwin", {"XDG_CACHE_HOME": "/var/cache/ada"}, "/home/ada/Library/Caches/sayso"),
        ("win32", {}, "/home/ada/AppData/Local/sayso"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/sayso"),
    ],
)
def test_each_platform_has_its_own_cache_folder(platform, environment, folder):
    assert cache_folder(HOME | environment, platform) == Path(folder)


def test_every_setting_is_described_with_its_default():
    rows = {name: (default, description) for name, default, description in describe()}
    assert list(rows) == list(Settings._fields)
    assert rows["ledger"][0] == "`sayso.db`"
    assert rows["best"][1].endswith("One of `latest`, `agreed`, `lowest`, `highest`, `median`.")
    assert all(description for _, description in rows.values())


def test_the_description_does_not_depend_on_the_machine():
    assert str(Path.home()) not in str(describe())


def test_settings_cannot_be_changed():
    with pytest.raises(AttributeError):
        load(None, {}, HOME).best = "lowest"


def test_importing_the_settings_stays_light():
    heavy = {"sqlalchemy", "msgspec", "dataclasses", "inspect", "spacy", "tomllib"}
    code = f"import sys, sayso.settings; print(sorted({heavy!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
