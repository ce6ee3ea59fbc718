"""Take the pictures of the docs anew, from the demo's story at a desk in Debian's Chromium.

    PYTHONPATH=tests python docs/pictures.py

The same story, decisions and moments every time, so that a picture changes only where the desk
does. Each is kept in 64 colours, which is all that its letters and lines have.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.resources import files
from io import BytesIO
from itertools import count
from pathlib import Path
from unittest import mock

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from browser.looking import SELECT
from sayso.ingest.inputs import captures
from sayso.ledger.log import Log
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.pipeline.deriving import kept
from sayso.review import decide
from sayso.review.corrections import correction
from sayso.settings import Settings
from served import served

IMAGES = Path(__file__).parent / "images"
STORY = str(files("sayso") / "data" / "demo" / "story.jsonl")
MAIN = "selmarra-2031-03-04"
FERRY = "lake-tervane-2031-03-05"
PLACES = {MAIN: "Selmarra @ 41.28,31.42", FERRY: "Lake Tervane @ 40.79,31.97"}
"""Where people put the invented places: a story has to lie somewhere on a map."""

LATER = {
    "id": "quay-0308", "outlet": "Quay", "published": "2031-03-08T10:00:00Z",
    "title": "Toll rises to 31",
    "text": "The number of people killed when security forces fired on striking dockers in "
    "Selmarra on 4 March has risen to 31, the health ministry said on Saturday.",
}  # fmt: skip
COLOURS = 64


def main() -> int:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        ledger, later = _ledgers(Path(made))
        places = Path(made) / "places.db"
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            with served(ledger, places) as desk:
                _at_the_desk(browser, desk.rstrip("/"))
            with served(later, places) as desk:
                _signed_off(browser, desk.rstrip("/"))
            browser.close()
    for path in sorted(IMAGES.glob("*.png")):
        print(f"{path.stat().st_size:7,} {path.name}", file=sys.stderr)
    return 0


def _ledgers(folder: Path) -> tuple[Path, Path]:
    """The story with its places on the map; and the same signed off, with a document that came
    later."""
    settings = Settings(gazetteer=folder / "places.db")
    first = datetime.fromisoformat("2031-03-06T21:00:00")
    told = (first + timedelta(minutes=n) for n in count())
    reader = Reader(settings)
    one, other = folder / "story.db", folder / "signed.db"
    with mock.patch.object(Log, "moment", lambda _: f"{next(told):%Y-%m-%dT%H:%M:%S.%f}Z"):
        with Ledger.open(one, create=True) as ledger:
            list(add(ledger, reader, captures([STORY])))
            kept(ledger)
            for incident, place in PLACES.items():
                put = correction(settings.gazetteer, where=place)
                decide(ledger, "mend_incident", incident, correction=put, by="Aigul")
            kept(ledger)
        shutil.copy(one, other)
        file = folder / "later.jsonl"
        file.write_text(json.dumps(LATER), encoding="utf-8")
        with Ledger.open(other) as ledger:
            decide(ledger, "owner", MAIN, ("Cem",), by="Aigul")
            decide(ledger, "tag", MAIN, ("quay", "strike"), by="Cem")
            decide(ledger, "sign", MAIN, by="Aigul", settings=settings)
            list(add(ledger, reader, captures([str(file)])))
            kept(ledger)
    return one, other


def _at_the_desk(browser: Browser, desk: str) -> None:
    incident = f"{desk}/incidents/{MAIN}"
    with _page(browser, 1280, 900) as page:
        page.goto(incident)
        _keep("board", page.screenshot())
        page.goto(f"{desk}/review")
        page.evaluate("document.activeElement.blur()")
        _keep("review", page.locator("main").screenshot())
        page.goto(f"{desk}/documents/orrin-0304")
        page.evaluate(SELECT, "The dockers have been on strike since Monday")
        page.locator("#by-hand").get_by_label("kind").select_option("event")
        page.locator("#by-hand").get_by_label("event").select_option("PROTEST/strike")
        _keep("by-hand", page.screenshot())
        page.goto(f"{desk}/incidents?view=map")
        page.locator("#map[data-drawn='2']").wait_for()
        for _ in range(2):
            page.get_by_role("button", name="Zoom in").click()
            page.wait_for_timeout(1000)
        page.wait_for_timeout(1500)  # until names of towns have come and stand still
        _keep("map", page.screenshot(clip={"x": 0, "y": 0, "width": 1280, "height": 830}))
    with _page(browser, 1000, 1430) as page:
        page.goto(f"{incident}/report")
        _keep("report", page.screenshot())
    with _page(browser, 980, 672) as page:
        card, curve = (f"{desk}/embed/{MAIN}/{piece}" for piece in ("card", "curve"))
        page.goto(f"{desk}/style.css")  # a page of its own: nothing may stand in one of nowhere
        page.set_content(
            "<body style='margin:0;display:flex;gap:20px;padding:16px;background:#eee'>"
            f"<iframe src='{card}' style='border:0;width:430px;height:640px'></iframe>"
            f"<iframe src='{curve}' style='border:0;width:500px;height:640px'></iframe>"
        )
        page.wait_for_load_state("networkidle")
        _keep("embed", page.screenshot())
    with _page(browser, 390, 844) as page:
        shots = []
        for path in ("/incidents", f"/incidents/{MAIN}", "/review"):
            page.goto(f"{desk}{path}")
            shots.append(Image.open(BytesIO(page.screenshot())))
    whole = Image.new("RGB", (3 * 390 + 2 * 24, 844), "#8a8a86")
    for number, shot in enumerate(shots):
        whole.paste(shot, (number * (390 + 24), 0))
    _keep("phone", whole)


def _signed_off(browser: Browser, desk: str) -> None:
    with _page(browser, 1280, 760) as page:
        page.goto(f"{desk}/incidents/{MAIN}")
        _keep("signed-off", page.screenshot())


@contextmanager
def _page(browser: Browser, width: int, height: int) -> Iterator[Page]:
    viewport = {"width": width, "height": height}
    context = browser.new_context(
        viewport=viewport, color_scheme="light", reduced_motion="reduce", bypass_csp=True
    )
    yield context.new_page()
    context.close()


def _keep(name: str, taken: bytes | Image.Image) -> None:
    """Keep a picture in few colours, and without the moment at which it was taken."""
    image = Image.open(BytesIO(taken)) if isinstance(taken, bytes) else taken
    few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    raise SystemExit(main())
