"""Documents of word processors, made here part by part."""

from __future__ import annotations

import io
import zipfile

import pytest

from sayso.ingest import inputs
from sayso.records import Capture, Document, Problem
from sayso.shapes.blocks import shape

TEXT = "Fourteen people died in Marrow Bay on Tuesday, the harbour board said."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def package(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def word(body: str, title: str = "", **more: str) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("heading 1", "heading 2", "Title")
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r" Type="{OFFICE_RELS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">'
        f'<Relationship Id="s" Type="{OFFICE_RELS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="n" Type="{OFFICE_RELS}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="f" Type="{OFFICE_RELS}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="c" Type="{OFFICE_RELS}/comments" Target="comments.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/numbering.xml": numbering,
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>By the board’s list.</w:t></w:r></w:p></w:footnote></w:footnotes>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}"></w:comments>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": f'<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{title}</dc:title><dcterms:created>2026-01-01T00:00:00Z</dcterms:created></c>',
    }
    return package(parts | more)


def p(text: str, style: str = "", level: int | None = None) -> str:
    numbered = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        if level is not None
        else ""
    )
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{numbered}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def tr(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def open_document(body: str, **more: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="{ODF}:{full}:1.0"'
        for name, full in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
        )
    )
    content = f'<office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    meta = f'<office:document-meta {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Seawall</dc:title></office:document-meta>'
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": meta,
        }
        | more
    )


def read(data: bytes, name: str = "a.docx") -> tuple[list[Document], list[str]]:
    found = list(inputs.handed(name, data))
    return [one.document for one in found if isinstance(one, Capture)], [
        one.message for one in found if isinstance(one, Problem)
    ]


ROWS = [("District", "Dead"), ("Old Town", "9"), ("Quays", "5")]
WORD = word(
    p("Seawall gives way", "heading1") + p(TEXT) + p("In the lower town", level=0) + p("On the quays", level=1)
    + "<w:tbl>" + "".join(tr(*row) for row in ROWS) + "</w:tbl>" + p("Two boats sank."),
    title="Seawall",
)  # fmt: skip
ODT = open_document(
    f'<text:h text:outline-level="1">Seawall gives way</text:h><text:p>{TEXT}</text:p>'
    "<text:list><text:list-item><text:p>In the lower town</text:p><text:list><text:list-item><text:p>On the quays</text:p></text:list-item></text:list></text:list-item></text:list>"
    "<table:table>" + "".join("<table:table-row>" + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) + "</table:table-row>" for row in ROWS) + "</table:table>"
    "<text:p>Two<text:s/>boats<text:tab/>sank.</text:p>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", WORD), ("a.odt", ODT), ("a.zip", WORD), ("no-end", ODT)]
)
def test_headings_paragraphs_lists_and_tables_keep_their_shape(name: str, data: bytes) -> None:
    (document,), problems = read(data, name)
    assert document.text == (
        f"# Seawall gives way\n{TEXT}\n- In the lower town\n  - On the quays\n"
        "| District | Dead |\n| Old Town | 9 |\n| Quays | 5 |\nTwo boats sank."
    )
    kinds = [(block.kind, block.level) for block in shape(document)]
    assert kinds[:4] == [("heading", 1), ("paragraph", 0), ("item", 1), ("item", 2)]
    assert [kind for kind, _ in kinds].count("row") >= 2 and not problems
    assert (document.title, document.published, document.outlet) == ("Seawall", None, None)


def test_a_line_break_within_a_sentence_joins_and_a_footnote_stands_apart() -> None:
    body = '<w:p><w:r><w:t>Nine people</w:t><w:br/><w:t>drowned</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> in the night.</w:t></w:r></w:p>'
    (document,), _ = read(word(body))
    assert document.text == "Nine people drowned in the night.\n- By the board’s list."


def test_changes_that_are_tracked_are_read_as_if_accepted_and_told_of() -> None:
    body = '<w:p><w:r><w:t xml:space="preserve">The board counted </w:t></w:r><w:del w:id="1"><w:r><w:delText>nine</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>fourteen</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> dead.</w:t></w:r></w:p>'
    (document,), problems = read(word(body))
    assert document.text == "The board counted fourteen dead."
    assert problems == ["has 2 tracked changes: it is read as if all were accepted"]


def test_comments_and_pictures_are_counted() -> None:
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="1"><w:p><w:r><w:t>Is it so?</w:t></w:r></w:p></w:comment></w:comments>'
    (document,), problems = read(word(p(TEXT), **{"word/comments.xml": comments}))
    assert document.text == TEXT and problems == ["has comments (1) in it, which are not read"]
    body = f"<text:p>{TEXT}<office:annotation><text:p>Is it so?</text:p></office:annotation></text:p><text:p><draw:frame><draw:image/></draw:frame></text:p>"
    (document,), problems = read(open_document(body), "a.odt")
    assert document.text == TEXT
    assert problems == ["has pictures (1) and comments (1) in it, which are not read"]


def test_what_was_struck_from_an_open_document_is_not_read() -> None:
    body = f"<text:tracked-changes><text:changed-region><text:deletion><text:p>Nine died.</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>{TEXT}</text:p>"
    (document,), problems = read(open_document(body), "a.odt")
    assert document.text == TEXT and len(problems) == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "is of Word's old kind"),
        ("a.docx", b"PK\x03\x04nothing", "cannot be read as a document of Word's: BadZipFile"),
        ("a.odt", package({"mimetype": "x"}), "cannot be read as an OpenDocument text: KeyError"),
        ("a.docx", word(""), "has no text"),
        ("a.docx", word(p("x" * 1_100_000)), "is longer than 1,000,000 characters"),
        (
            "a.odt",
            open_document("<text:p>&e;</text:p>"),
            "cannot be read as an OpenDocument text: XMLSyntaxError",
        ),
        (
            "a.docx",
            word(p(TEXT), **{"word/styles.xml": " " * 21_000_000}),
            "has a part larger than 20,000,000 bytes",
        ),
    ],
)
def test_what_cannot_be_read_is_one_problem(name: str, data: bytes, said: str) -> None:
    documents, (problem,) = read(data, name)
    assert not documents and problem.startswith(said)


def test_no_file_that_a_document_names_is_opened(tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    external = f'<Relationships xmlns="{RELS}"><Relationship Id="p" Type="{OFFICE_RELS}/image" Target="file://{tmp_path}/secret.txt" TargetMode="External"/></Relationships>'
    drawing = '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    (document,), problems = read(
        word(p(TEXT) + drawing, **{"word/_rels/document.xml.rels": external})
    )
    assert document.text == TEXT and problems == ["has pictures (1) in it, which are not read"]
