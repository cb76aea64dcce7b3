"""The one command line, run as a stranger runs it: in a folder of its own and without a network.

Streamlit is a stub here, installed from a wheel in a folder, and the command line behind
`manage.py` one that repeats what it was given.
"""

import ast
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from manage import ROOT

STUB_CLI = "import os, sys\nprint(sys.argv[1:], os.getcwd())\nsys.exit(7)\n"
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
WHEELS = "wheels"
ANY_HASH = f"--hash=sha256:{'0' * 64}"
PLAIN_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def call(
    project: Path, *arguments: str, cwd: Path | None = None, **variables: str
) -> tuple[int, str]:
    """Run a project's manage.py offline; return its exit status and all it printed."""
    wheels = {"TALLY_WHEELS": str(project / WHEELS)}
    done = subprocess.run(
        [sys.executable, str(project / "manage.py"), *arguments],
        cwd=cwd or project,
        env={**os.environ, **OFFLINE, **wheels, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8")


def put_wheel(project: Path, name: str, *needs: str) -> str:
    """Put a package that is empty into the project's wheels; return its line of a lock."""
    told = f"{name}-1.0.dist-info"
    needed = "".join(f"Requires-Dist: {need}\n" for need in needs)
    texts = {
        f"{name}/__init__.py": "",
        f"{told}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needed}",
        f"{told}/WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
        f"{told}/RECORD": "",
    }
    wheel = project / WHEELS / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for inside, text in texts.items():
            archive.writestr(inside, text)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a project that one call has set up, and what that call printed."""
    project = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "manage.py", project)
    (project / WHEELS).mkdir()
    (project / "requirements.lock").write_text(put_wheel(project, "streamlit"), "utf-8")
    (project / "requirements-cluster.lock").write_text("-r requirements.lock\n", "utf-8")
    (project / "requirements-dev.lock").write_text("-r requirements-cluster.lock\n", "utf-8")
    (project / "tally").mkdir()
    (project / "tally" / "cli.py").write_text(STUB_CLI, "utf-8")
    return project, call(project, "campaigns")[1]


@pytest.fixture
def project(installed: tuple[Path, str], tmp_path: Path) -> Path:
    """Return a copy of the project that is set up."""
    return Path(shutil.copytree(installed[0], tmp_path / "project", symlinks=True))


def test_first_call_makes_the_environment_and_says_so(installed: tuple[Path, str]) -> None:
    project, printed = installed

    assert "正在建立运行环境" in printed
    assert "安装完成" in printed
    assert (project / ".venv" / "installed-run").is_file()


def test_installing_alone_starts_nothing(project: Path) -> None:
    (project / ".venv" / "installed-run").unlink()

    first, second = call(project, "install"), call(project, "install")

    assert (first[0], second) == (0, (0, ""))
    assert first[1].endswith("安装完成。\n")


def test_second_call_hands_over_at_once_from_any_folder(project: Path, tmp_path: Path) -> None:
    (tmp_path / "streamlit.py").write_text("raise SystemExit('not ours')", "utf-8")

    status, printed = call(project, "import", "九月.xlsx", "--json", cwd=tmp_path)

    assert status == 7
    assert printed == f"{['import', '九月.xlsx', '--json']} {tmp_path}\n"


def test_small_memory_is_kept_ready_unless_the_caller_says_how(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "tally" / "cli.py").write_text("import os; print(os.environ['GLIBC_TUNABLES'])")
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)

    assert call(project, "campaigns") == (0, "glibc.malloc.tcache_count=256\n")
    own = "glibc.malloc.tcache_count=7"
    assert call(project, "campaigns", GLIBC_TUNABLES=own) == (0, f"{own}\n")


@pytest.mark.parametrize(
    "damage",
    [
        "stamp",  # the installation was interrupted
        "python",  # the making of the environment was, or Python was replaced
        "package",  # somebody removed a package
        "pip",  # the making of the environment was interrupted while pip came
        "requirements",  # a newer version of the program asks for others
    ],
)
def test_damaged_environment_is_mended(project: Path, damage: str) -> None:
    venv = project / ".venv"
    packages = next((venv / "lib").glob("python*/site-packages"))
    if damage in ("stamp", "pip"):
        (venv / "installed-run").unlink()
    if damage == "python":
        (venv / "bin" / "python").unlink()
    if damage == "package":
        shutil.rmtree(packages / "streamlit")
        shutil.rmtree(packages / "streamlit-1.0.dist-info")
    if damage == "pip":
        next(packages.glob("pip-*.dist-info/RECORD")).unlink()
        shutil.rmtree(packages / "pip" / "_vendor")
    if damage == "requirements":
        (project / "requirements.lock").open("a").write("# newer\n")

    first = call(project, "campaigns")
    second = call(project, "campaigns")

    assert first[0] == 7
    assert "安装完成" in first[1]
    assert "安装" not in second[1]


def test_package_index_out_of_reach_is_told_and_leaves_no_stamp(project: Path) -> None:
    (project / "requirements.lock").write_text(f"nowhere-to-be-found==1.0 {ANY_HASH}", "utf-8")

    status, printed = call(project, "campaigns", TALLY_WHEELS="")

    assert status == 1
    assert "请核对网络或软件包镜像" in printed
    assert not (project / ".venv" / "installed-run").exists()


def test_incomplete_folder_of_packages_is_told_by_its_name(project: Path) -> None:
    lock = project / "requirements.lock"
    lock.write_text(f"{lock.read_text()}missing==1.0 {ANY_HASH}", "utf-8")

    status, printed = call(project, "campaigns")

    assert status == 1
    assert f"请核对{project / WHEELS} 是否由同一版本的程序和 Python 备齐" in printed


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        # Somebody put another file in the place of the one that was locked.
        (lambda project: f"streamlit==1.0 {ANY_HASH}", "DO NOT MATCH THE HASHES"),
        # A package that nobody locked comes along with one that was.
        (lambda project: put_wheel(project, "honest", "stranger"), "stranger"),
        (lambda project: "streamlit==1.0", "Hashes are required"),
    ],
    ids=["another file", "unlocked need", "no hash"],
)
def test_nothing_is_installed_but_what_the_lock_names_by_its_hash(
    project: Path, lines: Callable[[Path], str], reason: str
) -> None:
    (project / "requirements.lock").write_text(lines(project), "utf-8")
    put_wheel(project, "stranger")
    shutil.rmtree(next((project / ".venv" / "lib").glob("python*/site-packages/streamlit-1.0*")))

    status, printed = call(project, "campaigns")

    assert status == 1
    assert reason in printed
    assert [*(project / ".venv" / "lib").glob("python*/site-packages/stranger*")] == []
    assert not (project / ".venv" / "installed-run").exists()


def test_fetched_packages_set_up_a_machine_without_a_network(project: Path, tmp_path: Path) -> None:
    """Fetched from a folder that stands for the package index; there, an empty one is reached."""
    carried = tmp_path / "carried"
    elsewhere = Path(shutil.copytree(project, tmp_path / "elsewhere", symlinks=True))
    for gone in (".venv", WHEELS):
        shutil.rmtree(elsewhere / gone)

    fetched = call(project, "wheels", str(carried), PIP_FIND_LINKS=str(project / WHEELS))
    set_up = call(elsewhere, "campaigns", TALLY_WHEELS=str(carried))

    assert (fetched[0], [path.name for path in carried.iterdir()]) == (
        0,
        ["streamlit-1.0-py3-none-any.whl"],
    )
    assert "已备齐" in fetched[1]
    assert set_up[0] == 7
    assert "安装完成" in set_up[1]


def test_python_without_ensurepip_names_the_debian_package(project: Path, tmp_path: Path) -> None:
    shutil.rmtree(project / ".venv")
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None")

    status, printed = call(project, "campaigns", PYTHONPATH=str(tmp_path))

    assert status == 1
    assert "apt install python3-venv" in printed


def test_missing_browser_and_fonts_are_named_where_they_cannot_be_installed(
    project: Path, tmp_path: Path
) -> None:
    status, printed = call(project, "test", PATH=str(tmp_path))

    assert status == 1
    assert "chromium fonts-noto-cjk" in printed


def test_taken_port_is_named_before_anything_is_installed(project: Path) -> None:
    shutil.rmtree(project / ".venv")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        status, printed = call(project, "run", "--port", str(port))

    assert status == 1
    assert f"端口 {port} 已被占用" in printed
    assert not (project / ".venv").exists()


@pytest.mark.parametrize(("arguments", "status"), [((), 2), (("--help",), 0)])
def test_usage_is_chinese_in_a_plain_locale(
    project: Path, arguments: tuple[str, ...], status: int
) -> None:
    found, printed = call(project, *arguments, **PLAIN_LOCALE)

    assert found == status
    assert printed.startswith("用法：python3 manage.py")


def test_python_too_old_can_still_read_the_file() -> None:
    source = (ROOT / "manage.py").read_text("utf-8")

    assert ast.parse(source, feature_version=(3, 6))
