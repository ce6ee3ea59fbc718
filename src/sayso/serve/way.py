"""The way to the desk: whether it is encrypted, and whose word is taken for that."""

from __future__ import annotations

import ssl
from ipaddress import ip_network
from pathlib import Path
from typing import Any, NamedTuple

from sayso.errors import SettingsError


class Way(NamedTuple):
    """A certificate and its key, both PEM, to encrypt with; and the servers in front whose word is
    taken (`X-Forwarded-For`, `X-Forwarded-Proto`), by their IP addresses or networks."""

    certificate: Path | None = None
    key: Path | None = None
    proxies: tuple[str, ...] = ()

    @property
    def encrypted(self) -> bool:
        """Whether the desk encrypts it itself."""
        return self.certificate is not None

    def options(self) -> dict[str, Any]:
        """What uvicorn is told. Raises `SettingsError` where the certificate and the key are none,
        or a proxy is no address."""
        if self.key is not None and self.certificate is None:
            raise SettingsError("--key is the key of a --certificate")
        for proxy in self.proxies:
            try:
                ip_network(proxy)
            except ValueError:
                raise SettingsError(
                    f"--proxy {proxy}: it is an IP address or a network, as 10.0.0.0/8"
                ) from None
        if self.certificate is not None:
            try:
                made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                made.load_cert_chain(self.certificate, self.key, password="")
            except (OSError, ValueError) as error:
                raise SettingsError(
                    f"{self.certificate} is no certificate that its key fits: {error}"
                ) from None
        return {
            "ssl_certfile": self.certificate,
            "ssl_keyfile": self.key,
            # Without a proxy that was named nobody's word is taken: by itself uvicorn takes that of
            # this machine.
            "proxy_headers": bool(self.proxies),
            "forwarded_allow_ips": list(self.proxies),
        }
