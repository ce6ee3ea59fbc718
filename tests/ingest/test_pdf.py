from __future__ import annotations

import io

import pytest

from sayso.ingest import pdf as pdfs
from sayso.records import Document, Problem


def made(
    *pages: list[str], title: str = "Situation report 4", date: str = "D:20310304183000+02'00'"
) -> bytes:
    """A PDF with these lines on its pages, written by hand."""
    objects: list[bytes] = []

    def put(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    font = put(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        shown = b"BT /F1 12 Tf 14 TL 50 780 Td "
        shown += b" ".join(b"(" + line.encode("latin-1") + b") Tj T*" for line in lines) + b" ET"
        content = put(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        kids.append(put(
            b"<< /Type /Page /Parent 99 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (content, font)
        ))  # fmt: skip
    tree = put(
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % k for k in kids), len(kids))
    )
    objects[:] = [one.replace(b"/Parent 99 0 R", b"/Parent %d 0 R" % tree) for one in objects]
    root = put(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    info = put(f"<< /Title ({title}) /CreationDate ({date}) >>".encode("latin-1"))
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, root, info, start)
    )
    return out.getvalue()


def pdf(data: bytes, where: str) -> Document | Problem:
    return next(pdfs.pdf(data, where))


def test_pages_that_are_pictures_are_told_of() -> None:
    document, problem = pdfs.pdf(made(["Two died in Karsa."], [], ["Nine are hurt."], []), "a.pdf")
    assert isinstance(document, Document) and "Two died in Karsa." in document.text
    assert problem == Problem(
        input="a.pdf",
        message="is not read whole: 2 of its 4 pages have no letters, page 2 the first",
    )


def test_the_letters_of_a_pdf_are_a_document() -> None:
    document = pdf(
        made(["Fourteen people died in Marrow", "Bay on Tuesday, the harbour board said."]), "a.pdf"
    )
    assert isinstance(document, Document)
    assert document.text == "Fourteen people died in Marrow Bay on Tuesday, the harbour board said."
    assert document.title == "Situation report 4"
    assert document.published is None, "the file was made then, whenever its text was published"


def test_running_heads_are_left_out_and_broken_words_made_whole() -> None:
    pages = [
        [
            "Harbour Board   Report 4",
            f"In {place} the sea-",
            f"wall gave way {2 * n} times.",
            f"Page {n} of 4",
        ]
        for n, place in enumerate(("Karsa", "Belov", "Marrow Bay", "Selmarra"), 1)
    ]
    document = pdf(made(*pages), "a.pdf")
    assert isinstance(document, Document)
    assert document.text.split("\n") == [
        f"In {place} the seawall gave way {2 * n} times."
        for n, place in enumerate(("Karsa", "Belov", "Marrow Bay", "Selmarra"), 1)
    ]


def test_what_stands_at_the_end_of_two_pages_is_no_running_head() -> None:
    document = pdf(
        made(["Two died in Karsa.", "Total 4 7"], ["Nine are hurt.", "Total 5 8"]), "a.pdf"
    )
    assert isinstance(document, Document)
    assert document.text.count("Total") == 2


@pytest.mark.parametrize(
    "edge",
    [
        "{n} people were killed in Karsa.",
        "Killed in town {n}",
        "Day {n}",
        "{n} March 2031",
        "Killed  {n}  {n}",
        "Ward  {n}  Killed",
    ],
)
def test_a_line_whose_number_only_happens_to_rise_is_text(edge: str) -> None:
    pages = [["Harbour Board", edge.format(n=n), f"It rained in {place}.", edge.format(n=n + 4)]
             for n, place in enumerate(("Karsa", "Belov", "Selmarra"), 1)]  # fmt: skip
    document, *problems = pdfs.pdf(made(*pages), "a.pdf")
    assert isinstance(document, Document)
    words = " ".join(document.text.replace("|", " ").split())
    for n in (1, 2, 3, 5, 6, 7):
        assert " ".join(edge.format(n=n).split()) in words
    assert "has running heads, which are left out: 3 lines such as 'Harbour Board'" in [
        problem.message for problem in problems if isinstance(problem, Problem)
    ]


