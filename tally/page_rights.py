"""Who may open which page: one line a page, with the actions of which any one opens it."""

from tally.viewers import Action, Viewer

LOOKING = frozenset({Action.LOOK})
# Pages not named here are those that only show.
OPENED_BY = {
    "leaders/wall": frozenset({Action.LOOK_AT_WALL}),
    "admin/screens": LOOKING,
    "admin/rules": frozenset({Action.LOOK_ACROSS, Action.CONFIGURE}),
    "leaders/meeting": frozenset({Action.LOOK_ACROSS, Action.MEET}),
    "staff/roster": LOOKING,
    "staff/upload": frozenset({Action.SUBMIT, Action.PUBLISH}),
    "staff/notices": frozenset({Action.NOTIFY}),
    "staff/checks": frozenset({Action.CHECK, Action.SUPERVISE}),
    "admin/campaigns": frozenset({Action.CONFIGURE, Action.NOTIFY}),
    "admin/boundaries": frozenset({Action.CONFIGURE}),
    "admin/accounts": frozenset({Action.KEEP_ACCOUNTS, Action.GRANT}),
    "admin/audit": frozenset({Action.AUDIT}),
    "admin/backups": frozenset({Action.BACK_UP}),
}
# These open for addresses of administrators only, where the unit has set some.
ADMINISTRATION = frozenset(
    f"admin/{page}" for page in ("campaigns", "boundaries", "accounts", "audit", "backups")
)


def may_open(viewer: Viewer, page: str) -> bool:
    """Tell whether a viewer may open a page, `leaders/progress` or so."""
    return any(map(viewer.may, OPENED_BY.get(page, LOOKING)))


def is_administration(address: str) -> bool:
    """Tell whether the address of a page, `/accounts` or so, is one for administrators."""
    return any(page.endswith(f"/{address.strip('/')}") for page in ADMINISTRATION)
