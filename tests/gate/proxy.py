"""A real nginx with the configuration that we ship; skipped where there is none."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from manage import ROOT
from tests.browser.server import free_port
from tests.gate.conftest import PUBLIC_NAME
from tests.gate.visitor import SECONDS

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
AROUND = """
pid {folder}/nginx.pid;
daemon off;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {ours}
}}
"""


def make_certificate(folder: Path) -> None:
    """Write a key and a certificate for the public name, good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, PUBLIC_NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(PUBLIC_NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "tally.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    kind, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    written = key.private_bytes(kind, form, serialization.NoEncryption())
    (folder / "tally.key.pem").write_bytes(written)


def shipped(name: str) -> str:
    """Return a configuration that we ship."""
    return (ROOT / "deploy" / name).read_text("utf-8")


def configured(
    folder: Path, port: int, plain_port: int, servers: Mapping[str, str], ours: str
) -> Path:
    """Write the configuration that we ship with names, ports and folders of this test.

    `servers` are the addresses of the test's servers by those in the configuration.
    """
    for shipped, here in {
        "<tally.example>": PUBLIC_NAME,
        "</etc/tally/tally.crt>": f"{folder}/tally.crt",
        "</etc/tally/tally.key.pem>": f"{folder}/tally.key.pem",
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/var/log/nginx": str(folder),
        **servers,
    }.items():
        assert shipped in ours, f"{shipped} is no longer in nginx.conf"
        ours = ours.replace(shipped, here)
    path = folder / "nginx.conf"
    path.write_text(AROUND.format(folder=folder, ours=ours), "utf-8")
    return path


@contextmanager
def running_nginx(folder: Path, servers: Mapping[str, str], ours: str) -> Iterator[tuple[int, int]]:
    """Give the ports, encrypted and plain, of an nginx that writes into a folder."""
    # The worker of an nginx that root started is another user.
    folder.chmod(0o755)
    make_certificate(folder)
    port, plain_port = free_port(), free_port()
    path = configured(folder, port, plain_port, servers, ours)
    command = [str(NGINX), "-c", str(path), "-p", str(folder), "-e", str(folder / "start.log")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, env={**os.environ, "LC_ALL": "C"})
    try:
        wait_until_listening(process, port)
        yield port, plain_port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_listening(process: subprocess.Popen[bytes], port: int) -> None:
    """Return when a port is listened on."""
    give_up_at = time.monotonic() + SECONDS
    while True:
        assert process.poll() is None, "nginx ended"
        assert time.monotonic() < give_up_at, "nginx does not listen"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
