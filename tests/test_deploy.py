"""What `deploy/` ships, read as the programs read it that it is written for.

No container is built here: the recipe's paths, its base and its rights are checked as they stand.
The nginx configuration is driven by a real nginx in tests/gate/test_nginx.py.
"""

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from manage import ROOT, USAGE

DEPLOY = ROOT / "deploy"
PORT = "8501"
SECRET = re.compile(r"(?i)(password|passwd|secret|token|api_?key)\s*[=:]\s*\S")


UNITS = ("tally.service", "tally-copy.service", "tally-copy.timer")


def settings_of(name: str) -> dict[str, list[str]]:
    """Return the settings of a systemd unit, each with its values."""
    settings: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text("utf-8").splitlines():
        setting, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            settings.setdefault(setting, []).append(value)
    return settings


@pytest.fixture(scope="module")
def unit() -> dict[str, list[str]]:
    """Return the settings of the board's unit."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.read(DEPLOY / "tally.service", "utf-8")
    assert {"Unit", "Service", "Install"} <= set(parser.sections())
    return settings_of("tally.service")


@pytest.fixture(scope="module")
def dockerfile() -> list[list[str]]:
    """Return the instructions of the Dockerfile as lists of words."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [shlex.split(line) for line in lines]


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    """Return the one service of the compose file."""
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    [name] = composed["services"]
    return {**composed["services"][name], "whole": composed}


def test_unit_runs_as_a_user_of_its_own_who_can_write_only_the_data(
    unit: dict[str, list[str]],
) -> None:
    assert unit["User"] == ["tally"]
    assert unit["ProtectSystem"] == ["strict"]
    assert unit["ReadWritePaths"] == ["/var/lib/tally /etc/tally/key"]
    assert unit["MemoryMax"] and unit["Restart"] == ["on-failure"]
    for hardening in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome"):
        assert unit[hardening] == ["yes"], hardening
    assert unit["CapabilityBoundingSet"] == [""]


def test_unit_starts_the_server_for_the_machine_itself_with_the_key_outside_the_data(
    unit: dict[str, list[str]],
) -> None:
    _, program, *words = shlex.split(unit["ExecStart"][0])
    told = dict(line.split("=", 1) for line in unit["Environment"])

    assert (ROOT / Path(program).name).is_file()
    assert words[:5] == ["run", "--host", "127.0.0.1", "--port", PORT]
    assert not Path(told["TALLY_KEY_FILE"]).is_relative_to(told["TALLY_HOME"])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_knows_every_setting_of_the_unit(name: str) -> None:
    command = ["systemd-analyze", "verify", *(str(DEPLOY / unit) for unit in UNITS)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr

    assert [line for line in said.splitlines() if f"{name}:" in line] == []


def test_copy_elsewhere_is_made_every_night_with_the_boards_key_and_never_beside_the_data(
    unit: dict[str, list[str]],
) -> None:
    copy, timer = settings_of("tally-copy.service"), settings_of("tally-copy.timer")
    _, program, *words = shlex.split(copy["ExecStart"][0])
    elsewhere = Path(words[-1])

    assert ((ROOT / Path(program).name).is_file(), words[:2]) == (True, ["backup", "--to"])
    assert copy["Environment"] == unit["Environment"] and copy["User"] == unit["User"]
    assert copy["ExecCondition"] == [f"/usr/bin/mountpoint -q {elsewhere}"]
    assert copy["ReadWritePaths"] == [f"/var/lib/tally {elsewhere}"]
    assert (timer["OnCalendar"], timer["Persistent"]) == (["*-*-* 04:00:00"], ["yes"])


def test_every_path_that_enters_the_image_is_there_and_let_in(dockerfile: list[list[str]]) -> None:
    ignoring = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    let_in = [line[1:] for line in ignoring if line.startswith("!")]
    copied = [
        path.rstrip("/") for word, *paths, _ in dockerfile if word == "COPY" for path in paths
    ]

    assert "*" in ignoring
    assert {"manage.py", "app.py", "tally", "pages", "queries", "data"} <= set(copied)
    # A pattern that matches nothing copies nothing: packages are beside the recipe or fetched.
    assert [path for path in copied if "[" not in path and not (ROOT / path).exists()] == []
    missing = [path for path in let_in if path != "deploy/wheels" and not (ROOT / path).exists()]
    assert missing == []
    for path in copied:
        whole = path.replace("[s]", "s")
        assert [one for one in let_in if one == whole or one.startswith(f"{whole}/")], path


def test_image_stands_on_one_version_and_runs_as_nobody_in_particular(
    dockerfile: list[list[str]],
) -> None:
    said = {words[0]: words[1:] for words in dockerfile}

    assert re.fullmatch(r"python:3\.11\.\d+-slim-\w+", said["FROM"][0])
    assert said["USER"] == ["tally"]
    assert dockerfile.index(["USER", "tally"]) > dockerfile.index(["COPY", "tally/", "tally/"])
    assert f"127.0.0.1:{PORT}/healthz" in " ".join(said["HEALTHCHECK"])
    assert "manage.py install" in " ".join(said["RUN"])


def test_container_writes_to_its_volumes_only_and_holds_its_key_elsewhere(
    service: dict[str, Any], dockerfile: list[list[str]]
) -> None:
    places = [volume.split(":")[1] for volume in service["volumes"]]
    told = dict(word.split("=", 1) for line in dockerfile if line[0] == "ENV" for word in line[1:])

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert told["TALLY_HOME"] in places
    assert service["environment"]["TALLY_BACKUPS"] in places
    assert told["TALLY_KEY_FILE"] == f"/run/secrets/{service['secrets'][0]}"
    assert list(service["whole"]["secrets"]) == service["secrets"]
    build = service["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_server_behind_nginx_listens_for_the_machine_itself(service: dict[str, Any]) -> None:
    assert service["command"][:5] == ["run", "--host", "127.0.0.1", "--port", PORT]
    assert service["network_mode"] == "host"
    assert f"server 127.0.0.1:{PORT};" in (DEPLOY / "nginx.conf").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_nothing_secret_is_shipped(path: Path) -> None:
    assert not path.is_dir() or path.name in ("wheels", "key")
    if path.is_file():
        text = path.read_text("utf-8")
        assert "PRIVATE KEY" not in text
        assert SECRET.findall(text) == []


@pytest.mark.parametrize("name", ["operations.md", "operations.zh-CN.md"])
def test_guide_names_commands_and_files_that_exist(name: str) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    told = re.findall(r"^  (\w+) |(?<=  )([a-z]+) +(?=[一-鿿])", USAGE, re.MULTILINE)
    commands = {word for words in told for word in words if word} | {"wheels"}
    used = set(re.findall(r"manage\.py (\w+)", text))
    paths = re.findall(r"(?<![\w/])(?:deploy|tally)/[\w./]+\.\w+|deploy/Dockerfile", text)

    assert {"install", "wheels", "backup", "restore", "verify", "account", "audit", "key"} <= used
    assert used <= commands
    assert [path for path in paths if not (ROOT / path).is_file()] == []
