"""Inputs of kinds that people have and nobody had thought of: each is read, or is said not to be."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from sayso.ingest import feeds, fragments
from sayso.ingest.inputs import handed
from sayso.records import Capture, Document, Problem

HEAD = (
    "From: Ada Lorn <ada@tidewatch.example>\nDate: Tue, 11 Mar 2031 09:00:00 +0000\n"
    "Subject: Marrow Bay\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
)
SENT = "Seven sailors drowned off Marrow Bay on Sunday, the harbour board said.\n"


def read(name: str, data: bytes | str) -> tuple[list[Document], list[str]]:
    found = list(handed(name, data.encode() if isinstance(data, str) else data))
    documents = [one.document for one in found if isinstance(one, Capture)]
    return documents, [one.message for one in found if isinstance(one, Problem)]


def texts(name: str, data: bytes | str) -> list[str]:
    return [document.text.strip() for document in read(name, data)[0]]


# Packages.


@pytest.mark.parametrize("folder", ["./", "./day/", "../out/", ""])
def test_a_tar_of_a_folder_is_read_whatever_its_names_begin_with(folder: str) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name in ("a.txt", ".hidden.txt"):
            info = tarfile.TarInfo(folder + name)
            info.size = len(SENT)
            made.addfile(info, io.BytesIO(SENT.encode()))
    assert texts("a.tgz", gzip.compress(out.getvalue())) == [SENT.strip()]


@pytest.mark.parametrize("end", [b"\0" * 8, b"", b"rubbish"])
def test_what_gzip_packed_is_kept_where_its_end_is_broken(end: bytes) -> None:
    packed = gzip.compress(SENT.encode())
    broken = packed + end if end == b"rubbish" else packed[:-8] + end
    documents, problems = read("a.txt.gz", broken)
    assert [one.text for one in documents] == [SENT]
    (problem,) = problems
    assert problem.startswith("breaks off")


def test_a_broken_end_behind_a_whole_tar_is_told() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as made:
        info = tarfile.TarInfo("a.txt")
        info.size = len(SENT)
        made.addfile(info, io.BytesIO(SENT.encode()))
    documents, problems = read("a.tgz", out.getvalue()[:-10])
    assert len(documents) == 1 and len(problems) == 1


def test_links_and_special_files_in_a_package_are_counted_and_read_as_nothing() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        info = tarfile.TarInfo("a.txt")
        info.size = len(SENT)
        made.addfile(info, io.BytesIO(SENT.encode()))
        for name, kind in [("b.txt", tarfile.SYMTYPE), ("c.txt", tarfile.LNKTYPE),
                           ("d.txt", tarfile.FIFOTYPE), ("day", tarfile.DIRTYPE)]:  # fmt: skip
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "a.txt"
            made.addfile(info)
    documents, problems = read("a.tar", out.getvalue())
    assert [one.text for one in documents] == [SENT]
    over = "is not read whole: of its files, passed over are"
    assert problems == [f"{over} 2 links, 1 special files"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", SENT)
        link = zipfile.ZipInfo("b.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        packed.writestr(link, "a.txt")
    documents, problems = read("a.zip", out.getvalue())
    assert [one.text for one in documents] == [SENT]
    assert problems == [f"{over} 1 links"]


# Mail.


def test_a_sentence_that_begins_with_from_is_of_its_mail() -> None:
    head = "From ada@tidewatch.example Tue Mar 11 09:00:00 2031\n" + HEAD
    said = "One died.\n\nFrom Friday until Monday, 12 more drowned.\nThe pilot said so.\n"
    one, other = texts("a.mbox", f"{head}{said}{head}Two died.\n")  # no empty line between
    assert "12 more drowned.\nThe pilot" in one and other == "Two died."


@pytest.mark.parametrize(
    "head",
    [
        "-----Ursprüngliche Nachricht-----\nVon: Bo Hald <bo@b.example>\nGesendet: 10.03.2031 18:30\nAn: Ada\nBetreff: Drowned\n",
        "-----Message d'origine-----\nDe : Bo Hald <bo@b.example>\nEnvoyé : 10.03.2031 18:30\nÀ : Ada\nObjet : Drowned\n",
        "-------- Mensaje reenviado --------\nAsunto: \tDrowned\nFecha: \tMon, 10 Mar 2031 18:30:00\nDe: \tBo Hald <bo@b.example>\nPara: \tAda\n",
        "-------- Forwarded Message --------\nSubject: \tDrowned\nDate: \tMon, 10 Mar 2031 18:30:00\nFrom: \tBo Hald\nTo: \tAda\n",
    ],
)
def test_a_mail_that_was_sent_on_is_known_in_other_languages_and_orders(head: str) -> None:
    (sent,), problems = read("a.eml", f"{HEAD}{head}\n{SENT}")
    assert (sent.title, sent.outlet) == ("Drowned", "Bo Hald")
    assert sent.published == "2031-03-10T18:30:00" and not problems
    assert sent.text.strip() == SENT.strip()


def mixed() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "ada@tidewatch.example", "Marrow Bay"
    made["Date"] = "Tue, 11 Mar 2031 09:00:00 +0000"
    made.set_content("First: two drowned.")
    return made


def test_a_mail_is_all_of_its_texts() -> None:
    made = mixed()
    made.add_attachment("Then: five drowned.", disposition="inline")
    made.add_attachment("<p>Last: six drowned.</p>", subtype="html", disposition="inline")
    (text,) = texts("a.eml", made.as_bytes())
    assert [line for line in text.split("\n") if line] == [
        "First: two drowned.", "Then: five drowned.", "Last: six drowned.",
    ]  # fmt: skip


def test_a_file_in_a_mail_is_named_however_it_is_put_there() -> None:
    made = mixed()
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    raw = made.as_bytes()
    for other in (b"Content-Disposition: inline;", b"X-None: 1;"):
        _, (problem,) = read("a.eml", raw.replace(b"Content-Disposition: attachment;", other))
        assert "1 attached files" in problem


def test_a_page_in_a_mail_is_read_however_short_and_where_the_plain_text_is_a_stub() -> None:
    made = mixed()
    made.set_content("<p>Two drowned.</p><table><tr><td>Bay</td><td>2</td></tr></table>", "html")
    assert texts("a.eml", made.as_bytes()) == ["Two drowned.\n| Bay | 2 |"]
    made = mixed()
    made.set_content("For pages only.")
    made.add_alternative(f"<p>{SENT * 3}</p>", subtype="html")
    assert "Seven sailors" in texts("a.eml", made.as_bytes())[0]


def test_a_mail_that_breaks_off_is_told() -> None:
    made = mixed()
    made.add_attachment("Then: five drowned.", disposition="inline")
    raw = made.as_bytes()
    _, (problem,) = read("a.eml", raw[: raw.rindex(b"drowned")])
    assert problem == "may not be whole: a part of it breaks off"


def test_a_mail_that_is_a_file_says_which() -> None:
    head = HEAD.replace("text/plain", "application/ms-tnef")
    assert read("a.eml", f"{head}x")[1] == ["has no text: it is application/ms-tnef"]


# Documents of word processors.

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def word(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    spaces = f'xmlns:w="{W}" xmlns:m="{M}"'
    rels = "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", f'<Types xmlns="{rels}/package/2006/content-types"/>')
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{rels}/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        made.writestr(
            "word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>"
        )
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def p(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def row(*cells: str, over: int = 1) -> str:
    spans = f'<w:tcPr><w:gridSpan w:val="{over}"/></w:tcPr>' if over > 1 else ""
    told = [f"<w:tc>{spans if not n else ''}{cell}</w:tc>" for n, cell in enumerate(cells)]
    return f"<w:tr>{''.join(told)}</w:tr>"


def test_a_cell_stands_under_its_head_where_others_go_over_several_columns_or_rows() -> None:
    table = row(p("Town"), p("Killed"), p("Hurt")) + row(p("Marrow"), p("3"), over=2)
    assert texts("a.docx", word(f"<w:tbl>{table}</w:tbl>")) == [
        "| Town | Killed | Hurt |\n| Marrow |  | 3 |"
    ]
    begun, on = ('<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>")
    table = row(p("Town"), p("Day"), p("Killed"))
    table += row(begun + p("Marrow"), p("Sunday"), p("3")) + row(on + p(""), p("Monday"), p("4"))
    assert texts("a.docx", word(f"<w:tbl>{table}</w:tbl>")) == [
        "| Town | Day | Killed |\n| Marrow | Sunday | 3 |\n|  | Monday | 4 |"
    ]


def test_a_table_within_a_table_is_read_once() -> None:
    inner = f"<w:tbl>{row(p('4 men'), p('2 women'))}</w:tbl>{p('')}"
    assert texts("a.docx", word(f"<w:tbl>{row(p('Marrow'), inner)}</w:tbl>")) == [
        "| Marrow | 4 men, 2 women |"
    ]


def test_a_figure_that_is_a_formula_is_read() -> None:
    formula = "<w:r><w:t>A toll of </w:t></w:r><m:oMath><m:r><m:t>14</m:t></m:r></m:oMath>"
    said = formula.replace("<w:t>", '<w:t xml:space="preserve">')
    assert texts("a.docx", word(f"<w:p>{said}</w:p>")) == ["A toll of 14"]


def test_what_of_a_document_is_not_read_is_named() -> None:
    parts = {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{p("Two rescuers drowned as well")}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{p("4")}</w:ftr>',
        "word/charts/chart1.xml": "<c/>",
        "word/embeddings/a.xlsx": "PK",
    }
    _, problems = read("a.docx", word(p(SENT), **parts))
    told = "heads and feet of pages (1), charts (1) and files within it (1)"
    assert problems == [f"has {told} in it, which are not read"]


HIDDEN = "has hidden text ({}) in it, which are not read"


@pytest.mark.parametrize(
    ("part", "styles"),
    [
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Forty died.</w:t></w:r></w:p>", ""),
        ('<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr><w:r><w:t>Forty died.</w:t></w:r></w:p>', "<w:vanish/>"),
        ('<w:p><w:r><w:rPr><w:rStyle w:val="b"/></w:rPr><w:t>Forty died.</w:t></w:r></w:p>', "<w:vanish/>"),
        (f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('Forty died.')}</w:tc></w:tr></w:tbl>", ""),
    ],
)  # fmt: skip
def test_hidden_text_of_words_is_no_text_and_named(part: str, styles: str) -> None:
    shown = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Two drowned.</w:t></w:r></w:p>'
    told = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:rPr>{styles}</w:rPr></w:style><w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    made = word(shown + part + p("Six are hurt."), **{"word/styles.xml": told})
    (document,), problems = read("a.docx", made)
    assert document.text == "Two drowned.\nSix are hurt."
    assert problems == [HIDDEN.format(1)]


def test_hidden_words_in_a_line_take_nothing_else_along() -> None:
    line = "<w:p><w:r><w:t>Two </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hundred </w:t></w:r><w:r><w:t>drowned.</w:t></w:r></w:p>"
    line = line.replace("<w:t>", '<w:t xml:space="preserve">')
    assert read("a.docx", word(line))[1] == [HIDDEN.format(1)]
    assert texts("a.docx", word(line)) == ["Two drowned."]
    hidden = line.replace("<w:r><w:t", "<w:r><w:rPr><w:vanish/></w:rPr><w:t")
    assert read("a.docx", word(hidden)) == ([], ["has no text, only hidden text"])


O = "urn:oasis:names:tc:opendocument:xmlns"  # noqa: E741  their name
SPACES = " ".join(
    f'xmlns:{name}="{O}:{of}:1.0"'
    for name, of in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                     ("svg", "svg-compatible"), ("style", "style")]
)  # fmt: skip


def opened(body: str, styles: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        told = f"<office:body><office:text>{body}</office:text></office:body>"
        made.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>{told}</office:document-content>",
        )
    return out.getvalue()


def test_paragraphs_of_a_frame_a_cell_and_a_note_are_not_run_together() -> None:
    box = "<draw:frame><draw:text-box><text:p>Box: eight hurt.</text:p><text:p>Two died.</text:p></draw:text-box></draw:frame>"
    assert texts("a.odt", opened(f"<text:p>Three drowned.{box} Rain fell.</text:p>")) == [
        "Three drowned.\nBox: eight hurt.\nTwo died.\nRain fell."
    ]
    cells = "<text:list><text:list-item><text:p>4 killed</text:p></text:list-item><text:list-item><text:p>5 hurt</text:p></text:list-item></text:list>"
    table = f"<table:table><table:table-row><table:table-cell><text:p>Marrow</text:p></table:table-cell><table:table-cell>{cells}</table:table-cell></table:table-row></table:table>"
    assert texts("a.odt", opened(table)) == ["| Marrow | 4 killed 5 hurt |"]


@pytest.mark.parametrize(
    "part",
    [
        '<text:section text:display="none"><text:p>Forty died.</text:p></text:section>',
        '<text:section text:display="condition" text:is-hidden="true"><text:p>Forty died.</text:p></text:section>',
        '<text:p text:style-name="b">Forty died.</text:p>',
        '<text:h text:style-name="b">Forty died.</text:h>',
        '<text:p><text:span text:style-name="b">Forty died.</text:span></text:p>',
        '<text:p>Forty<text:hidden-paragraph text:is-hidden="true"/> died.</text:p>',
        '<text:p><text:hidden-text>Forty died.</text:hidden-text></text:p>',
        '<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>Forty died.</text:p></table:table-cell></table:table-row></table:table>',
    ],
)  # fmt: skip
def test_what_an_open_document_hides_is_no_text_and_named(part: str) -> None:
    styles = '<style:style style:name="a"><style:text-properties text:display="none"/></style:style><style:style style:name="b" style:parent-style-name="a"/>'
    shown = '<text:section text:display="true"><text:p>Two drowned.</text:p></text:section>'
    made = opened(f"{shown}{part}<text:p>Six are hurt.</text:p>", styles)
    (document,), problems = read("a.odt", made)
    assert document.text == "Two drowned.\nSix are hurt."
    assert problems == [HIDDEN.format(1)]


def test_what_a_picture_shows_is_no_text() -> None:
    frame = "<draw:frame><draw:image/><svg:title>40 dead</svg:title><svg:desc>41</svg:desc></draw:frame>"
    assert texts("a.odt", opened(f"<text:p>Three drowned{frame} at sea.</text:p>")) == [
        "Three drowned at sea."
    ]


def test_a_flat_document_is_read_and_others_say_what_to_do() -> None:
    told = f"<office:body><office:text><text:p>{SENT}</text:p></office:text></office:body>"
    flat = f"<?xml version='1.0'?><office:document {SPACES}>{told}</office:document>"
    assert texts("a.fodt", flat) == [SENT.strip()]
    assert read("a.rtf", r"{\rtf1 Nine.}")[1] == ["is RTF, which is not read: save it as .docx"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("xl/workbook.xml", "<x/>")
    assert read("a.xlsx", out.getvalue())[1] == [
        "is a workbook, which is not read: save it as .csv"
    ]


@pytest.mark.parametrize("title", ["untitled", "Document1", "Microsoft Word - bay.doc", "bay_v2.docx"])  # fmt: skip
def test_what_a_program_put_there_is_no_title(title: str) -> None:
    core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>'
    for said, kept in ((core, None), (core.replace(title, "Untitled graves"), "Untitled graves")):
        (document,), _ = read("a.docx", word(p(SENT), **{"docProps/core.xml": said}))
        assert document.title == kept


def test_a_soft_hyphen_is_no_letter_in_any_file() -> None:
    broken = "Seven sai\xadlors drow\xad\nned."
    assert texts("a.txt", broken) == ["Seven sailors drowned."]
    assert texts("a.json", json.dumps([{"text": broken}])) == ["Seven sailors drowned."]
    assert texts("a.docx", word(p("Seven sai\xadlors"))) == ["Seven sailors"]
    line = "<w:p><w:r><w:t>Seven sai</w:t><w:softHyphen/><w:t>lors</w:t></w:r></w:p>"
    assert texts("a.docx", word(line)) == ["Seven sailors"]


# JSON.


def test_every_list_of_articles_is_read_and_what_stands_beside_them() -> None:
    told = {
        "title": "Lead", "text": "Two drowned.", "articles": [{"text": "Three drowned."}],
        "results": [{"text": "Four drowned."}],
    }  # fmt: skip
    assert texts("a.json", json.dumps(told)) == ["Two drowned.", "Three drowned.", "Four drowned."]


def chat(name: str, number: int) -> dict[str, object]:
    each = [{"id": n, "type": "message", "date": "2031-03-11T09:00:00", "text": f"{n} drowned at {name}."} for n in (1, 2)]  # fmt: skip
    return {"name": name, "type": "public_channel", "id": number, "messages": each}


def test_chats_that_were_left_are_read_too() -> None:
    told = {"chats": {"list": [chat("Bay", 1)]}, "left_chats": {"list": [chat("Quay", 2)]}}
    documents, problems = read("result.json", json.dumps(told))
    assert [one.id for one in documents] == ["telegram-1-1", "telegram-1-2", "telegram-2-1", "telegram-2-2"]  # fmt: skip
    assert not problems


def test_messages_of_a_chat_that_breaks_off_are_of_that_chat() -> None:
    (document,), problems = read("result.json", json.dumps(chat("Bay", 1))[:-20])
    assert (document.id, document.outlet) == ("telegram-1-1", "Bay")
    assert len(problems) == 1 and "is no JSON behind" in problems[0]


def test_text_with_marks_is_read_without_and_a_date_of_mongodb_is_one() -> None:
    told = [{"_id": {"$oid": "a1"}, "body": "Two drowned.<br>Six <b>hurt</b> &amp; one missing.<ul><li>Three in Bor</li></ul>", "date": {"$date": "2031-03-11T00:00:00Z"}}]  # fmt: skip
    (document,), problems = read("a.json", json.dumps(told))
    assert document.text == "Two drowned.\nSix hurt & one missing.\n- Three in Bor"
    assert document.published == "2031-03-11T00:00:00Z" and not problems


def test_numbers_that_json_does_not_have_cost_no_article() -> None:
    documents, problems = read("a.json", '[{"text": "Two drowned.", "score": NaN}, {"text": "Six hurt."}]')  # fmt: skip
    assert [one.text for one in documents] == ["Two drowned.", "Six hurt."] and problems


# RIS.


def test_the_abstract_and_the_notes_are_both_of_the_text() -> None:
    record = "TY  - NEWS\nTI  - Drowned\nAB  - Two drowned.\nN1  - Six were hurt off the bay.\nN2  - Six were hurt off\nER  - \n"
    assert texts("a.ris", record) == ["Two drowned.\n\nSix were hurt off the bay."]


# Feeds.


def rss(items: str) -> feeds.Feed:
    return feeds.feed(
        f'<rss version="2.0"><channel><title>Tide</title>{items}</channel></rss>'.encode()
    )


def test_an_item_without_a_name_is_kept_by_what_it_says() -> None:
    found = rss("<item><title>A</title><description>Two drowned.</description></item><item><title>B</title></item>")  # fmt: skip
    (item,) = found.items
    assert item.content == "Two drowned." and len(item.key) == 64
    assert found.broken == ("names 1 articles by no address and with no text",)


def test_items_beyond_the_most_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ITEMS", 2)
    found = rss("".join(f"<item><guid>{n}</guid></item>" for n in range(5)))
    assert len(found.items) == 2
    assert found.broken == ("names 5 articles, of which the last 3 are not read",)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("1930986000", None),
        ("2031年3月11日", None),
        ("2031-03-11", "2031-03-11"),
        ("March 11, 2031", "2031-03-11"),
        ("Tue, 11 Mar 2031 22:00:00 EST", "2031-03-12T03:00:00Z"),
        ("Tue, 11 Mar 31 09:00:00 GMT", "2031-03-11T09:00:00Z"),
    ],
)
def test_a_date_in_a_feed_is_what_is_written(written: str, published: str | None) -> None:
    found = rss(f"<item><guid>https://a.example/1</guid><pubDate>{written}</pubDate></item>")
    assert found.items[0].published == published
    assert bool(found.broken) == (published is None)


def test_titles_have_no_marks_and_plain_content_is_no_html() -> None:
    (item,) = rss("<item><guid>1</guid><title><![CDATA[Two <b>drown</b> &amp; six hurt]]></title></item>").items  # fmt: skip
    assert item.title == "Two drown & six hurt"
    told = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_text": "Two < three.\n\nSix & one."}]}  # fmt: skip
    (item,) = feeds.feed(json.dumps(told).encode()).items
    assert fragments.fragment(item.content) == "Two < three.\nSix & one."


# Tables.


def test_a_mark_at_the_end_of_the_names_hides_no_lost_cell() -> None:
    _, (problem,) = read("a.csv", "id,text,\n1,Two drowned, six hurt\n2,Two drowned.,\n")
    assert problem.startswith("may not be whole: 3 cells for 2 columns")


def test_other_columns_of_texts_are_named() -> None:
    documents, problems = read("a.csv", "id,text,body\n1,Short.,Two drowned.\n")
    assert len(documents) == 1 and problems[0].startswith("has more columns of texts")


# Pages.

REST = (
    "<p>" + "The governor said that rescue teams were still at work along the river. " * 3 + "</p>"
)


def page(body: str) -> str:
    (text,) = texts(
        "a.html", f"<html><head><title>Drowned</title></head><body>{body}</body></html>"
    )
    return text


def test_what_is_hidden_or_struck_through_is_not_told() -> None:
    body = "<p>Nine drowned.</p><p><del>Forty-four people drowned.</del> <s>Fifty</s> Six were hurt.</p><p hidden>Eighty people drowned in the bay.</p><template><p>Seventy people drowned in it.</p></template>"  # fmt: skip
    text = page(f"<article><h1>Drowned</h1>{body}{REST}</article>")
    assert "Nine drowned." in text and "Six were hurt." in text
    assert not any(word in text for word in ("Forty", "Fifty", "Eighty", "Seventy"))


def test_the_mark_of_a_footnote_is_no_digit_and_a_soft_hyphen_no_letter() -> None:
    body = "<p>In all 14<sup>2</sup> peo&shy;ple drowned<sup>[3]</sup> over 12 km<sup>2</sup> on the 5<sup>th</sup>.</p>"  # fmt: skip
    text = page(f"<article><h1>Drowned</h1>{body}{REST}</article>")
    assert "In all 14 people drowned over 12 km2 on the 5th." in text


def test_an_article_that_is_set_in_a_table_has_its_paragraphs() -> None:
    body = f"<table><tr><td><a href='/'>Home</a></td><td><h1>Nine drown</h1><p>Nine drowned off the bay.</p>{REST}<p>Six were hurt.</p></td></tr></table>"  # fmt: skip
    lines = page(body).split("\n")
    assert "Nine drowned off the bay." in lines and "Six were hurt." in lines
    rows = "".join(f"<tr><td>{day} March</td><td><p>{day} drowned.</p><p>Six were hurt.</p></td></tr>" for day in (3, 4))  # fmt: skip
    text = page(f"<article><h1>Days</h1><table>{rows}</table>{REST}</article>")
    assert "| 3 March | 3 drowned. Six were hurt. |" in text


def test_a_date_that_is_shown_and_may_be_two_is_told() -> None:
    body = f'<article><h1>Drowned</h1><p class="date">03/11/2031</p>{REST}</article>'
    (document,), problems = read("a.html", f"<html><body>{body}</body></html>")
    assert document.published is None
    assert problems == ["is kept without its date: '03/11/2031' may be 2031-11-03 or 2031-03-11"]


# Archives.


def record(address: str, kind: str, body: str) -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n{block}\r\n\r\n".encode()


def test_texts_in_an_archive_that_are_no_pages_are_counted(tmp_path: Path) -> None:
    archive = b"".join([
        record("https://a.example/1", "text/html", f"<html><body><article><h1>Drowned</h1>{REST}</article></body></html>"),
        record("https://a.example/2.pdf", "application/pdf", "%PDF"),
        record("https://a.example/robots.txt", "text/plain", "User-agent: *"),
        record("https://a.example/a.js", "text/javascript", "1"),
    ])  # fmt: skip
    documents, problems = read("a.warc", archive)
    assert len(documents) == 1
    assert problems == ["has texts that are not read from archives: 1 of application/pdf"]
