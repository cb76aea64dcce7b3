"""How the unit's network reaches the board: `access.toml` in the home, read once at the start.

plain_http = false            # true: passwords may cross the network unencrypted
admin_addresses = ["10.1.2.0/24"]

[proxy]
addresses = ["127.0.0.1"]     # believed about who called (X-Forwarded-For, -Proto)
identity_header = "X-Remote-User"

[oidc]
name = "统一认证"
metadata = "https://id.example/.well-known/openid-configuration"
client_id = "tally"
client_secret = "…"
claim = "preferred_username"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any

ACCESS_FILE = "access.toml"
Network = IPv4Network | IPv6Network
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


class AccessBroken(RuntimeError):
    """`access.toml` cannot be followed; the words say where."""


@dataclass(frozen=True)
class Provider:
    """A unit's own log-in by OpenID Connect; `claim` holds the name an account is known by."""

    name: str
    metadata: str
    client_id: str
    client_secret: str
    claim: str = "preferred_username"


@dataclass(frozen=True)
class Access:
    """Who is believed about a caller, from where administrators may come, and how to log in."""

    proxies: tuple[Network, ...] = LOOPBACK
    identity_header: str = ""
    admin_networks: tuple[Network, ...] = ()
    may_be_plain: bool = False
    provider: Provider | None = None

    def is_proxy(self, address: str) -> bool:
        """Tell whether an address is that of a gateway of the unit."""
        return is_within(address, self.proxies)

    def may_administer_from(self, address: str) -> bool:
        """Tell whether the pages of administrators open for an address."""
        return not self.admin_networks or is_within(address, self.admin_networks)


def is_within(address: str, networks: tuple[Network, ...]) -> bool:
    """Tell whether an address lies in one of some networks; what is no address does not."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    plain = getattr(found, "ipv4_mapped", None) or found
    return any(plain in network for network in networks)


def is_loopback(address: str) -> bool:
    """Tell whether an address is this machine's own."""
    return is_within(address, LOOPBACK)


def access_of(home: Path) -> Access:
    """Read how the network reaches a home; without the file everything is as it is by default."""
    path = home / ACCESS_FILE
    if not path.exists():
        return Access()
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        return _access(told)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise AccessBroken(f"{ACCESS_FILE} 有误：{error}") from error


def _access(told: Mapping[str, Any]) -> Access:
    unknown = set(told) - {"plain_http", "admin_addresses", "proxy", "oidc"}
    if unknown:
        raise ValueError(f"不认识 {'、'.join(sorted(unknown))}")
    proxy, oidc = told.get("proxy", {}), told.get("oidc")
    addresses = proxy.get("addresses")
    if proxy.get("identity_header") and not addresses:
        raise ValueError("写了 identity_header，就要在 addresses 中写明网关的地址")
    return Access(
        LOOPBACK if addresses is None else _networks(addresses),
        str(proxy.get("identity_header", "")).lower(),
        _networks(told.get("admin_addresses", ())),
        told.get("plain_http") is True,
        Provider(**oidc) if oidc else None,
    )


def _networks(addresses: object) -> tuple[Network, ...]:
    if not isinstance(addresses, list | tuple):
        raise ValueError('地址写成列表，例如 ["10.1.2.0/24"]')
    return tuple(ip_network(address) for address in addresses)
