"""One command line for Tally 争先看板: sets itself up, then hands over.

Standard library only, readable by any Python 3: one that is too old is told so in a sentence.
"""

import argparse
import errno
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST_PYTHON = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WILDCARDS = ("0.0.0.0", "::")
# Whom to believe about a caller is the gate's business, told by access.toml, not the web server's.
SERVER_VARIABLES = {"FORWARDED_ALLOW_IPS": ""}
# A thread keeps more small pieces of memory ready: planning a question costs less.
ALLOCATION = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=256"}
DEBIAN_PACKAGES = {"browser": "chromium", "fonts": "fonts-noto-cjk"}

# Finding a package is a tenth of the time of importing it.
HAS_STREAMLIT = "import importlib.util as u, sys; sys.exit(u.find_spec('streamlit') is None)"
# The list of its files is the last thing written when pip itself is installed.
HAS_PIP = "import importlib.metadata as m, sys; sys.exit(not m.distribution('pip').files)"

# Each names every package by the hashes of its files; a purpose takes what the one before takes.
_LOCKS = [ROOT / f"requirements{part}.lock" for part in ("", "-cluster", "-dev")]
REQUIREMENTS = {"run": _LOCKS[:1], "cluster": _LOCKS[:2], "test": _LOCKS}
SHARED_STORE = "ducklake:"
# A folder of packages to install from, where no network is.
WHEELS_VARIABLE = "TALLY_WHEELS"
ONLINE = "网络或软件包镜像（PIP_INDEX_URL）"

USAGE = """用法：python3 manage.py 命令 [参数]

  run        安装所需、装入示例并打开看板（--host --port --home --store --no-samples）
  test       安装所需（含浏览器与中文字体）并运行全部测试，其后可写 pytest 参数
  import     读取、核对并发布台账      publish    审核并发布一份草稿
  return     退回一份台账请单位修改    undo       撤回一次发布
  seal       封账：通报引用过的月份    unseal     解除封账
  ask        回答一个问题              template   生成可填写的台账模板
  notice     起草或重建通报            campaigns  列出或移除专项行动
  audit      查阅、导出、校验或归档审计记录（audit、audit verify、audit archive）
  account    账号与大屏凭证：新建、停用、授权、解锁、重置（可在看板运行时使用）
  key        个人信息的密钥（key rotate|new）    vulnerabilities 清单  已装的软件包有没有漏洞
  backup     备份（backup --to 文件夹）    verify     核对账本、记录与备份
  restore    从备份恢复（restore --list）  migrate-store  迁入多台服务器的共享库，或迁回
  install    只安装所需的软件包    wheels 文件夹   备齐软件包，供没有网络的机器安装
  bench      计时：导入、问数、两种存储、看板、浏览器、大屏（bench --help）

python3 manage.py 命令 --help 查看该命令的参数。"""


def say(sentence: str) -> None:
    """Print a line as UTF-8 whatever the locale, on the stream that no program reads."""
    sys.stderr.flush()
    sys.stderr.buffer.write((sentence + os.linesep).encode("utf-8"))
    sys.stderr.buffer.flush()


def leave(sentence: str, status: int = 1) -> None:
    """Print why nothing further is done, and exit."""
    say(sentence)
    raise SystemExit(status)


def check_python() -> None:
    """Leave when this Python is too old."""
    if sys.version_info < OLDEST_PYTHON:
        found = sys.version.split()[0]
        leave(f"需要 Python 3.11 或更新的版本，当前是 {found}。请换用较新的 python3 再执行。")


def fingerprint(purpose: str) -> str:
    """Return the hash of the requirement files for `run`, `cluster` or `test`."""
    texts = b"\0".join(path.read_bytes() for path in REQUIREMENTS[purpose])
    return hashlib.sha256(texts).hexdigest()


def stamp(purpose: str) -> Path:
    """Return the file in `.venv` that says which requirements were installed to the end."""
    return VENV / f"installed-{purpose}"


def venv_runs(program: str) -> bool:
    """Tell whether the Python in `.venv` runs a program to a good end.

    Not when its making was interrupted, or the system's Python replaced by another version.
    """
    command = [str(PYTHON), "-I", "-c", program]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def is_installed(purpose: str) -> bool:
    """Tell whether `.venv` holds exactly what `purpose` asks for."""
    written = stamp(purpose)
    return (
        written.is_file()
        and written.read_text("utf-8") == fingerprint(purpose)
        and venv_runs(HAS_STREAMLIT)
    )


