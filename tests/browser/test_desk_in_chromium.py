"""The desk in a real browser: Debian's Chromium, driven by Playwright, with no way out."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import tiles
from looking import AXE
from playwright.sync_api import Page, expect

from sayso.ingest.inputs import captures
from sayso.ledger.store import Ledger
from sayso.pipeline import Reader, add
from sayso.records import Capture, Document
from sayso.review import decide
from sayso.review.corrections import correction
from sayso.settings import Settings
from waiting import until

MAIN = "selmarra-2031-03-04"

SCREENS = [
    "/incidents",
    "/incidents?view=time",
    f"/incidents/{MAIN}",
    "/review",
    "/sources",
    "/log",
    f"/log?subject={MAIN}",
    "/search?q=killed",
    "/search?q=killed&in=documents",
    "/add",
    "/about",
    "/incidents/nothing-here",
]


def claim_of(page: Page) -> str:
    page.goto("/review")
    link = page.locator("article.claim a[href^='/claims/']").first
    return (link.get_attribute("href") or "").partition("#")[0]


def waiting(page: Page) -> int:
    return int((page.locator("h1 .soft").inner_text()).split()[0])


def test_the_toll_board_answers_who_says_so_and_who_disagrees(opened: Callable[..., Page]) -> None:
    page = opened("/incidents")
    page.get_by_role("link", name="At least seven dead").click()
    board = page.get_by_role("region", name="Toll board")
    expect(board).to_be_in_viewport()
    row = board.locator("#killed-unspecified")
    expect(row).to_contain_text("health ministry (official)")
    expect(row).to_contain_text("doctors' union (civil society)")
    expect(row).to_contain_text("accounts differ")
    police = board.locator("#killed-security_forces")
    expect(police).to_contain_text("interior ministry")
    assert "2" in police.locator("td.best").inner_text()
    row.get_by_role("link", name="accounts differ").click()
    expect(page.locator("#differ")).to_be_in_viewport()
    sides = page.locator("#differ article").first.locator(".side")
    assert sides.count() == 2


def test_a_figure_leads_to_its_evidence_in_one_click(opened: Callable[..., Page]) -> None:
    page = opened(f"/incidents/{MAIN}")
    page.locator("#killed-unspecified .voice a").first.click()
    evidence = page.locator("mark.evidence#evidence")
    expect(evidence).to_be_visible()
    expect(evidence).to_contain_text("18")
    expect(page.locator(".chain")).to_contain_text("health ministry")


def test_the_slider_goes_back_in_time_and_the_address_follows(opened: Callable[..., Page]) -> None:
    page = opened(f"/incidents/{MAIN}")
    best = page.locator("#killed-unspecified td.best")
    expect(best).to_have_text("18")
    slider = page.get_by_role("slider", name="As of")
    slider.focus()
    slider.press("Home")
    expect(page.locator(".then")).to_contain_text("as of 3 Mar 2031")
    assert "as_of=2031-03-03" in page.url
    slider.press("End")
    expect(best).to_have_text("18")
    page.go_back()
    expect(page.locator(".then")).to_contain_text("as of 3 Mar 2031")


def test_ten_claims_are_judged_by_keys_alone(opened: Callable[..., Page], ledger: Path) -> None:
    page = opened("/review")
    left = waiting(page)
    seen = []
    for number, key in enumerate("axuaaxuaxa"):
        seen.append(page.locator("article.claim a[href^='/claims/']").first.get_attribute("href"))
        page.keyboard.press(key)
        expect(page.locator("h1 .soft")).to_have_text(f"{left - number - 1} left")
    assert len(set(seen)) == 10
    with Ledger.open(ledger) as opened_ledger:
        made = opened_ledger.judgements()
    assert [one.verdict[0] for one in made] == ["a", "r", "u", "a", "a", "r", "u", "a", "r", "a"]
    assert {one.by for one in made} == {"Aigul"}
    page.keyboard.press("Backspace")
    expect(page.locator("h1 .soft")).to_have_text(f"{left - 9} left")
    page.keyboard.press("Control+z")
    expect(page.locator("h1 .soft")).to_have_text(f"{left - 8} left")
    here = page.url
    page.keyboard.press("Space")
    page.wait_for_url(lambda url: url != here)
    assert waiting(page) == left - 8


def test_a_field_is_corrected_by_keys_alone(opened: Callable[..., Page], ledger: Path) -> None:
    page = opened("/review")
    page.keyboard.press("e")
    page.keyboard.press("1")
    field = page.get_by_label("count 1")
    expect(field).to_be_focused()
    # In a field a letter is a letter.
    page.keyboard.type("20-24")
    page.keyboard.press("Enter")
    expect(page.locator("article.claim")).to_contain_text("killed 20–24")
    expect(page.locator("article.claim")).to_contain_text("corrected")
    with Ledger.open(ledger) as opened_ledger:
        (made,) = opened_ledger.judgements()
    assert made.verdict == "correct" and made.correction.count.low == 20


def test_keys_are_listed_and_can_be_switched_off(opened: Callable[..., Page]) -> None:
    page = opened("/review")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("accept")
    expect(dialog).to_contain_text("later")
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Close").click()
    left = waiting(page)
    page.keyboard.press("a")
    page.reload()
    assert waiting(page) == left


def test_rows_are_gone_through_by_keys(opened: Callable[..., Page]) -> None:
    page = opened("/incidents")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    focused = page.locator("a[data-row]:focus")
    expect(focused).to_contain_text("Ferry sinks on Lake Tervane")  # the newest first
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search evidence")).to_be_focused()
    page.keyboard.type("ferry")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=ferry$"))


def test_the_back_button_loses_no_decision(opened: Callable[..., Page], ledger: Path) -> None:
    page = opened("/review")
    page.keyboard.press("x")
    expect(page.locator(".latest li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".latest li")).to_have_count(1)
    page.go_forward()
    page.goto(page.url)
    expect(page.locator(".latest li")).to_have_count(1)
    with Ledger.open(ledger) as opened_ledger:
        assert len(opened_ledger.judgements()) == 1


def test_everything_but_map_and_keys_works_without_javascript(opened: Callable[..., Page]) -> None:
    page = opened("/incidents", java_script_enabled=False)
    page.get_by_label("Place").fill("tervane")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(f"/incidents/{MAIN}")
    page.get_by_label("As of").select_option(index=1)
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".then")).to_contain_text("as of")
    page.goto("/review")
    left = waiting(page)
    page.get_by_role("button", name="accept").click()
    assert waiting(page) == left - 1
    page.get_by_role("button", name="undo").click()
    assert waiting(page) == left
    page.goto("/add")
    page.get_by_label("Text", exact=True).fill(
        "Two sailors drowned off Marrow Bay, the mayor said."
    )
    page.get_by_role("button", name="Read and keep").click()
    page.wait_for_url(re.compile(r"/add/\w+$"))

    def told() -> int:
        page.goto(page.url)  # a reload fails where the last answer has not quite arrived
        return (
            page.get_by_text("1 of 1 input read").count() and page.locator(".outcomes li").count()
        )

    until(told)
    expect(page.locator(".outcomes")).to_contain_text("added")
    page.goto("/incidents?view=map")
    expect(page.locator("tbody tr")).not_to_have_count(0)


def test_documents_are_added_with_progress(opened: Callable[..., Page], tmp_path: Path) -> None:
    lines = [
        {"id": f"n{n}", "outlet": "Lantern", "published": f"2031-06-0{n}", "text": text}
        for n, text in enumerate(
            ("Six hikers died in an avalanche above Belov, the mountain guard said.",
             "The mountain guard said seven hikers had died in the avalanche above Belov."), 1)
    ]  # fmt: skip
    file = tmp_path / "avalanche.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    page = opened("/add")
    page.get_by_label("Saved pages").set_input_files(str(file))
    page.get_by_role("button", name="Read and keep").click()
    expect(page.locator("#job")).to_contain_text("1 of 1 input read")
    expect(page.locator(".outcomes li")).to_have_count(2)
    page.goto("/search?q=avalanche")
    expect(page.locator(".found li")).not_to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Callable[..., Page], scheme: str) -> None:
    page = opened("/incidents", color_scheme=scheme)
    faults = []
    for path in [*SCREENS, claim_of(page), "/documents/orrin-0304"]:
        page.goto(path)
        # Evaluated by the test, since no page may take a script from elsewhere.
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        faults += [
            (path, v["id"], [node["html"][:200] for node in v["nodes"][:3]])
            for v in found["violations"]
        ]
    assert not faults


def test_an_incident_is_mended_on_its_page_and_undone_there(opened: Callable[..., Page]) -> None:
    page = opened(f"/incidents/{MAIN}")
    page.set_viewport_size({"width": 390, "height": 844})
    title = page.locator("h1").inner_text()
    page.locator(".mend summary").click()
    form = page.locator(".mend form").first
    form.get_by_label("Title").fill("The night at the port " * 4)
    form.get_by_label("Type").select_option("PROTEST")
    form.get_by_label("Why").fill("the log of the port")
    form.get_by_role("button", name="Mend").click()
    expect(page.locator("h1")).to_have_text(("The night at the port " * 4).strip())
    expect(page.locator(".mended")).to_contain_text("type to PROTEST, by Aigul")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".mend summary").click()
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")] == []
    page.locator(".mended button").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".mended")).to_have_count(0)


def test_an_incident_is_signed_off_a_later_document_proposes_and_it_is_signed_again(
    opened: Callable[..., Page], ledger: Path, settings: Settings, tmp_path: Path
) -> None:
    page = opened(f"/incidents/{MAIN}")
    page.set_viewport_size({"width": 390, "height": 844})
    best = page.locator("#killed-unspecified .best")
    expect(best).to_have_text("18")
    page.get_by_role("button", name="Sign off").click()
    expect(page.locator(".dossier")).to_contain_text("its figures are as signed off by Aigul")
    expect(page.locator(".dossier .after")).to_have_count(0)
    later = tmp_path / "later.jsonl"
    text = (
        "The number of people killed when security forces fired on striking dockers in Selmarra on "
        "4 March has risen to 31, the health ministry said on Saturday."
    )
    told = {"id": "later", "outlet": "Quay", "published": "2031-03-08T10:00:00Z", "text": text}
    later.write_text(json.dumps(told) + "\n", encoding="utf-8")
    with Ledger.open(ledger) as held:
        list(add(held, Reader(settings), captures([str(later)])))
    page.reload()
    expect(best).to_have_text("18")
    after = page.locator(".dossier .after")
    expect(after).to_contain_text("1 figure came after sign-off")
    expect(after.locator("tbody tr").first).to_contain_text("18–27, best 18")
    expect(after.locator("tbody tr").first).to_contain_text("31")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".dossier summary").click()
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")] == []
    page.goto("/incidents?status=signed+off")
    row = page.locator("table.incidents tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("1 figure came after sign-off")
    page.goto(f"/incidents/{MAIN}")
    page.get_by_role("link", name="Show the latest").click()
    expect(best).to_have_text("31")
    page.goto(f"/incidents/{MAIN}")
    page.get_by_role("button", name="Sign again").click()
    expect(best).to_have_text("31")
    expect(after).to_have_count(0)


def test_a_document_is_mended_on_its_page_and_its_days_incident_and_curve_follow(
    opened: Callable[..., Page], ledger: Path
) -> None:
    text = "Nine miners were killed on Monday when a shaft flooded near Karsa, the governor said."
    with Ledger.open(ledger) as kept_there:
        document = Document(id="shaft", text=text, title="Nine killed", published="2031-06-12")
        list(add(kept_there, Reader(Settings()), [Capture(document=document, raw=None)]))

    def mend(**fields: str) -> None:
        page.goto("/documents/shaft")
        page.get_by_text("Mend its date, outlet, title or language").click()
        form = page.locator("form", has=page.get_by_role("button", name="Mend, and read again"))
        for label, value in fields.items():
            form.get_by_label(label, exact=True).fill(value)
        form.get_by_label("Why").fill("by the paper")
        form.get_by_role("button").click()

    page = opened("/documents/shaft")
    mend(published="12 March 2031", outlet="Karsa Courier", title="Nine die in a shaft")
    expect(page.locator("h1")).to_have_text("Nine die in a shaft")
    expect(page.locator(".kicker")).to_contain_text("Karsa Courier")
    expect(page.locator(".mended")).to_have_text("date, outlet and title by a person")
    page.locator("[data-row]").first.click()
    expect(page.locator("#main")).to_contain_text("10 Mar 2031 from “Monday”")
    page.locator("#main a[href^='/incidents/']").first.click()
    expect(page).to_have_url(re.compile("2031-03-10"))
    there = page.url
    (found,) = page.request.get(f"{there}.json").json()["items"]
    assert [point["at"] for point in found["curve"]] == ["2031-03-12"]
    mend(language="ru")
    expect(page.locator("#main")).to_contain_text("language 'ru' is not read")
    expect(page.locator("[data-row]")).to_have_count(0)
    assert page.request.get(f"{there}.json").status == 404
    mend(language="en")
    expect(page.locator("[data-row]")).not_to_have_count(0)
    assert page.request.get(f"{there}.json").ok
    refused = page.request.post(
        "/judgements",
        data={"verdict": "mend", "a": "shaft", "correction": {"published": "04/03/2031"}},
    )
    assert refused.status == 400 and "may be 2031" in refused.json()["error"]


def test_dark_and_light_can_be_chosen_and_are_kept(opened: Callable[..., Page]) -> None:
    def paper() -> str:
        return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    page = opened(f"/incidents/{MAIN}", color_scheme="light")
    light = paper()
    page.get_by_role("button", name="Dark").click()
    dark = paper()
    assert dark != light
    band = page.evaluate("getComputedStyle(document.querySelector('.band')).fill")
    page.goto("/sources")
    assert paper() == dark
    page.get_by_role("button", name="Light").click()
    assert paper() == light
    page.goto(f"/incidents/{MAIN}")
    assert page.evaluate("getComputedStyle(document.querySelector('.band')).fill") != band


@pytest.mark.parametrize("path", [f"/incidents/{MAIN}", "/incidents", "/search?q=killed"])
def test_screens_print(opened: Callable[..., Page], path: str) -> None:
    page = opened(path, color_scheme="dark")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert ink in ("rgb(0, 0, 0)", "rgb(29, 29, 27)")
    expect(page.locator("header.bar")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 800])
def test_nothing_runs_off_a_narrow_page(opened: Callable[..., Page], width: int) -> None:
    page = opened("/incidents")
    page.set_viewport_size({"width": width, "height": 900})
    for path in [*SCREENS, claim_of(page)]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_filters_act_at_once_and_stand_in_the_address(opened: Callable[..., Page]) -> None:
    page = opened("/incidents")
    place = page.get_by_label("Place")
    place.fill("tervane")
    place.press("Tab")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "place=tervane" in page.url
    expect(page.locator("#export a").first).to_have_attribute(
        "href", re.compile("place=tervane.*of=incidents")
    )
    with page.expect_download() as download:
        page.locator("#export summary").click()
        page.get_by_role("link", name="CSV").click()
    rows = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(rows) > 1 and all("lake-tervane" in row for row in rows[1:])
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_the_map_draws_what_the_list_says(
    opened: Callable[..., Page], ledger: Path, settings: Settings
) -> None:
    with Ledger.open(ledger) as opened_ledger:
        for incident, _ in list(opened_ledger.incidents()):
            place = correction(settings.gazetteer, where=f"{incident.where.text} @ 41.2,29.1")
            for claim in incident.claims:
                decide(opened_ledger, "correct", claim, correction=place, by="Aigul")
    page = opened("/incidents?view=map")
    box = page.locator("#map")
    expect(box).to_have_attribute("data-drawn", "2")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(box).to_contain_text("Natural Earth")
    middle = page.locator("#map canvas").bounding_box()
    page.mouse.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    # Both stand at one point: a click on them goes nearer, and they are still there.
    expect(box).to_be_visible()
    page.get_by_role("link", name="List").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def on_picture(folder: Path) -> list[str]:
    return ["--basemap", str(tiles.raster(folder / "world.pmtiles", (200, 30, 60)))]


def on_shapes(folder: Path) -> list[str]:
    return ["--basemap", str(tiles.vector(folder / "world.pmtiles"))]


@pytest.mark.parametrize(
    ("desk", "colour"),
    [(on_picture, (200, 30, 60)), (on_shapes, (255, 255, 255))],
    indirect=["desk"],
    ids=["raster", "vector"],
)
def test_the_map_is_drawn_on_tiles_of_ones_own(
    opened: Callable[..., Page], colour: tuple[int, int, int]
) -> None:
    page = opened("/incidents?view=map")
    expect(page.locator("#map")).to_have_attribute("data-drawn", "0")
    # The canvas itself cannot be read back; a picture of the page can.
    picture = base64.b64encode(page.locator("#map").screenshot()).decode()
    drawn = page.evaluate(
        """async (picture) => {
            const image = new Image();
            image.src = `data:image/png;base64,${picture}`;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            return [...context.getImageData(image.width / 2, image.height / 2, 1, 1).data];
        }""",
        picture,
    )
    assert tuple(drawn[:3]) == colour


def test_the_first_paint_comes_within_a_second(opened: Callable[..., Page]) -> None:
    page = opened("/about")
    for path in ("/incidents", f"/incidents/{MAIN}", "/review"):
        painted = []
        for _ in range(5):  # the quickest: what the page needs, and not what else the machine does
            page.goto(path)
            painted.append(
                page.evaluate("""() => new Promise((done) => {
            const seen = (list) => done(list.getEntries()[0].startTime);
            new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
        })""")
            )
        assert min(painted) < 1000, path
