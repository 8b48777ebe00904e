"""A quick `faq` command for tests that call it hundreds of times: a server imports it once and forks for each call.

Imports and compiled templates, which take most of the time of a small build, are shared. Each call is a process of its
own, with the folder, environment and output of its caller.
"""

import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

CLIENT = """\
#!{python} -IS
import json, os, socket, sys
connection = socket.socket(socket.AF_UNIX)
connection.connect({socket_path!r})
call = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(connection, [call], [1, 2])
connection.shutdown(socket.SHUT_WR)
sys.exit(int(connection.recv(9) or 70))
"""


@contextmanager
def faq_command(folder: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Run the server; give a folder for PATH that holds a `faq` command."""
    socket_path = folder / "faq.socket"
    client = folder / "bin/faq"
    client.parent.mkdir()
    client.write_text(CLIENT.format(python=sys.executable, socket_path=str(socket_path)), encoding="utf-8")
    client.chmod(0o755)
    one_thread = {"OPENBLAS_NUM_THREADS": "1"}  # a process that forks must not have threads
    command = [sys.executable, __file__, str(socket_path)]
    with subprocess.Popen(command, env={**environment, **one_thread}, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        yield client.parent
        server.terminate()


def serve(socket_path: str) -> None:
    """Answer calls, one after the other, until this process is terminated."""
    from faq_builder.cli import main  # noqa: PLC0415 - only the server needs it

    cache_templates()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        main(["init", folder])
        main(["build", "-f", f"{folder}/mkdocs.yml"])  # compiles the templates
    gc.freeze()  # no collection of these objects, so children do not copy their memory
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(socket_path)
        listener.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            connection, _ = listener.accept()
            call, descriptors, _, _ = socket.recv_fds(connection, 1 << 20, 2)
            child = os.fork()
            if child == 0:
                connection.sendall(str(_call(main, call, descriptors)).encode())
                os._exit(0)
            os.waitpid(child, 0)
            for descriptor in descriptors:
                os.close(descriptor)
            connection.close()


def cache_templates() -> None:
    """Let Jinja compile each template once and list a theme's folder once, without the thousands of icons in `.icons`.

    Templates do not change during the tests, and MkDocs drops hidden files anyway, one by one.
    """
    compile_once, list_once = Environment.compile, FileSystemLoader.list_templates
    compiled: dict[tuple[object, ...], object] = {}
    listed: dict[tuple[str, ...], list[str]] = {}

    def compile_template(self: Environment, *arguments: object, **more: object) -> object:
        key = (type(self), *self.extensions, *arguments, *more.items())
        if key not in compiled:
            compiled[key] = compile_once(self, *arguments, **more)  # type: ignore[call-overload]
        return compiled[key]

    def list_templates(self: FileSystemLoader) -> list[str]:
        key = tuple(self.searchpath)
        if key not in listed:
            listed[key] = [name for name in list_once(self) if not name.startswith(".")]
        return listed[key].copy()

    Environment.compile = compile_template  # type: ignore[method-assign]
    FileSystemLoader.list_templates = list_templates  # type: ignore[method-assign]


def _call(main: Callable[[list[str]], int], call: bytes, descriptors: Sequence[int]) -> int:
    """Run a command as its caller would and return its exit code."""
    arguments, folder, environment = json.loads(call)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, number in zip(descriptors, (1, 2), strict=True):
        os.dup2(descriptor, number)
    try:
        code = main(arguments)
    except SystemExit as error:  # from argparse; any other error ends this process with its traceback
        code = error.code if isinstance(error.code, int) else 2
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    serve(sys.argv[1])
