"""What bench.py is put together from: files, a stopwatch, a TLS terminator."""

import asyncio
import collections
import os
import pathlib
import random
import ssl
import subprocess
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent

Cost = collections.namedtuple("Cost", "wall cpu peak status")


def fill(folder, files, size):
    source = random.Random(1)
    for number in range(files):
        path = folder / f"{number // 100:03}" / f"{number:05}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.randbytes(size))


def change(folder, files):
    """Gives one file in a hundred new bytes, keeping its size and time."""
    for number in range(0, files, 100):
        path = folder / f"{number // 100:03}" / f"{number:05}.bin"
        status = path.stat()
        with path.open("r+b") as file:
            first = file.read(1)
            file.seek(0)
            file.write(bytes([first[0] ^ 1]))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def measure(command, environment, is_quiet=False):
    """Wall and CPU seconds and the peak of the resident memory, in MiB, of one run."""
    started = time.monotonic()
    silence = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)] if is_quiet else []
    pid = os.posix_spawn(command[0], command, environment, file_actions=silence)
    _, status, usage = os.wait4(pid, 0)
    return Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def row(name, cost):
    failed = f"   exit {cost.status}" if cost.status else ""
    print(f"{name:<24}{cost.wall:>8.2f}{cost.cpu:>8.2f}{cost.peak:>10.0f}{failed}", flush=True)


class Terminator:
    """Takes TLS off connections and passes what is in them to a server, as proxies before stores do; in a thread of this process."""

    def __init__(self, upstream, folder):
        place = urllib.parse.urlsplit(upstream)
        self.upstream = (place.hostname, place.port)
        self.certificate, key = str(folder / "tls.crt"), str(folder / "tls.key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate, key)
        self.loop = asyncio.new_event_loop()
        self.listening = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.run, daemon=True).start()
        self.listening.wait()
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)

    def run(self):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=self.context, limit=1 << 20))
        self.endpoint = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self.listening.set()
        self.loop.run_forever()

    async def serve(self, reader, writer):
        inner_reader, inner_writer = await asyncio.open_connection(*self.upstream, limit=1 << 20)
        await asyncio.gather(self.pump(reader, inner_writer), self.pump(inner_reader, writer), return_exceptions=True)

    @staticmethod
    async def pump(reader, writer):
        try:
            while data := await reader.read(1 << 18):
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()
