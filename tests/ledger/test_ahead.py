"""Where many are at a ledger at once nobody waits for who reads, and it is one file after that."""

from __future__ import annotations

import signal

import pytest
from making import add, make_document, run

from sayso.ledger import disks, proof
from sayso.ledger.store import Ledger
from waiting import ending

LINUX = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 27 0:44 / /srv rw - nfs4 desk.example:/srv rw
31 27 0:45 / /my\\040disk rw,relatime shared:7 - btrfs /dev/vdb rw
32 30 0:46 / /srv/own rw - tmpfs tmpfs rw
"""

MACOS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
//ada@desk.example/record on /Volumes/record (smbfs, nodev, nosuid, mounted by ada)
"""


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_writer_does_not_wait_for_a_reader_and_the_file_is_one_again(tmp_path):
    with Ledger.open(tmp_path / "floods.db", create=True) as ledger:
        add(ledger, make_document("old"))
        with ledger.shared(), ledger.reading_at_once() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar_one() == 1
            assert add(ledger, make_document("new"))
            with Ledger.open(tmp_path / "floods.db") as other:
                assert other.count().documents == 2
            assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar_one() == 1
            connection.close()
        assert files(tmp_path) == ["floods.db"]
        assert ledger.count().documents == 2


def test_on_a_disk_that_others_may_share_it_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(disks, "is_local", lambda path: False)
    with Ledger.open(tmp_path / "floods.db", create=True) as ledger, ledger.shared():
        add(ledger, make_document("old"))
        assert files(tmp_path) == ["floods.db"]


KILLED = """
with Ledger.open(address, create=True) as ledger, ledger.shared():
    add(ledger, make_document("old"))
    print("written", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_desk_left_is_one_file_again_with_all_that_was_written(tmp_path):
    path = tmp_path / "floods.db"
    with ending(run(KILLED, str(path))) as process:
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert files(tmp_path) == ["floods.db", "floods.db-shm", "floods.db-wal"]
    with Ledger.open(path) as again:
        assert [document.id for document in again.documents()] == ["old"]
        assert proof.verify(again).faults == ()
    assert files(tmp_path) == ["floods.db"]


@pytest.mark.parametrize(
    ("mounts", "path", "kind"),
    [
        (disks.of_linux(LINUX), "/home/ada/sayso.db", "ext4"),
        (disks.of_linux(LINUX), "/srv/sayso.db", "nfs4"),
        (disks.of_linux(LINUX), "/srv/own/sayso.db", "tmpfs"),
        (disks.of_linux(LINUX), "/srvx/sayso.db", "ext4"),
        (disks.of_linux(LINUX), "/my disk/sayso.db", "btrfs"),
        (disks.of_macos(MACOS), "/Users/ada/sayso.db", "apfs"),
        (disks.of_macos(MACOS), "/Volumes/record/sayso.db", "smbfs"),
        ({}, "/home/ada/sayso.db", None),
    ],
)
def test_where_a_file_lies_is_known_by_what_is_mounted(mounts, path, kind):
    assert disks.kind_at(path, mounts) == kind
