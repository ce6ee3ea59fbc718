"""Mail to the articles in it, and web pages that a browser saved as one file.

Both are MIME (RFC 2045). A digest (RFC 2046, 5.1.5) or a mail with mails attached is as many
articles as there are mails in it; any other mail is one: its subject the title, its sender the
outlet. A saved page (`.mhtml`, RFC 2557) is the first page in it; pictures are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from msgspec.structs import replace

from sayso.errors import InputError
from sayso.ingest.articles import content_id, fault, unread
from sayso.ingest.characters import decode
from sayso.ingest.moments import is_moment, moment, undated
from sayso.ingest.pages import page
from sayso.records import Document, Problem

DEEPEST = 10
"""Mails within mails; more is nobody's digest."""


def mail(data: bytes, where: str) -> Iterator[tuple[str, Document] | Problem]:
    """The articles of a mail with where each stands, and a problem for each that is none."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        found = list(_mails(message))
    except Exception as error:  # the headers of hostile mail raise what they like
        yield unread(where, "mail", error)
        return
    for number, one in enumerate(found, 1):
        place = where if len(found) == 1 else f"{where}:{number}"
        document = _article(one, place)
        if isinstance(document, Problem):
            yield document
            continue
        yield place, document
        if document.published is None and (why := undated(_header(one, "Date"))):
            yield Problem(input=place, message=why)


def saved_page(data: bytes, where: str) -> Document | Problem:
    """The article of a page that was saved with its pictures as one file."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
        if not parts:
            return Problem(input=where, message="has no page in it")
        html = _bytes(parts[0])
        url = _header(message, "Snapshot-Content-Location") or _header(parts[0], "Content-Location")
        charset = parts[0].get_content_charset()
    except Exception as error:
        return unread(where, "a saved page", error)
    found = page(html, where, charset)
    if isinstance(found, Document) and found.url is None and url.startswith(("http:", "https:")):
        return replace(found, url=url)
    return found


def _mails(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """The mails in a mail, else the mail itself."""
    inner = [
        cast(EmailMessage, part.get_payload(0))
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


def _article(message: EmailMessage, where: str) -> Document | Problem:
    try:
        text, html = _body(message)
        title = _header(message, "Subject") or None
        outlet = _sender(message)
        published = _date(message)
    except InputError as error:
        return Problem(input=where, message=f"cannot be read as mail: {error}")
    except Exception as error:  # the headers of hostile mail raise what they like
        return unread(where, "mail", error)
    if not text.strip() and html:
        found = page(html, where)
        if isinstance(found, Problem):
            return found
        text = found.text
    if why := fault(text):
        return Problem(input=where, message=why)
    return Document(
        id=content_id(outlet, text), text=text, title=title, outlet=outlet, published=published
    )


def _body(message: EmailMessage) -> tuple[str, bytes | None]:
    """The plain text of a mail, "" where it has none, and its page, in bytes."""
    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    text = "" if plain is None else decode(_bytes(plain), plain.get_content_charset())
    return text.replace("\r\n", "\n"), None if html is None else _bytes(html)


def _bytes(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name) or "").split())


def _sender(message: Message) -> str | None:
    name, address = parseaddr(_header(message, "From"))
    return name or address.rpartition("@")[2] or None


def _date(message: Message) -> str | None:
    """The moment of its sending: by RFC 5322, else as people write it."""
    try:
        sent = parsedate_to_datetime(_header(message, "Date")).isoformat()
    except (ValueError, TypeError):
        sent = ""
    return sent if is_moment(sent) else moment(_header(message, "Date"))