def make_venv() -> None:
    """Make `.venv` anew, whatever a broken one left behind."""
    if importlib.util.find_spec("ensurepip") is None:
        version = ".".join(str(part) for part in sys.version_info[:2])
        leave(
            "这个 Python 缺少建立运行环境的组件。在 Debian、Ubuntu 上请先执行："
            f"apt install python3-venv（或 python{version}-venv），再重新执行本命令。"
        )
    say("正在建立运行环境 .venv …")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        leave("运行环境没有建成，原因见上。请核对磁盘空间和文件夹的写入权限后重试。")


def call_pip(words: list, remedy: str) -> None:
    """Let the pip of `.venv` work, by hashes only; leave with what to look at when it cannot."""
    if not venv_runs(HAS_PIP):
        make_venv()
    say("正在取得所需的软件包，第一次需要几分钟 …")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    if subprocess.call([*pip, *words, "--quiet", "--require-hashes"]) != 0:
        leave(f"软件包没有取齐，原因见上。请核对{remedy}后重试。")


def needed(words: list) -> str:
    """Return the purpose of a command: a store of several servers takes more than a file."""
    named = [*words, os.environ.get("TALLY_STORE", "")]
    return "cluster" if any(SHARED_STORE in word for word in named) else "run"


def install(purpose: str) -> None:
    """Bring `.venv` to the pinned requirements for a purpose; no network when it is there."""
    if is_installed(purpose):
        return
    for old in REQUIREMENTS:
        stamp(old).unlink(missing_ok=True)
    wheels = os.environ.get(WHEELS_VARIABLE)
    source = ["--no-index", "--find-links", str(Path(wheels).resolve())] if wheels else []
    remedy = f"{wheels} 是否由同一版本的程序和 Python 备齐" if wheels else ONLINE
    call_pip(["install", "-r", str(REQUIREMENTS[purpose][-1]), *source], remedy)
    for done in list(REQUIREMENTS)[: len(REQUIREMENTS[purpose])]:
        stamp(done).write_text(fingerprint(done), "utf-8")
    say("安装完成。")


def fetch_wheels(arguments: list) -> None:
    """Fill a folder with all that running takes, to be carried to a machine without a network."""
    about = "备齐软件包，供系统和 Python 版本相同的内网机器安装"
    parser = argparse.ArgumentParser(prog="manage.py wheels", description=about)
    parser.add_argument("folder", type=Path, help="存放软件包的文件夹")
    parser.add_argument("--cluster", action="store_true", help="连同多台服务器共享库所需的")
    given = parser.parse_args(arguments)
    folder, lock = given.folder, REQUIREMENTS["cluster" if given.cluster else "run"][-1]
    call_pip(["download", "--dest", str(folder), "-r", str(lock)], ONLINE)
    say(f"已备齐 {folder}。在内网机器上执行：python3 manage.py run --wheels 文件夹")


def hand_over(arguments: list, **variables: str) -> None:
    """Become the Python of `.venv` with these arguments; its exit status is ours."""
    command = [str(PYTHON), *arguments]
    environment = {**ALLOCATION, **os.environ, "PYTHONUTF8": "1", **variables}
    if os.name == "nt":
        raise SystemExit(subprocess.call(command, env=environment))
    os.execve(command[0], command, environment)


def check_port(host: str, port: int) -> None:
    """Leave when the server could not listen there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            leave(f"端口 {port} 已被占用。请关闭占用它的程序，或换一个端口：--port {port + 1}")
        if error.errno == errno.EACCES:
            leave(f"没有权限使用端口 {port}。请换一个 1024 以上的端口，如 --port 8501")
        leave(f"本机不能在地址 {host} 上提供服务。请核对 --host")


def server_arguments(host: str, port: int, names: tuple = ()) -> list:
    """Return what starts the server under the Python of `.venv`, in the repository's folder."""
    allowed = ["*" if host in WILDCARDS and not names else host, "localhost", *names]
    address = ["--server.address", host, "--server.port", str(port)]
    hosts = [word for name in allowed for word in ("--server.allowedHosts", name)]
    return ["-m", "streamlit", "run", "app.py", *address, *hosts]


