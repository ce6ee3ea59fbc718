"""Sending alerts: by a webhook, as JSON, and by mail.

Nothing is sent to a machine that is not on the public internet unless that is allowed: a name is
resolved once, and the connection goes to what was looked at. A redirect is not followed.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, cast

import certifi

from sayso.errors import InputError, SettingsError
from sayso.ingest import fetching
from sayso.ingest.connecting import Deadline, Timed
from sayso.ingest.hosts import resolved
from sayso.publish import wording
from sayso.records import Alert
from sayso.review.alerts.rules import Alerts, Mail, Webhook
from sayso.wire import encode

Batch = Sequence[tuple[str, Alert]]


def send(alerts: Alerts, way: str, batch: Batch) -> None:
    """Send these alerts, each with its id, by that way. Raises `InputError` or `SettingsError` with
    a sentence that says why it could not be done."""
    if way == "webhook" and alerts.webhook is not None:
        _post(alerts.webhook, batch, private=alerts.private)
    elif way == "mail" and alerts.mail is not None:
        _mail(alerts.mail, batch, private=alerts.private)


def told(batch: Batch) -> dict[str, Any]:
    """What a webhook is sent: the alerts, and all their words as `text`."""
    return {
        "text": words(batch),
        "alerts": [
            {
                "id": id,
                "rule": alert.rule,
                "incident": alert.incident,
                "figure": alert.figure,
                "value": alert.value,
                "holds": bool(alert.value),
                "text": alert.text,
            }
            for id, alert in batch
        ],
    }


def words(batch: Batch) -> str:
    """The alerts as lines of text."""
    return "\n".join(f"{wording.clean(one.rule)}: {wording.clean(one.text)}" for _, one in batch)


def message(mail: Mail, batch: Batch) -> EmailMessage:
    """The same as a mail."""
    made = EmailMessage()
    made["Subject"] = f"Sayso: {wording.plural(len(batch), 'alert')}"
    made["From"], made["To"] = mail.sender, ", ".join(mail.to)
    made["Date"], made["Message-ID"] = formatdate(), make_msgid(domain="sayso.invalid")
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine is to answer it
    made.set_content(words(batch) + "\n")
    return made


def _post(webhook: Webhook, batch: Batch, *, private: bool) -> None:
    headers = {"Content-Type": "application/json"}
    if webhook.token_env is not None:
        headers["Authorization"] = f"Bearer {_secret(webhook.token_env)}"
    body = encode(told(batch)).encode()
    status = fetching.post(webhook.url, body, headers, private=private)
    if not 200 <= status < 300:
        raise InputError(f"answers {status}")


class _To:
    """A connection that goes to the machine that was looked at, whatever its name means now, and
    that is given up at a deadline, however slowly the machine speaks."""

    def __init__(self, number: str, deadline: Deadline, host: str, port: int, **more: Any) -> None:
        self._number = number
        self._deadline = deadline
        super().__init__(host, port, timeout=deadline.left(), **more)  # type: ignore[call-arg]

    def _get_socket(self, host: str, port: int, timeout: float) -> Timed:
        made = super()._get_socket(self._number, port, timeout)  # type: ignore[misc]
        return Timed(made, self._deadline)


class _Plain(_To, smtplib.SMTP):
    pass


class _Encrypted(_To, smtplib.SMTP_SSL):
    pass


def _mail(mail: Mail, batch: Batch, *, private: bool) -> None:
    deadline = Deadline(fetching.PATIENCE)
    number = resolved(mail.host, mail.port, deadline.left(), private=private)
    password = None if mail.password_env is None else _secret(mail.password_env)
    context = ssl.create_default_context(cafile=certifi.where())
    to = number, deadline, mail.host, mail.port
    try:
        with _Encrypted(*to, context=context) if mail.security == "tls" else _Plain(*to) as server:
            if mail.security == "starttls":
                server.starttls(context=context)
                server.sock = cast(Any, Timed(cast(Any, server.sock), deadline))
            if mail.user is not None and password is not None:
                server.login(mail.user, password)
            server.send_message(message(mail, batch))
    except (smtplib.SMTPException, OSError) as error:
        said = str(error) or type(error).__name__
        raise InputError(f"{mail.host} did not take the mail: {wording.clean(said)}") from error


def _secret(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise SettingsError(f"the environment has no {name}, in which the secret is to be")
    return value
