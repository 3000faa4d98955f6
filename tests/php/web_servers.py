"""A generated back end behind nginx with PHP-FPM and behind Apache with mod_php, configured by its README.

Each server runs as a process of the tests, with its files in a temporary folder, on a free port.
"""

import contextlib
import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.php.running import php
from tests.php.server import Answer
from tests.ports import reserved_port
from tests.waiting import PATIENCE_S, until

USER = "www-data"
NGINX = Path("/usr/sbin/nginx")
APACHE = Path("/usr/sbin/apache2")
CERTIFICATE = """
file_put_contents($given['file'], "[req]\\ndistinguished_name=req\\n[ours]\\nsubjectAltName=IP:127.0.0.1\\n");
$options = ['config' => $given['file'], 'x509_extensions' => 'ours'];
$key = openssl_pkey_new(['private_key_bits' => 2048]);
$request = openssl_csr_new(['commonName' => 'hooks.acme.example'], $key, $options);
openssl_x509_export(openssl_csr_sign($request, null, $key, 1, $options), $certificate);
openssl_pkey_export($key, $private);
return [$certificate, $private];
"""
MODULES = ("mpm_prefork", "authz_core", "deflate", "env", "filter", "mime", "dir", "alias", "ssl", "setenvif")


def fpm() -> str:
    """Return the path of PHP-FPM; '' if there is none."""
    for path in [*Path("/usr/sbin").glob("php-fpm*"), *Path("/usr/local/sbin").glob("php-fpm*")]:
        return str(path)
    return ""


def apache_module() -> str:
    """Return the path of mod_php; '' if there is none."""
    return next(map(str, Path("/usr/lib/apache2/modules").glob("libphp*.so")), "")


def as_ordinary_user() -> dict[str, Any]:
    """Return the arguments of subprocess that start a process as an ordinary user, if we are root."""
    return {"user": USER, "group": USER, "extra_groups": []} if os.getuid() == 0 else {}


def missing() -> list[str]:
    """Return the programs for these tests that are not installed; `tests/run` installs them."""
    needed = {
        "nginx": NGINX.exists(),
        "php-fpm": fpm(),
        "apache2": APACHE.exists(),
        "mod_php": apache_module(),
    }
    return [name for name, found in needed.items() if not found]


