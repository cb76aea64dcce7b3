"""What a viewer's roles and units allow to be changed: asked at every deed, and recorded."""

import ast
from typing import Any

import pytest
from sqlalchemy import select

from manage import ROOT
from tally.registry import Event, registry_of
from tally.registry.audit import AUDIT_EVENT
from tally.submissions import Terms, publish, remove_campaign, seal, undo
from tally.submissions.findings import Step, Subject, take_step
from tally.viewers import Action, NotAllowed, Role, Viewer, acts
from tests.office import SLUG, Office, day

LIST = "item_no | unit | due_on | state\nP1 | 甲部 | 09-15 | open"
OF_ALL, OWN, OTHER = "", "甲部", "乙部"


def viewer(*roles: Role, unit: str = "") -> Viewer:
    return Viewer("banshi", frozenset(roles), frozenset({unit}) if unit else None)


def denied(office: Office) -> list[str]:
    """Return the sentences of what was refused, oldest first."""
    asked = select(AUDIT_EVENT.c.sentence).where(AUDIT_EVENT.c.event == Event.DENIED)
    with registry_of(office.database.home).reading() as connection:
        return list(connection.execute(asked.order_by(AUDIT_EVENT.c.number)).scalars())


def handed_in(office: Office, unit: str) -> Any:
    reading = office.reading("2022-09", LIST, unit=unit)
    return office.hand_in(reading, Terms(uploaded_by="综合科"))


def test_who_may_send_but_not_publish_leaves_a_draft(office: Office) -> None:
    with acts(viewer(Role.REPORTER, unit=OWN)):
        outcome = handed_in(office, OWN)
        assert outcome.status == "draft" and office.ask("items", "2022-09-30") == []
        with pytest.raises(NotAllowed, match="审核发布"):
            publish(office.database, outcome.upload)
    with acts(viewer(Role.REVIEWER)):
        publish(office.database, outcome.upload)
    assert len(office.ask("items", "2022-09-30")) == 1


@pytest.mark.parametrize("unit", [OTHER, OF_ALL])
def test_clerk_cannot_send_for_another_unit_or_for_all(office: Office, unit: str) -> None:
    with acts(viewer(Role.REPORTER, unit=OWN)), pytest.raises(NotAllowed, match="本单位"):
        handed_in(office, unit)
    assert office.ask("uploads") == []
    assert "本单位" in denied(office)[-1]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REVIEWER, Role.OFFICE}))
def test_roles_that_do_not_publish_can_neither_publish_nor_undo(office: Office, role: Role) -> None:
    upload = office.send("2022-09", LIST)
    with acts(viewer(role)), pytest.raises(NotAllowed):
        undo(office.database, upload)
    assert len(office.ask("items", "2022-09-30")) == 1
    assert denied(office)[-1].startswith("撤回：您的角色没有")


def test_leader_changes_nothing(office: Office) -> None:
    office.send("2022-09", LIST)
    about = Subject(SLUG, "overdue", "甲部", day("2022-09-16"))
    step = Step("acknowledged", day("2022-09-30"), "综合科")
    with acts(viewer(Role.LEADER)):
        for attempt in (
            lambda: seal(office.database, SLUG, day("2022-09-01"), "通报", "综合科"),
            lambda: remove_campaign(office.database, SLUG),
            lambda: take_step(office.database, about, step),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    assert len(office.ask("items", "2022-09-30")) == 1


def test_every_deed_names_what_it_needs() -> None:
    needed = set()
    for path in sorted((ROOT / "tally").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "doing":
                named = node.args[1]
                assert isinstance(named, ast.Attribute), path
                needed.add(Action[named.attr])
    assert needed == {
        *(Action.SUBMIT, Action.PUBLISH, Action.SUPERVISE, Action.MEET, Action.NOTIFY),
        *(Action.CHECK, Action.CONFIGURE),
    }
