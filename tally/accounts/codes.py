"""The second factor of administrators: a code of six digits that changes every 30 seconds (A4)."""

import base64
from pathlib import Path

import pyotp

from tally.sealing import DataKey, home_key

ISSUER = "争先看板"
STEP_SECONDS = 30
# A phone's clock may be half a minute off.
STEPS_ASIDE = 1
# What a secret that is kept begins with; base 32, as secrets themselves are, has no colon.
SEALED = "sealed:"


def new_secret() -> str:
    """Return a secret for an authenticator app, 160 random bits in base 32."""
    return pyotp.random_base32()


def kept_secret(home: Path, secret: str, account: str) -> str:
    """Return a secret as the registry keeps it: sealed, for this account alone. KeyUnusable."""
    sealed = DataKey(home_key(home, "codes")).seal(secret, account)
    return SEALED + base64.b64encode(sealed).decode()


def is_kept_sealed(kept: str) -> bool:
    """Tell whether a kept secret is sealed; those of an earlier version are not."""
    return kept.startswith(SEALED)


def secret_of(home: Path, kept: str, account: str) -> str:
    """Return a secret that the registry keeps; KeyUnusable, CannotOpen."""
    if not is_kept_sealed(kept):
        return kept
    sealed = base64.b64decode(kept.removeprefix(SEALED))
    return DataKey(home_key(home, "codes")).open(sealed, account)


def address_of(secret: str, account: str) -> str:
    """Return what the QR code for the authenticator app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def step_of(secret: str, code: str, moment: float, last_step: int) -> int | None:
    """Return the step (30 s since 1970) that a code belongs to; None when it is wrong or used.

    A code is good once: those up to `last_step` were seen, by whoever looked on too.
    """
    plain = "".join(code.split())
    now_step = int(moment // STEP_SECONDS)
    for step in range(now_step - STEPS_ASIDE, now_step + STEPS_ASIDE + 1):
        if step > last_step and pyotp.utils.strings_equal(code_at(secret, step), plain):
            return step
    return None


def code_at(secret: str, step: int) -> str:
    """Return the code of a step."""
    return str(pyotp.TOTP(secret).at(step * STEP_SECONDS))