def run(arguments: list) -> None:
    """Start the dashboard."""
    parser = argparse.ArgumentParser(prog="manage.py run", description="打开看板")
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址（默认只限本机）")
    parser.add_argument("--port", type=int, default=8501, help="端口（默认 8501）")
    parser.add_argument("--home", type=Path, help="数据库与上传文件所在的文件夹（默认 data/）")
    parser.add_argument("--store", help="多台服务器的共享库")
    parser.add_argument("--no-samples", action="store_true", help="不装入示例")
    parser.add_argument("--name", action="append", default=[], help="反向代理对外的域名，可多次")
    parser.add_argument("--wheels", help="从这个文件夹离线安装软件包（由 wheels 命令备齐）")
    given = parser.parse_args(arguments)
    os.environ.update({WHEELS_VARIABLE: given.wheels} if given.wheels else {})
    home = (given.home or Path(os.environ.get("TALLY_HOME") or ROOT / "data")).resolve()
    store = given.store or os.environ.get("TALLY_STORE", "")
    check_port(given.host, given.port)
    install(needed([store]))
    say("正在启动争先看板 …")
    os.chdir(ROOT)  # Streamlit reads config.toml from the folder it is started in.
    hand_over(
        server_arguments(given.host, given.port, given.name),
        TALLY_HOME=str(home),
        TALLY_STORE=store,
        TALLY_NO_SAMPLES="1" if given.no_samples else "0",
        **SERVER_VARIABLES,
    )


def missing_for_browser() -> list:
    """Return what the browser tests lack: `browser`, Chinese `fonts`, both or nothing."""
    fonts = ["fc-list", ":lang=zh-cn", "family"]
    has_font = shutil.which(fonts[0]) and subprocess.check_output(fonts).strip()
    missing = [] if any(map(shutil.which, BROWSERS)) else ["browser"]
    return missing if has_font else [*missing, "fonts"]


def install_browser() -> None:
    """Get a browser and Chinese fonts by apt where that is allowed; leave where it is not."""
    missing = missing_for_browser()
    if not missing:
        return
    packages = [DEBIAN_PACKAGES[what] for what in missing]
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"正在安装测试用的浏览器与中文字体：{' '.join(packages)} …")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        subprocess.call([*apt, "update"], env=environment, stdout=sys.stderr)
        options = ["install", "-y", "--no-install-recommends", "fontconfig", *packages]
        subprocess.call([*apt, *options], env=environment, stdout=sys.stderr)
    if missing_for_browser():
        names = " ".join(packages)
        leave(
            f"测试需要 Chromium（或 Google Chrome）和一套中文字体，本机缺少：{names}。"
            f"在 Debian 上请执行：apt install fontconfig {names}；"
            "其他系统请安装 Chromium 与思源黑体（Noto Sans CJK SC），再重新执行本命令。"
        )


def test(arguments: list) -> None:
    """Run all tests, or those that the pytest arguments name, a `--` before them or not."""
    arguments = arguments[1:] if arguments[:1] == ["--"] else arguments
    install("test")
    install_browser()
    os.chdir(ROOT)
    # A file's tests share what they set up and stay with one worker; the slow ones, those of the
    # browser, come first. Each of a run's hundred processes would compile what is not written.
    order = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")
    hand_over(["-m", "pytest", *order, *arguments], PYTHONDONTWRITEBYTECODE="")


COMMANDS = {
    "run": run,
    "test": test,
    "wheels": fetch_wheels,
    "install": lambda rest: install(needed(rest)),
}


def main(arguments: list) -> None:
    """Do what the first argument says."""
    check_python()
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        leave(USAGE, 0 if arguments else 2)
    command, *rest = arguments
    if command in COMMANDS:
        COMMANDS[command](rest)
    else:
        # What is timed against are the tests' libraries.
        install("test" if command == "bench" else needed(arguments))
        # -P keeps a stray module in the caller's folder from standing in for one of ours.
        hand_over(["-P", "-m", "tally.cli", *arguments], PYTHONPATH=str(ROOT))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        leave("已中断。再次执行同一命令即可继续。", 130)
