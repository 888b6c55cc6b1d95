"""A proxy before an S3 server that does to requests what networks and servers do.

    faults.py ENDPOINT [CERTIFICATE KEY]     the first line says on which port it listens; then questions, see lines.py

With a certificate it speaks TLS. What it does is told by a script, a list of rules; the first that fits a request decides, and a request
that none fits goes through. A rule is an object:

    operation   the S3 operation's name as recorder.py finds it, "Connect" for a connection that was just accepted; absent: any request
    key         a regular expression that the target (path and query) must contain
    skip        how many fitting requests go through first (0)
    times       how many it then holds for (1; -1: all)
    fault       one of

        refuse          the connection is reset, with `all` every other, too, and for `ms` milliseconds none is accepted: "connection refused"
        reset-request   reset when `at` bytes of the request's body were read
        stall-request   no further byte is read after `at` bytes of the request's body, until the client goes away
        hold            the same until the test says `release`; then the request goes on
        status          `status` with `code`, `headers` and `body` in its place; with `acted`, the server was asked first: only the answer is lost
        delay           the answer comes `ms` milliseconds later
        reset-response  reset when `at` bytes of the answer, counted from its first, were sent: the server has acted
        truncate        the connection ends in good order after `at` bytes of the answer
        stall-response  no further byte of the answer after `at`, until the client goes away
        length          Content-Length is `by` more, or fewer, than what follows
        garbage         bytes that are not HTTP in place of the answer
        lie             the answer with one bit of its content turned, all else as it was
        page            a page of a captive portal, with status 200, in place of the answer
        tls             bytes that are not TLS within the stream, after `at` bytes of the answer; for "Connect": in place of the handshake
        reset, stall    of "Connect" only: at once; never answered

`random` draws a fault for a share of the requests instead: which one depends on the seed, the request and how often it came, never on the order
in which connections happen to be served.
"""

import hashlib
import http.client
import os
import random
import re
import select
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse

import lines
import recorder

PATIENCE = 600  # seconds after which a hold ends by itself, so that a failing test ends
PAGE = b"<html><body>Welcome to the hotel! Please log in.</body></html>"


class Reset(Exception):
    """The connection is to end with RST."""


class Closed(Exception):
    """The connection is to end in good order."""


class Script:
    """The rules, and what became of the requests."""

    def __init__(self):
        self.changed = threading.Condition()
        self.rules = []
        self.seed, self.rate, self.kinds = 0, 0.0, []
        self.seen = {}
        self.entries = []
        self.holding = 0
        self.releases = 0

    def script(self, rules):
        """Takes the place of what was before, `random` included."""
        with self.changed:
            self.rules = [dict(rule, left=rule.get("times", 1), wait=rule.get("skip", 0)) for rule in rules]
            self.rate, self.seen = 0.0, {}

    def random(self, seed, percent, kinds=None):
        """From now on, where no rule fits, a fault for that share of all requests."""
        with self.changed:
            self.seed, self.rate, self.kinds, self.seen = seed, percent / 100, kinds or [], {}

    def log(self):
        """The requests since the last time this was asked, in the order in which they ended."""
        with self.changed:
            answer, self.entries = self.entries, []
            return answer

    def held(self, count=1):
        """Waits until so many requests are held, or stalled; answers how many are."""
        with self.changed:
            self.changed.wait_for(lambda: self.holding >= count, PATIENCE)
            return self.holding

    def release(self):
        """Lets all requests go on that are held now, and waits until they do."""
        with self.changed:
            self.releases += 1
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.holding == 0, PATIENCE)

    def note(self, entry):
        with self.changed:
            self.entries.append(entry)

    def pick(self, operation, target):
        """The fault for a request, or None."""
        with self.changed:
            for rule in self.rules:
                if rule.get("operation", operation if operation != "Connect" else None) != operation or rule["left"] == 0:
                    continue
                if "key" in rule and not re.search(rule["key"], target):
                    continue
                if rule["wait"] > 0:
                    rule["wait"] -= 1
                    continue
                rule["left"] -= 1
                return rule
            if self.rate and operation != "Connect":
                count = self.seen.get((operation, target), 0)
                self.seen[operation, target] = count + 1
                drawn = random.Random(hashlib.sha256(f"{self.seed} {operation} {target} {count}".encode()).digest())
                if drawn.random() < self.rate:
                    return self.draw(drawn, operation)
            return None

    def draw(self, drawn, operation):
        kind = drawn.choice(self.kinds or [
            "reset-request", "reset-request", "reset-response", "reset-response", "truncate", "status", "status", "status", "lost", "delay",
            "garbage", "page", "length", "refuse", "stall-request", "stall-response",
        ])
        at = drawn.choice([0, 1, drawn.randrange(400), drawn.randrange(100_000)])
        if kind == "page" and operation not in ("ListObjectsV2", "DeleteObjects", "GetBucketCors"):
            kind = "garbage"  # An answer without a document cannot be told from one with another's.
        if kind in ("status", "lost"):
            status, code = drawn.choice([(500, "InternalError"), (503, "SlowDown"), (503, ""), (502, ""), (504, ""), (429, ""), (408, "")])
            return {"fault": "status", "status": status, "code": code, "acted": kind == "lost"}
        return {"fault": kind, "at": at, "ms": 50, "by": drawn.choice([-3, 3, 1000])}

    def wait(self, connection, forever):
        """Stands still until the client goes away, or, unless `forever`, the test says so."""
        with self.changed:
            self.holding += 1
            before = self.releases
            self.changed.notify_all()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with self.changed:
                if not forever and self.changed.wait_for(lambda: self.releases > before, 0.02):
                    break
            if connection.is_gone(0.02 if forever else 0):
                break
        with self.changed:
            self.holding -= 1
            self.changed.notify_all()