@pytest.mark.parametrize(
    "edge",
    ["{n}", "- {n} -", "{n}/3", "{n} of 3", "Page {n} of 3", "Board report, p. {n}", "Board | {n}",
     "{n}  Board report 4"],
)  # fmt: skip
def test_the_number_of_a_page_goes_wherever_it_stands(edge: str) -> None:
    pages = [[f"It rained in {place}.", edge.format(n=n)]
             for n, place in enumerate(("Karsa", "Belov", "Selmarra"), 1)]  # fmt: skip
    document, problem = pdfs.pdf(made(*pages), "a.pdf")
    assert isinstance(document, Document) and isinstance(problem, Problem)
    assert (
        document.text.split()
        == "It rained in Karsa. It rained in Belov. It rained in Selmarra.".split()
    )
    assert problem.message.startswith("has running heads, which are left out: 3 lines such as")


TOWNS = ("Karsa", "Belov", "Selmarra", "Dorm", "Tarn", "Oder")


def test_left_and_right_pages_may_have_heads_of_their_own_and_a_cover_none() -> None:
    heads = ("{}   Harbour Board", "Report of the year   {}")
    pages = [[heads[n % 2].format(n), "31 March 2031", f"It rained in {town}.", f"- {n} -"]
             for n, town in enumerate(TOWNS, 1)]  # fmt: skip
    document, problem = pdfs.pdf(made(["The report."], *pages), "a.pdf")
    assert isinstance(document, Document) and isinstance(problem, Problem)
    assert document.text.split("\n") == ["The report.", *(f"It rained in {t}." for t in TOWNS)]
    assert "18 lines such as 'Report of the year" in problem.message


def test_the_heads_of_columns_are_none_of_the_pages() -> None:
    pages = [["Harbour Board", "Town    Killed    Hurt", f"{town}    {n}    4", f"{town}ia    {n}    9"]
             for n, town in enumerate(TOWNS, 1)]  # fmt: skip
    document, _ = pdfs.pdf(made(*pages), "a.pdf")
    assert isinstance(document, Document) and "Board" not in document.text
    assert document.text.count("| Town | Killed | Hurt |") == len(TOWNS)


def test_numbers_that_stand_apart_on_one_page_and_not_on_another_are_not_alike() -> None:
    document, *_ = pdfs.pdf(
        made(["Killed 1 2", "Rain."], ["Killed 12", "Snow."], ["9" * 5000]), "a.pdf"
    )
    assert isinstance(document, Document)
    assert "Killed 1 2" in document.text and "Killed 12" in document.text


def test_what_few_pages_say_or_a_line_within_them_is_no_running_head() -> None:
    said = "Nobody was killed."
    pages = [[f"It rained in {place}.", *([said] if n in (0, 3) else []), f"Rain {place}."]
             for n, place in enumerate(("Karsa", "Belov", "Selmarra", "Dorm", "Tarn"))]  # fmt: skip
    for one in (pages, [page[::2] + page[1:2] for page in pages]):
        document, *problems = pdfs.pdf(made(*one), "a.pdf")
        assert isinstance(document, Document) and not problems
        assert document.text.count(said) == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.4 nothing", "cannot be read as a PDF"),
        (made(["Two died."])[:200], "cannot be read as a PDF"),
        (made([]), "pictures of a text"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, why: str) -> None:
    found = pdf(data, "a.pdf")
    assert isinstance(found, Problem) and why in found.message


def test_a_locked_file_is_said_to_be() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made(["Two died."]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    found = pdf(out.getvalue(), "a.pdf")
    assert isinstance(found, Problem) and found.message == "is locked by a password"


def test_a_page_with_a_table_is_told_of() -> None:
    rows = ["District Killed Injured", "Karsa 12 40", "Belt 4 1,209", "Dorm 0 3", "Total 16 52"]
    document, problem = pdfs.pdf(made(["The toll."], rows), "a.pdf")
    assert isinstance(document, Document) and isinstance(problem, Problem)
    assert problem.message.endswith("not read as such: page 2 the first")
    prose = ["Two died in Karsa on 11 March 2031", "and nine in Belt.", "The river rose by 4"]
    assert len([*pdfs.pdf(made(prose), "a.pdf")]) == 1
