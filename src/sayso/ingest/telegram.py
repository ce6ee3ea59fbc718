"""What Telegram Desktop writes of a channel or a chat as JSON (`result.json`), to its messages.

Each message with a text is a document: of its channel, at the moment of its posting; one that was
sent on from elsewhere names that as its byline. Pictures, films, polls and what only happened in a
chat are not read, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import msgspec

from sayso.ingest.articles import fault, guarded
from sayso.ingest.moments import moment
from sayso.records import Capture, Document, Problem

Found = tuple[str, Capture] | Problem


class _Part(msgspec.Struct):
    text: str = ""


class _Message(msgspec.Struct):
    id: int
    type: str = ""
    date: str | None = None
    date_unixtime: str | None = None
    edited: str | None = None
    edited_unixtime: str | None = None
    sender: str | None = msgspec.field(default=None, name="from")
    forwarded_from: str | None = None
    text: str | list[str | _Part] = ""


class _Chat(msgspec.Struct):
    messages: list[msgspec.Raw]
    name: str | None = None
    type: str | None = None
    id: int | None = None


class _Chats(msgspec.Struct):
    chats: list[msgspec.Raw] = msgspec.field(name="list")


def is_chat(keys: dict[str, Any]) -> bool:
    """Whether an object of JSON with these keys is a chat, or all of somebody's."""
    return any(name in keys for name in _ALL) or {"messages", "type"} <= keys.keys()


def documents(keys: dict[str, msgspec.Raw], where: str) -> Iterator[Found]:
    """The messages of a chat, or of several, with where each stands, and problems."""
    if any(name in keys for name in _ALL):
        each = (msgspec.json.decode(keys[name], type=_Chats).chats for name in _ALL if name in keys)
        for number, chat in enumerate(chain.from_iterable(each), 1):
            place = f"{where}:chat {number}"
            yield from guarded(_chat(chat, place), place, "a chat of Telegram's")
    else:
        raw = msgspec.json.encode({name: keys[name] for name in _KEYS if name in keys})
        yield from _chat(msgspec.Raw(raw), where)


_ALL = ("chats", "left_chats")
"""Where all of somebody's chats stand: those that they are in, and those that they have left."""

_KEYS = ("messages", "name", "type", "id")


def _chat(raw: msgspec.Raw, where: str) -> Iterator[Found]:
    chat = msgspec.json.decode(raw, type=_Chat)
    silent = 0
    for number, one in enumerate(chat.messages, 1):
        place = f"{where}:message {number}"
        for found in guarded(_message(chat, one, place), place, "a message of Telegram's"):
            silent += found is None
            if found is not None:
                yield found
    if silent:
        message = f"has {silent:,} messages without a text, which are not read"
        yield Problem(input=where, message=f"{message}: pictures, films, polls, comings and goings")


def _message(chat: _Chat, raw: msgspec.Raw, where: str) -> Iterator[Found | None]:
    """The document of a message; None of one that says nothing."""
    said = msgspec.json.decode(raw, type=_Message)
    parts = [said.text] if isinstance(said.text, str) else said.text
    text = "".join(part if isinstance(part, str) else part.text for part in parts)
    if said.type not in ("", "message") or not text.strip():
        yield None
        return
    if why := fault(text):
        yield Problem(input=where, message=why)
        return
    document = Document(
        id=f"telegram-{chat.id or chat.name or 'chat'}-{said.id}"[:500],
        text=text,
        outlet=chat.name or said.sender,
        published=_moment(said.date_unixtime, said.date),
        updated=_moment(said.edited_unixtime, said.edited),
        byline=said.forwarded_from,
    )
    yield where, Capture(document=document, raw=bytes(raw))
    if document.published is None:
        yield Problem(input=where, message=f"is kept without its date: {said.date!r} is none")


def _moment(seconds: str | None, written: str | None) -> str | None:
    """A moment in UTC, by the seconds since 1970; by what is written where these are not, which is
    in the time of whoever made the file."""
    if seconds and seconds.isascii() and seconds.isdigit() and len(seconds) < 12:
        return moment(datetime.fromtimestamp(int(seconds), UTC).isoformat())
    return moment(written)