class Connection:
    """One connection of the client, with one of its own to the server."""

    def __init__(self, raw, proxy):
        self.raw = self.stream = raw
        self.proxy, self.script = proxy, proxy.script
        proxy.streams.add(raw)
        self.pending = b""
        self.upstream = http.client.HTTPConnection(*proxy.upstream)

    def run(self):
        try:
            fault = self.script.pick("Connect", "")
            if fault:
                self.script.note({"operation": "Connect", "target": "", "fault": fault["fault"], "status": 0, "bytes": 0, "acted": False})
                self.spoil(fault)
            if self.proxy.context:
                self.stream = self.proxy.context.wrap_socket(self.stream, server_side=True)
            while self.serve():
                pass
        except Reset:
            self.stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except (Closed, OSError, ValueError, http.client.HTTPException):
            pass
        finally:
            self.proxy.streams.discard(self.raw)
            self.stream.close()
            self.upstream.close()

    def spoil(self, fault):
        """What happens to a connection before anything is read."""
        if fault["fault"] == "stall":
            self.script.wait(self, forever=True)
        if fault["fault"] == "tls":
            self.stream.recv(100)
            self.stream.sendall(b"\x16\x03\x03\x40\x00not a handshake" * 20)
            raise Closed
        if fault["fault"] == "refuse":
            self.proxy.refuse(fault)
        raise Reset

    def is_gone(self, seconds):
        """Waits so long at most; true where the client has closed its side. What it sends meanwhile stays unread."""
        poll = select.poll()
        poll.register(self.stream, select.POLLRDHUP)
        return bool(poll.poll(seconds * 1000))

    def head(self):
        """The request's line and fields, or None where the client has nothing more to say."""
        while b"\r\n\r\n" not in self.pending:
            more = self.stream.recv(65536)
            if not more:
                return None
            self.pending += more
        head, self.pending = self.pending.split(b"\r\n\r\n", 1)
        first, *fields = head.decode("latin-1").split("\r\n")
        return first.split(" "), [tuple(part.strip() for part in field.split(":", 1)) for field in fields]

    def body(self, count):
        """`count` further bytes of the request's body."""
        parts = []
        while count:
            if not self.pending:
                self.pending = self.stream.recv(min(count, 1 << 20))
                if not self.pending:
                    raise Closed
            parts.append(self.pending[:count])
            self.pending = self.pending[count:]
            count -= len(parts[-1])
        return b"".join(parts)

    def serve(self):
        """One request; false where there is none."""
        parsed = self.head()
        if parsed is None:
            return False
        (method, target, _), fields = parsed
        headers = {name.lower(): value for name, value in fields}
        path, _, query = target.partition("?")
        operation = recorder.operation(method, path, query, headers)
        size = int(headers.get("content-length", 0))
        fault = self.script.pick(operation, target) or {"fault": ""}
        kind = fault["fault"]
        entry = {"operation": operation, "target": target, "fault": kind, "status": 0, "bytes": size, "acted": False}
        if kind.startswith("stall"):
            # Noted at once: it ends only when the client has gone.
            self.script.note(dict(entry, acted=kind == "stall-response"))
        try:
            if "expect" in headers:
                self.stream.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            at = min(fault.get("at", 0), size)
            if kind == "refuse":
                self.proxy.refuse(fault)
                raise Reset
            if kind in ("reset-request", "stall-request", "hold"):
                body = self.body(at)
                if kind == "reset-request":
                    raise Reset
                self.script.wait(self, forever=kind == "stall-request")
                if kind == "stall-request":
                    raise Reset
                body += self.body(size - at)
            else:
                body = self.body(size)
            if kind == "status" and not fault.get("acted"):
                entry["status"] = fault["status"]
                self.stream.sendall(self.refusal(method, fault))
                return True
            status, reason, answered, content = self.ask(method, target, fields, body)
            entry["status"], entry["acted"] = status, True
            if kind == "status":
                entry["status"] = fault["status"]
                self.stream.sendall(self.refusal(method, fault))
                return True
            self.answer(fault, method, status, reason, answered, content)
            return kind not in ("length", "garbage")
        finally:
            if not kind.startswith("stall"):
                self.script.note(entry)

    def ask(self, method, target, fields, body):
        """The server's own answer."""
        self.upstream.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in fields:
            if name.lower() not in ("expect", "connection"):
                self.upstream.putheader(name, value)
        self.upstream.endheaders(body or None)
        answer = self.upstream.getresponse()
        return answer.status, answer.reason, answer.getheaders(), answer.read()

    def refusal(self, method, fault):
        code = fault.get("code", "")
        text = fault.get("body", f"<Error><Code>{code}</Code><Message>by script</Message></Error>" if code else "")
        content = text.encode() if method != "HEAD" else b""
        lines_ = [f"HTTP/1.1 {fault['status']} Scripted", f"Content-Length: {len(content)}"]
        lines_ += [f"{name}: {value}" for name, value in fault.get("headers", {}).items()]
        return "\r\n".join(lines_ + ["", ""]).encode() + content

    def answer(self, fault, method, status, reason, fields, content):
        kind = fault["fault"]
        if kind == "delay":
            time.sleep(fault.get("ms", 100) / 1000)
        if kind == "garbage":
            return self.stream.sendall(b"\x00\x8f" * 40 + b"\r\n\r\n")
        if kind == "lie" and content:
            content = bytes([content[0] ^ 1]) + content[1:]
        if kind == "page":
            content, fields = PAGE, [("Content-Type", "text/html")]
            status, reason = 200, "OK"
        length = len(content)
        if method == "HEAD":
            length = next((int(value) for name, value in fields if name.lower() == "content-length"), None)
        if kind == "length":
            length = max(0, (length or 0) + fault.get("by", 3))
        lines_ = [f"HTTP/1.1 {status} {reason}"]
        lines_ += [
            f"{name}: {value}" for name, value in fields if name.lower() not in ("transfer-encoding", "connection", "content-length", "keep-alive")
        ]
        if length is not None and status not in (204, 304):
            lines_.append(f"Content-Length: {length}")
        raw = "\r\n".join(lines_ + ["", ""]).encode("latin-1") + (b"" if method == "HEAD" else content)
        if kind in ("reset-response", "truncate", "stall-response", "tls"):
            # Within the answer: one that is whole is no fault.
            at = min(fault.get("at", 0), max(len(raw) - 1, 0))
            self.stream.sendall(raw[:at])
            if kind == "reset-response":
                raise Reset
            if kind == "truncate":
                raise Closed
            if kind == "tls":
                self.raw_send(b"\x17\x03\x03\x00\x20" + b"this is not what was agreed on.." + b"\x00" * 8)
                raise Closed
            self.script.wait(self, forever=True)
            raise Reset
        self.stream.sendall(raw)

    def raw_send(self, content):
        """Sends past TLS."""
        with socket.socket(fileno=os.dup(self.stream.fileno())) as below:
            below.sendall(content)


