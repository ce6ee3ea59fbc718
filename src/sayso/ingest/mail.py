"""Mail to the articles in it, and web pages that a browser saved as one file.

Both are MIME (RFC 2045). A digest (RFC 2046, 5.1.5) or a mail with mails attached is as many
articles as there are mails in it, and so is one that sends another on; any other mail is one: its
subject the title, its sender the outlet. A saved page (`.mhtml`, RFC 2557) is the page in it, or in
its frame; pictures are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    MessageError,
)
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest.articles import content_id, fault, guarded, sound, unread
from sayso.ingest.characters import decode
from sayso.ingest.forwards import parted
from sayso.ingest.fragments import fragment
from sayso.ingest.mailboxes import mended, shortened
from sayso.ingest.moments import is_moment, moment, undated
from sayso.ingest.pages import page
from sayso.records import Document, Problem

DEEPEST = 10
"""Mails within mails; more is nobody's digest."""


def mail(data: bytes, where: str) -> Iterator[tuple[str, Document] | Problem]:
    """The articles of a mail with where each stands, and a problem for each that is none, for a
    date that is not understood, and for what is attached."""
    try:
        message = message_from_bytes(shortened(mended(data)))
        found = list(_mails(message))
    except Exception as error:  # the headers of hostile mail raise what they like
        yield unread(where, "mail", error)
        return
    for number, one in enumerate(found, 1):
        place = where if len(found) == 1 else f"{where}:{number}"
        yield from guarded(_articles(one, place), place, "mail")


def saved_page(data: bytes, where: str) -> Document | Problem:
    """The article of a page that was saved with its pictures as one file: of its frames, the one
    with the longest text."""
    try:
        message = message_from_bytes(shortened(data))
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
        if not parts:
            return Problem(input=where, message="has no page in it")
        named = _header(message, "Snapshot-Content-Location")
        url = named or _header(parts[0], "Content-Location")
        found = [page(_bytes(part), where, part.get_content_charset()) for part in parts]
    except Exception as error:
        return unread(where, "a saved page", error)
    articles = [one for one in found if isinstance(one, Document)]
    if not articles:
        return found[0]
    longest = max(articles, key=lambda one: len(one.text))
    if longest.url is None and url.startswith(("http:", "https:")):
        return replace(longest, url=url)
    return longest


