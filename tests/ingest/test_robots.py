"""What a host lets programs read, by RFC 9309, from a server of ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.errors import InputError
from sayso.ingest import robots
from sayso.ingest.fetching import REDIRECTS, Fetcher


class Host:
    """A server of one page at every address; `robots` are the answers to `/robots.txt`, the last
    of them again and again."""

    def __init__(self) -> None:
        self.robots: list[tuple[int, str]] = [(404, "")]
        self.asked: list[str] = []
        self.now = 1000.0
        self.waited: list[float] = []
        here = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                here.asked.append(self.path)
                status, said = 200, "Nine died in Karsa."
                if "robots" in self.path:
                    status, said = here.robots[0]
                    here.robots = here.robots[1:] or here.robots
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", said)
                self.end_headers()
                self.wfile.write(said.encode())

            def log_message(self, *told: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self.fetcher = self.new()

    def new(self) -> Fetcher:
        return Fetcher(private=True, clock=lambda: self.now, pause=self.pause)

    def pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds

    def allows(self, path: str) -> bool:
        try:
            self.fetcher.fetch(f"{self.address}{path}")
        except InputError as error:
            assert "robots.txt" in str(error)
            return False
        return True

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    yield made
    made.close()


SAID = """
User-agent: *
Disallow: /

User-agent: another
User-agent: Sayso/1.0
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /*/draft*page
Disallow: /with%20space
Allow: /a
Disallow: /a
"""


@pytest.mark.parametrize(
    ("path", "may"),
    [("/", True), ("/private", False), ("/private/x", False), ("/private/open/x", True),
     ("/x.pdf", False), ("/x.pdf?a=b", True), ("/x.PDF", True), ("/a/draft/of/page/2", False),
     ("/draft-page", True), ("/with space/x", False), ("/a", True), ("/robots-not", True)],
)  # fmt: skip
def test_the_longest_rule_of_our_group_holds(path: str, may: bool) -> None:
    assert robots.rules(SAID, 0).allow(f"http://a.example{path}") is may


@pytest.mark.parametrize(
    ("text", "may"),
    [("", True), ("Disallow: /", True), ("User-agent: *\nDisallow:", True), ("\x00\xff\n[[[", True),
     ("User-agent: say\nDisallow: /", True), ("User-agent: sayso-x\nDisallow: /", True),
     ("User-agent: *bot\nDisallow: /", True), ("user-agent:*\rdisallow:/", False),
     ("User-agent: sayso # us\nDisallow: / # all", False), ("User-agent: *\nDisallow: //[\nDisallow: /x", False),
     ("User-agent: *\nRequest-rate: \u00b2/5\nCrawl-delay: soon\nDisallow: /x", False)],
)  # fmt: skip
def test_what_cannot_be_understood_is_passed_over(text: str, may: bool) -> None:
    rules = robots.rules(text, 0)
    assert rules.allow("http://a.example/x") is may and rules.delay == 0


def test_a_rule_of_many_stars_takes_no_time() -> None:
    said = "User-agent: *\n" + f"Disallow: /{'*a' * 10_000}b\n" * 20
    assert robots.rules(said, 0).allow(f"http://a.example/{'a' * 5_000}")


def test_a_file_of_names_and_rules_does_not_fill_the_memory() -> None:
    names = "\n".join(f"user-agent: a{n}" for n in range(12_000))
    rules = robots.rules(f"{names}\n" + "allow: /\n" * 25_000, 0)
    assert len(rules.said._user_agents) == 1  # type: ignore[union-attr]
    assert rules.allow("http://a.example/")


def test_robots_are_asked_once_a_day_and_obeyed(host: Host) -> None:
    host.robots = [(200, "User-agent: sayso\nDisallow: /ours")]
    assert host.allows("/page") and host.allows("/other") and not host.allows("/ours/x")
    assert host.asked == ["/robots.txt", "/page", "/other"]
    host.now += robots.KEPT - 1
    assert not host.allows("/ours") and host.asked.count("/robots.txt") == 1
    host.robots = [(200, "")]
    host.now += 1
    assert host.allows("/ours") and host.asked.count("/robots.txt") == 2


def test_one_that_says_no_for_itself_allows_all(host: Host) -> None:
    for status in (400, 401, 403, 404, 410, 429):
        host.robots = [(status, "User-agent: *\nDisallow: /")]
        host.fetcher = host.new()
        assert host.allows("/page"), status


def test_one_out_of_order_allows_nothing_until_it_was_asked_again(host: Host) -> None:
    host.robots = [(503, ""), (200, "")]
    assert not host.allows("/page") and not host.allows("/page")
    assert host.asked == ["/robots.txt"]
    host.now += robots.TRIED_AGAIN
    assert host.allows("/page")
    host.robots = [(500, "")]
    host.now += robots.KEPT
    assert host.allows("/page")  # what it said before holds on
    assert host.asked.count("/robots.txt") == 3


def test_who_cannot_be_reached_is_not_tried_at_once_again(host: Host) -> None:
    host.close()
    for _ in range(2):
        with pytest.raises(InputError, match="cannot be reached"):
            host.fetcher.fetch(f"{host.address}/page")
    assert host.asked == []


def test_a_robots_txt_may_lie_elsewhere(host: Host) -> None:
    no = (200, "User-agent: *\nDisallow: /")
    host.robots = [*[(302, f"/robots-{n}") for n in range(REDIRECTS)], no]
    assert not host.allows("/page") and host.asked[-1] == f"/robots-{REDIRECTS - 1}"
    host.fetcher = host.new()
    host.robots = [*[(302, f"/robots-{n}") for n in range(REDIRECTS + 1)], no]
    assert host.allows("/page")  # RFC 9309, 2.3.1.2: beyond five it may be taken for none
    assert f"/robots-{REDIRECTS}" not in host.asked


def test_of_a_robots_txt_the_beginning_is_read(host: Host) -> None:
    rest = "#" * robots.LARGEST + "\nDisallow: /late\n"
    host.robots = [(200, f"User-agent: *\nDisallow: /early\n{rest}")]
    assert not host.allows("/early") and host.allows("/late")


def test_a_host_is_given_the_time_that_it_asks_for(host: Host) -> None:
    host.robots = [(200, "User-agent: *\nCrawl-delay: 4")]
    assert host.allows("/a") and host.waited == []
    host.now += 1
    assert host.allows("/b") and host.waited == [3]
    host.now += 60
    assert host.allows("/c") and host.waited == [3]
    host.robots = [(200, "User-agent: *\nCrawl-delay: 86400")]
    host.fetcher = host.new()
    assert host.allows("/a") and host.allows("/b") and host.waited == [3, robots.LONGEST_DELAY]