class Proxy:
    def __init__(self, upstream, script, context):
        self.upstream, self.script, self.context = upstream, script, context
        # Asked for by number a port stays the socket's own while it does not listen; what the system chooses does not.
        with socket.socket() as chosen:
            self.listener = socket.socket()
            for one in (chosen, self.listener):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            chosen.bind(("127.0.0.1", 0))
            self.listener.bind(chosen.getsockname())
        # Small, so that a large body is still being read from its file when the first bytes of it are held here.
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 10)
        self.listener.listen(512)
        self.lock = threading.Lock()
        self.streams = set()

    def refuse(self, fault):
        """For a while a connection is refused: on Linux a socket that was shut down may listen again."""
        with self.lock:
            self.listener.shutdown(socket.SHUT_RDWR)
            for stream in list(self.streams) if fault.get("all") else []:
                try:
                    stream.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # It ended by itself.
            time.sleep(fault.get("ms", 100) / 1000)
            self.listener.listen(512)

    def accept(self):
        while True:
            try:
                raw, _ = self.listener.accept()
            except OSError:
                time.sleep(0.005)
                continue
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Connection(raw, self).run, daemon=True).start()


def main():
    place = urllib.parse.urlsplit(sys.argv[1])
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    script = Script()
    proxy = Proxy((place.hostname, place.port), script, context)
    threading.Thread(target=proxy.accept, daemon=True).start()
    print(proxy.listener.getsockname()[1], flush=True)
    lines.serve({
        "script": script.script, "random": script.random, "log": script.log, "held": script.held, "release": script.release,
    })


if __name__ == "__main__":
    main()