def _mails(message: Message, depth: int = 0) -> Iterator[Message]:
    """The mails in a mail, else the mail itself."""
    inner = [
        cast(Message, part.get_payload(0))
        for part in _parts(message)
        if part.get_content_type() == "message/rfc822" and part.is_multipart()
    ]
    if not inner or depth >= DEEPEST:
        yield message
        return
    for one in inner:
        yield from _mails(one, depth + 1)


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a mail, but not those of the mails in it."""
    for part in message.get_payload() if message.is_multipart() else ():
        part = cast(Message, part)
        yield part
        if part.get_content_type() != "message/rfc822":
            yield from _parts(part)


def _articles(message: Message, where: str) -> Iterator[tuple[str, Document] | Problem]:
    """The articles of one mail: its own, and those of the mails that it sends on. What of its head
    is in order stays where another part is not."""
    try:
        text = _body(message, where)
    except InputError as error:
        yield Problem(input=where, message=f"cannot be read as mail: {error}")
        return
    if not text.strip() and not message.is_multipart() and not _is_text(message):
        yield Problem(input=where, message=f"has no text: it is {message.get_content_type()}")
        return
    title, date = _header(message, "Subject") or None, _header(message, "Date")
    outlet, published = _sender(message), _date(message)
    each = parted(text)
    for number, sent in enumerate(each, 1):
        place = where if len(each) == 1 else f"{where}:{number}"
        own = sent.sender is None
        by, when = (outlet, published) if own else (sent.sender, sent.sent)
        if why := fault(sent.text):
            yield Problem(input=place, message=why)
            continue
        document = Document(
            id=content_id(by, sent.text),
            text=sent.text,
            title=title if own else sent.subject,
            outlet=by,
            published=when,
        )
        yield place, document
        if when is None and (why := undated(date if own else sent.date)):
            yield Problem(input=place, message=why)
    if any(isinstance(fault, _CUT) for part in message.walk() for fault in part.defects):
        yield Problem(input=where, message="may not be whole: a part of it breaks off")
    if attached := [name for part in _beside(message) if (name := _attached(part))]:
        names = ", ".join(attached[:5]) + ", ..." * (len(attached) > 5)
        told = f"has {len(attached)} attached files, which are not read: {names}"
        yield Problem(input=where, message=told)


_CUT = (CloseBoundaryNotFoundDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)


def _beside(message: Message) -> Iterator[Message]:
    """The parts of a mail that can be files: all but other forms of its own text."""
    for part in message.get_payload() if message.is_multipart() else ():
        part = cast(Message, part)
        if not part.is_multipart():
            yield part
        elif part.get_content_type() not in ("message/rfc822", "multipart/alternative"):
            yield from _beside(part)


def _attached(part: Message) -> str | None:
    """The name of a file that is attached; None of a part of the mail itself, of a picture in it,
    and of a signature."""
    inline = part.get_content_maintype() == "image" and part["Content-ID"] is not None
    if _is_text(part) or inline or part.get_content_subtype().endswith("signature"):
        return None
    name = _decoded(str(part.get_filename() or part.get_content_type()))
    return sound(" ".join(name.split()))[:80]


def _is_text(part: Message) -> bool:
    """Whether a part is of the text of a mail, and no file."""
    own = part.get_content_type() in ("text/plain", "text/html")
    return own and part.get_content_disposition() != "attachment"


def _body(part: Message, where: str) -> str:
    """The text of a mail, of all its parts; of several forms of one the plain one, but for a plain
    one that is next to nothing beside the page. Raises `InputError` where an encoding cannot be
    told."""
    if part.is_multipart():
        if part.get_content_type() == "message/rfc822":
            return ""
        parts = cast(list[Message], part.get_payload())
        found = [said for one in parts if (said := _body(one, where)).strip()]
        if part.get_content_type() != "multipart/alternative":
            return "\n\n".join(found)
        first, last = (found[0], found[-1]) if found else ("", "")
        return last if len(last) > _STUB * len(first) else first
    if not _is_text(part):
        return ""
    if part.get_content_type() == "text/plain":
        return decode(_bytes(part), part.get_content_charset()).replace("\r\n", "\n")
    article = page(_bytes(part), where, part.get_content_charset())
    if isinstance(article, Document):
        return article.text
    return fragment(decode(_bytes(part), part.get_content_charset()))


_STUB = 3
"""How much longer the page of a mail is than its plain text where that only says so."""


def _bytes(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _header(message: Message, name: str) -> str:
    """What a field says, decoded; of one that stands there twice the first."""
    return " ".join(_decoded(_raw(message, name)).split())


def _raw(message: Message, name: str) -> str:
    """A field as it stands; bytes that should not be in it, in whatever encoding fits."""
    said = next((str(v) for k, v in message.raw_items() if k.lower() == name.lower()), "")
    try:
        return decode(said.encode("ascii", "surrogateescape"))
    except (InputError, UnicodeEncodeError):
        return sound(said)


def _decoded(said: str) -> str:
    """The words of a field that are encoded (RFC 2047), decoded where they can be."""
    try:
        return str(make_header(decode_header(said))) if "=?" in said else said
    except (MessageError, LookupError, ValueError):
        return said


def _sender(message: Message) -> str | None:
    name, address = parseaddr(" ".join(_raw(message, "From").split()))
    return " ".join(_decoded(name).split()) or address.rpartition("@")[2] or None


def _date(message: Message) -> str | None:
    """The moment of its sending: by RFC 5322, else as people write it."""
    try:
        sent = parsedate_to_datetime(_header(message, "Date")).isoformat()
    except (ValueError, TypeError):
        sent = ""
    return sent if is_moment(sent) else moment(_header(message, "Date"))
