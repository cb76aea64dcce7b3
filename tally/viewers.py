"""Who looks or acts, and what that allows: the roles, the actions and the one table between them.

A viewer is told by the gate, or is the person at the server's own command line. Nothing here asks
where a viewer came from: accounts, displays and the demonstration all give the same `Viewer`.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

from tally.secrecy import ColumnClass


class Role(StrEnum):
    """What a person is in the system; one may hold several, as far as `conflict_of` allows."""

    LEADER = "领导"
    REPORTER = "填报员"
    REVIEWER = "审核员"
    OFFICE = "办公室"
    CHECKER = "核查员"
    SYSTEM = "系统管理员"
    SECURITY = "安全管理员"
    AUDITOR = "审计管理员"
    DISPLAY = "大屏"


class Action(StrEnum):
    """What can be allowed or refused; pages, buttons and the command line ask for one of these."""

    LOOK = "查看看板"
    LOOK_ACROSS = "跨单位查看"
    LOOK_AT_WALL = "查看大屏"
    EXPORT = "导出"
    SUBMIT = "报送台账"
    PUBLISH = "审核发布"
    SUPERVISE = "督办交办"
    MEET = "主持会议"
    NOTIFY = "通报封账"
    CHECK = "抽查核实"
    REVEAL = "查看个人信息原文"
    SEE_SENSITIVE = "查看敏感内容"
    CONFIGURE = "系统设置"
    BACK_UP = "备份恢复"
    KEEP_ACCOUNTS = "管理账号"
    GRANT = "授权"
    AUDIT = "审计"


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.LEADER: frozenset(
        {
            *(Action.LOOK, Action.LOOK_ACROSS, Action.LOOK_AT_WALL, Action.EXPORT),
            Action.SEE_SENSITIVE,
        }
    ),
    Role.REPORTER: frozenset({Action.LOOK, Action.SUBMIT, Action.REVEAL}),
    Role.REVIEWER: frozenset(
        {
            *(Action.LOOK, Action.LOOK_ACROSS, Action.SUBMIT, Action.PUBLISH),
            *(Action.EXPORT, Action.REVEAL, Action.SEE_SENSITIVE),
        }
    ),
    Role.OFFICE: frozenset(
        {
            *(Action.LOOK, Action.LOOK_ACROSS, Action.LOOK_AT_WALL, Action.EXPORT),
            *(Action.SUBMIT, Action.PUBLISH),
            *(Action.SUPERVISE, Action.MEET, Action.NOTIFY, Action.REVEAL),
            Action.SEE_SENSITIVE,
        }
    ),
    Role.CHECKER: frozenset({Action.LOOK, Action.LOOK_ACROSS, Action.CHECK, Action.REVEAL}),
    Role.SYSTEM: frozenset({Action.CONFIGURE, Action.BACK_UP, Action.KEEP_ACCOUNTS}),
    Role.SECURITY: frozenset({Action.GRANT}),
    Role.AUDITOR: frozenset({Action.AUDIT}),
    Role.DISPLAY: frozenset({Action.LOOK_AT_WALL}),
}

# Of which actions any one lets a class of columns be seen as it is: personal ones one row at a
# time, with a reason (`tally.submissions.revealing`).
SEEN_BY: dict[ColumnClass, frozenset[Action]] = {
    ColumnClass.OPEN: frozenset({Action.LOOK, Action.LOOK_AT_WALL}),
    ColumnClass.PERSONAL: frozenset({Action.REVEAL}),
    ColumnClass.SENSITIVE: frozenset({Action.SEE_SENSITIVE}),
}

ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDITOR})


@dataclass(frozen=True)
class Viewer:
    """Who looks or acts.

    `units` are those whose rows may be seen, None for all of them; `first_units` are those of the
    viewer's field, shown first. `address` is where the request came from; `session` a hash that
    tells the viewer's sessions apart, and makes no other viewer.
    """

    account: str
    roles: frozenset[Role]
    units: frozenset[str] | None = None
    first_units: tuple[str, ...] = ()
    address: str = ""
    session: str = field(default="", compare=False)

    def may(self, action: Action) -> bool:
        """Tell whether one of the viewer's roles allows an action."""
        return any(action in ALLOWED[role] for role in self.roles)

    def check_may(self, action: Action) -> None:
        """Raise NotAllowed unless one of the viewer's roles allows an action."""
        if not self.may(action):
            raise NotAllowed(f"您的角色没有“{action}”的权限")

    @property
    def classes(self) -> frozenset[ColumnClass]:
        """The classes of columns that the viewer's roles see as they are."""
        return frozenset(one for one in ColumnClass if any(map(self.may, SEEN_BY[one])))

    def covers(self, unit: str) -> bool:
        """Tell whether a unit's rows may be seen; '' is what all units have together."""
        return self.units is None or unit in self.units

    def check_unit(self, unit: str) -> None:
        """Raise NotAllowed for what another unit has."""
        if not self.covers(unit):
            whose = f"{unit}的" if unit else "全部单位合报的"
            raise NotAllowed(f"您只能办理本单位的台账，这是{whose}")


class NotAllowed(RuntimeError):
    """The viewer's roles or units do not allow what was asked for; the words say what is."""


EVERY_ROLE = frozenset(Role) - {Role.DISPLAY}
DEMONSTRATION = Viewer("演示", EVERY_ROLE)
AT_THE_SERVER = Viewer("服务器命令行", EVERY_ROLE)

_request: ContextVar[str] = ContextVar("request", default="")
NOBODY = Viewer("", frozenset())

_acting: ContextVar[Viewer | None] = ContextVar("acting", default=None)
_telling: list[Callable[[], Viewer | None]] = []


def let_tell(who: Callable[[], Viewer | None]) -> None:
    """Let a function say for whom a thread works that was not told; None when it cannot know.

    A page's callbacks and fragments run before and without the page itself, each in a thread
    that inherits nothing: only the run they belong to knows its viewer.
    """
    _telling[:] = [who]


def acting() -> Viewer:
    """Return on whose behalf this thread works."""
    told = _acting.get() or next((found for who in _telling if (found := who())), None)
    return told or AT_THE_SERVER


@contextmanager
def acts(viewer: Viewer) -> Iterator[None]:
    """Work on a viewer's behalf inside the block: one request of theirs."""
    token, of_request = _acting.set(viewer), _request.set(secrets.token_hex(4))
    try:
        yield
    finally:
        _acting.reset(token)
        _request.reset(of_request)


def request_number() -> str:
    """Return what tells this request from others, '' outside of any."""
    return _request.get()


def conflict_of(roles: frozenset[Role]) -> str:
    """Return why one person may not hold all these roles, or ''.

    Whoever audits holds nothing else; the three administrators are three persons (等保 三权分立).
    """
    if Role.AUDITOR in roles and len(roles) > 1:
        return "审计管理员不能兼任其他角色"
    if len(roles & ADMINISTRATORS) > 1:
        return "系统管理员与安全管理员不能由一人兼任"
    if Role.DISPLAY in roles and len(roles) > 1:
        return "大屏凭证不能兼任其他角色"
    return ""
