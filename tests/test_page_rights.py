"""Which role opens which page, as a table; and that a page nobody named opens for who may look."""

from manage import ROOT
from tally.page_rights import may_open
from tally.viewers import Role, Viewer

MATRIX = """
                    领导 填报员 审核员 办公室 核查员 系统管理员 安全管理员 审计管理员 大屏
leaders/progress      +   +   +   +   +   -   -   -   -
leaders/ledger        +   +   +   +   +   -   -   -   -
leaders/meeting       +   -   +   +   +   -   -   -   -
leaders/wall          +   -   -   +   -   -   -   -   +
staff/roster          +   +   +   +   +   -   -   -   -
staff/upload          -   +   +   +   -   -   -   -   -
staff/notices         -   -   -   +   -   -   -   -   -
staff/checks          -   -   -   +   +   -   -   -   -
admin/screens         +   +   +   +   +   -   -   -   -
admin/rules           +   -   +   +   +   +   -   -   -
admin/campaigns       -   -   -   +   -   +   -   -   -
admin/boundaries      -   -   -   -   -   +   -   -   -
admin/backups         -   -   -   -   -   +   -   -   -
admin/accounts        -   -   -   -   -   +   +   -   -
admin/audit           -   -   -   -   -   -   -   +   -
"""


def test_roles_open_the_pages_of_the_matrix_and_no_other() -> None:
    heading, *lines = MATRIX.strip().splitlines()
    roles = [Role(name) for name in heading.split()]
    told = {line.split()[0]: line.split()[1:] for line in lines}
    pages = sorted(ROOT.glob("pages/*/*.py"))
    names = {path.relative_to(ROOT / "pages").with_suffix("").as_posix() for path in pages}
    assert set(told) <= names
    for name in names:
        # Pages of the leaders that the table does not name are like the first of them.
        marks = told.get(name, told["leaders/progress"])
        assert name in told or name.startswith("leaders/")
        opened = {role for role in roles if may_open(Viewer("x", frozenset({role})), name)}
        assert opened == {role for role, mark in zip(roles, marks, strict=True) if mark == "+"}