class WebServer:
    """A server of a project, with `root` (`backend/public`, or a wrong one) as its document root."""

    def __init__(self, project: Path, root: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kommo-web-"))
        self.project = self.folder / "acme"
        shutil.copytree(project, self.project)
        self.root = root
        self._processes: list[subprocess.Popen[bytes]] = []
        self._held = contextlib.ExitStack()
        self.port = self._held.enter_context(reserved_port())
        certificate, key = php(
            self.project / "backend", CERTIFICATE, {"file": str(self.folder / "openssl.cnf")}
        )
        (self.folder / "fullchain.pem").write_text(certificate)
        (self.folder / "privkey.pem").write_text(key)

    def configure(self, settings: Mapping[str, str]) -> None:
        """Write backend/config.php as the README describes it."""
        values = ", ".join(f"'{name}' => '{value}'" for name, value in settings.items())
        (self.project / "backend/config.php").write_text(f"<?php return [{values}];\n")

    def block(self, language: str) -> str:
        """Return the README's block for a server, with the names replaced that users should replace."""
        readme = (self.project / "README.md").read_text()
        blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
        [block] = blocks
        for old, new in {
            "/etc/letsencrypt/live/hooks.acme.example": str(self.folder),
            "/srv/acme_leads/backend/storage/error.log": f"{self.folder}/php.log",
            "/srv/acme_leads/backend/public;": f"{self.project / self.root};",
            "DocumentRoot /srv/acme_leads/backend/public": f"DocumentRoot {self.project / self.root}",
            "/srv/acme_leads": str(self.project),
            "/run/php/acme_leads.sock": f"{self.folder}/fpm.sock",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "listen 8443": f"listen 127.0.0.1:{self.port}",
            "*:443": f"127.0.0.1:{self.port}",
            "*:8443": f"127.0.0.1:{self.port}",
        }.items():
            block = block.replace(old, new)
        return block

    def start(self, command: Sequence[str]) -> None:
        """Start one of its processes, as an ordinary user."""
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", USER, str(self.folder)], check=True)
        with (self.folder / "output.log").open("ab") as out:
            self._processes.append(
                subprocess.Popen(
                    command,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                    cwd="/",
                    # the ordinary user may be unable to write where temporary files usually are
                    env={**os.environ, "TMPDIR": str(self.folder)},
                    **as_ordinary_user(),
                )
            )

    def wait(self) -> None:
        """Wait until the server answers."""
        until(self._answers, lambda: self._output)

    def _answers(self) -> bool:
        assert all(process.poll() is None for process in self._processes), self._output
        try:
            return self.request("GET", "/digital_pipeline.php").status != 502  # PHP-FPM is not up yet
        except OSError:
            return False

    def __enter__(self) -> "WebServer":
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        self._held.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def log(self) -> str:
        """What PHP wrote to its error log."""
        log = self.folder / "php.log"
        return log.read_text(errors="replace") if log.exists() else ""

    @property
    def _output(self) -> str:
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def request(
        self, method: str, path: str, sent: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request with its path unchanged."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=PATIENCE_S, context=context)
        given = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        try:
            connection.request(method, path, sent, {**given, **(headers or {})})  # type: ignore[arg-type]
            response = connection.getresponse()
            return Answer(
                response.status, dict(response.getheaders()), response.read().decode("utf-8", "replace")
            )
        finally:
            connection.close()


@contextlib.contextmanager
def nginx(project: Path, settings: Mapping[str, str], root: str = "backend/public") -> Iterator[WebServer]:
    """Run nginx with PHP-FPM."""
    with WebServer(project, root) as server:
        server.configure(settings)
        folder = server.folder
        (folder / "fpm.conf").write_text(
            f"[global]\nerror_log = {folder}/fpm.log\ndaemonize = no\n{server.block('ini')}"
            f"php_admin_value[opcache.revalidate_freq] = 0\n"
        )
        temporary = "".join(
            f"{name}_temp_path {folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off;\nworker_processes 2;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n"
            f"events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\ngzip on;\ngzip_types *;\n{temporary}"
            f"{server.block('nginx')}}}\n".replace("include fastcgi.conf", "include /etc/nginx/fastcgi.conf")
        )
        server.start([fpm(), "--nodaemonize", "--fpm-config", f"{folder}/fpm.conf"])
        server.start([str(NGINX), "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"])
        server.wait()
        yield server


@contextlib.contextmanager
def apache(
    project: Path, settings: Mapping[str, str], root: str = "backend/public", *, guard: str = "README"
) -> Iterator[WebServer]:
    """Run Apache with mod_php; `guard` denies access: the README's block, `.htaccess` or nothing."""
    with WebServer(project, root) as server:
        server.configure(settings)
        folder = server.folder
        modules = "".join(
            f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in MODULES
        )
        log = "" if guard == "README" else f"php_admin_value error_log {folder}/php.log\n"
        override = "All" if guard == ".htaccess" else "None"
        open_to_all = (
            f"<VirtualHost 127.0.0.1:{server.port}>\nSSLEngine on\n"
            f"SSLCertificateFile {folder}/fullchain.pem\nSSLCertificateKeyFile {folder}/privkey.pem\n"
            f"DocumentRoot {server.project / root}\n"
            f"<Directory {server.project}>\nAllowOverride {override}\nRequire all granted\n</Directory>\n"
            "</VirtualHost>\n"
        )
        (folder / "apache.conf").write_text(
            f"ServerName localhost\nServerRoot {folder}\nPidFile {folder}/apache.pid\n"
            f"DefaultRuntimeDir {folder}\nErrorLog {folder}/apache.log\n{modules}"
            f"Listen 127.0.0.1:{server.port}\n"
            f"LoadModule php_module {apache_module()}\nTypesConfig /etc/mime.types\n"
            "AddOutputFilterByType DEFLATE text/html text/plain application/json\n"
            '<FilesMatch "\\.php$">\nSetHandler application/x-httpd-php\n</FilesMatch>\n'
            f"{log}php_admin_value opcache.revalidate_freq 0\n"
            "StartServers 4\nMaxRequestWorkers 16\nServerLimit 16\n"
            "<Directory />\nRequire all granted\n</Directory>\n"
            + (server.block("apache") if guard == "README" else open_to_all)
        )
        server.start([str(APACHE), "-D", "FOREGROUND", "-f", f"{folder}/apache.conf"])
        server.wait()
        yield server
