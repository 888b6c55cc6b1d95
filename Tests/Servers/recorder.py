"""A proxy before an S3 server that keeps a log of the requests and counts the uploads at work at once.

    recorder.py ENDPOINT      the first line says on which port it listens; then questions, see lines.py

`gate` makes uploads, but for the first `after`, wait until `open`. `hold` makes the next uploads wait until that many are at work at once and then no further one has come for a quarter of a
second: a client that is able to reach the number reaches it, however slow the machine, and one that goes beyond it is seen.
"""

import http.client
import http.server
import sys
import threading
import time
import urllib.parse

import lines

QUIET = 0.25  # seconds without a further upload after which no further one is expected
PATIENCE = 30  # seconds after which a held upload goes on although the number was not reached


class Record:
    """What the proxy saw, and the barrier."""

    def __init__(self):
        self.changed = threading.Condition()
        self.requests = []
        self.wanted = self.working = self.peak = 0
        self.arrival = 0.0
        self.gated = False
        self.passing = self.waiting = 0
        self.losing = None

    def lose(self, operation):
        """The next answer to this operation does not reach the client."""
        with self.changed:
            self.losing = operation

    def loses(self, operation):
        with self.changed:
            is_lost = self.losing == operation
            if is_lost:
                self.losing = None
            return is_lost

    def log(self):
        """The requests since the last time this was asked."""
        with self.changed:
            answer, self.requests = self.requests, []
            return answer

    def hold(self, count):
        with self.changed:
            self.wanted, self.peak = count, 0

    def gate(self, after=0):
        with self.changed:
            self.gated, self.passing = True, after

    def arrived(self):
        """Waits until an upload stands before the gate."""
        with self.changed:
            return self.changed.wait_for(lambda: self.waiting > 0, PATIENCE)

    def open(self):
        with self.changed:
            self.gated = False
            self.changed.notify_all()

    def highest(self):
        with self.changed:
            return self.peak

    def add(self, entry):
        with self.changed:
            self.requests.append(entry)

    def begin(self):
        """An upload has arrived whole; answers when it may go on."""
        with self.changed:
            self.working += 1
            self.peak = max(self.peak, self.working)
            self.arrival = time.monotonic()
            self.changed.notify_all()
            deadline = self.arrival + PATIENCE
            if self.passing > 0:
                self.passing -= 1
            else:
                self.waiting += 1
                self.changed.notify_all()
                self.changed.wait_for(lambda: not self.gated, PATIENCE)
                self.waiting -= 1
            while self.wanted:
                now = time.monotonic()
                enough = self.working >= self.wanted and now - self.arrival >= QUIET
                if enough or now >= deadline:
                    self.wanted = 0
                    self.changed.notify_all()
                    return
                self.changed.wait(QUIET / 5)

    def end(self):
        with self.changed:
            self.working -= 1


def operation(method, path, query, headers):
    """The S3 operation's name (Amazon S3 API Reference), as far as galleria-deploy and its tests use it."""
    parts = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
    bucket = "/" not in urllib.parse.urlsplit(path).path.strip("/")
    for name, noun in (("cors", "BucketCors"), ("lifecycle", "BucketLifecycleConfiguration"), ("website", "BucketWebsite"),
                       ("policy", "BucketPolicy"), ("versioning", "BucketVersioning"), ("location", "BucketLocation")):
        if bucket and name in parts:
            return method.capitalize() + noun
    if not bucket and "tagging" in parts:
        return method.capitalize() + "ObjectTagging"
    if method == "GET":
        if bucket:
            return "ListObjectsV2" if parts.get("list-type") == "2" else "ListMultipartUploads" if "uploads" in parts else "ListObjects"
        return "ListParts" if "uploadId" in parts else "GetObjectAcl" if "acl" in parts else "GetObject"
    if method == "HEAD":
        return "HeadBucket" if bucket else "HeadObject"
    if method == "PUT":
        if bucket:
            return "CreateBucket"
        if "uploadId" in parts:
            return "UploadPartCopy" if "x-amz-copy-source" in headers else "UploadPart"
        return "CopyObject" if "x-amz-copy-source" in headers else "PutObject"
    if method == "POST":
        return ("DeleteObjects" if "delete" in parts else "CreateMultipartUpload" if "uploads" in parts
                else "CompleteMultipartUpload" if "uploadId" in parts else "Post")
    if method == "DELETE":
        return "DeleteBucket" if bucket else "AbortMultipartUpload" if "uploadId" in parts else "DeleteObject"
    return method


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    record: Record
    upstream = ("", 0)

    def setup(self):
        super().setup()
        self.server_side = http.client.HTTPConnection(*self.upstream)

    def finish(self):
        self.server_side.close()
        super().finish()

    def forward(self):
        path, _, query = self.path.partition("?")
        name = operation(self.command, path, query, self.headers)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        upload = name in ("PutObject", "UploadPart")
        if upload:
            self.record.begin()
        try:
            self.server_side.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for header, value in self.headers.items():
                if header.lower() not in ("expect", "connection"):
                    self.server_side.putheader(header, value)
            self.server_side.endheaders(body or None)
            answer = self.server_side.getresponse()
            content = answer.read()
        finally:
            # Before the answer leaves: once the client has it, its next upload is no longer at work beside this one.
            if upload:
                self.record.end()
        self.record.add({
            "method": self.command, "target": self.path, "operation": name, "status": answer.status, "bytes": len(body),
            "headers": {header.lower(): value for header, value in self.headers.items()},
        })
        if self.record.loses(name):
            self.close_connection = True
            return
        self.send_response_only(answer.status, answer.reason)
        for header, value in answer.getheaders():
            if header.lower() not in ("transfer-encoding", "connection", "content-length"):
                self.send_header(header, value)
        length = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(content))
        if length is not None and answer.status not in (204, 304):
            self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = forward

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def main():
    place = urllib.parse.urlsplit(sys.argv[1])
    record = Record()
    handler = type("Handler", (Proxy,), {"record": record, "upstream": (place.hostname, place.port)})
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    lines.serve({
        "log": record.log, "hold": record.hold, "peak": record.highest, "gate": record.gate, "arrived": record.arrived, "open": record.open,
        "lose": record.lose,
    })


if __name__ == "__main__":
    main()
