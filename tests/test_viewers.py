"""Who may do what: the table of roles, as a specification that a reader can hold against it."""

import pytest

from tally.viewers import ALLOWED, DEMONSTRATION, Action, Role, Viewer, acting, acts, conflict_of

MATRIX = """
        领导 填报员 审核员 办公室 核查员 系统管理员 安全管理员 审计管理员 大屏
查看看板          +  +  +  +  +  -  -  -  -
跨单位查看        +  -  +  +  +  -  -  -  -
查看大屏          +  -  -  +  -  -  -  -  +
导出              +  -  +  +  -  -  -  -  -
报送台账          -  +  +  +  -  -  -  -  -
审核发布          -  -  +  +  -  -  -  -  -
督办交办          -  -  -  +  -  -  -  -  -
主持会议          -  -  -  +  -  -  -  -  -
通报封账          -  -  -  +  -  -  -  -  -
抽查核实          -  -  -  -  +  -  -  -  -
查看个人信息原文  -  +  +  +  +  -  -  -  -
查看敏感内容      +  -  +  +  -  -  -  -  -
系统设置          -  -  -  -  -  +  -  -  -
备份恢复          -  -  -  -  -  +  -  -  -
管理账号          -  -  -  -  -  +  -  -  -
授权              -  -  -  -  -  -  +  -  -
审计              -  -  -  -  -  -  -  +  -
"""


def test_roles_allow_what_the_matrix_says_and_nothing_else() -> None:
    heading, *lines = MATRIX.strip().splitlines()
    roles = [Role(name) for name in heading.split()]
    assert len(roles) == len(Role) and len(lines) == len(Action)
    for line in lines:
        name, *marks = line.split()
        allowed = {role for role, mark in zip(roles, marks, strict=True) if mark == "+"}
        assert allowed == {role for role in Role if Action(name) in ALLOWED[role]}, name


@pytest.mark.parametrize(
    ("roles", "is_refused"),
    [
        ({Role.LEADER}, False),
        ({Role.REVIEWER, Role.OFFICE}, False),
        ({Role.OFFICE, Role.SYSTEM}, False),
        ({Role.SYSTEM, Role.SECURITY}, True),
        ({Role.SYSTEM, Role.AUDITOR}, True),
        ({Role.LEADER, Role.AUDITOR}, True),
        ({Role.DISPLAY, Role.LEADER}, True),
    ],
)
def test_one_person_cannot_hold_roles_that_check_each_other(
    roles: set[Role], is_refused: bool
) -> None:
    assert bool(conflict_of(frozenset(roles))) == is_refused


def test_a_thread_acts_for_whom_it_is_told_and_only_inside_the_block() -> None:
    outside = acting()
    clerk = Viewer("clerk", frozenset({Role.REPORTER}), units=frozenset({"财政金融部"}))
    with acts(clerk):
        assert acting() is clerk
    assert acting() is outside


def test_the_demonstration_may_do_everything_that_a_person_may() -> None:
    assert all(DEMONSTRATION.may(action) for action in Action)
