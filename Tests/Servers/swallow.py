"""A server that speaks just enough S3 to be given gigabytes, and forgets them: for measuring a client's memory.

    swallow.py      the first line says on which port it listens; then questions, see lines.py

The bucket is empty and has sufficient CORS. Uploads of any size, whole or in parts, are answered with an ETag that is no MD5.
"""

import http.server
import threading
import urllib.parse

import lines

CORS = b"""<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>\
<AllowedMethod>HEAD</AllowedMethod><AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>\
<MaxAgeSeconds>3600</MaxAgeSeconds></CORSRule></CORSConfiguration>"""
LISTING = b"<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>"
STARTED = b"<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
COMPLETED = b'<CompleteMultipartUploadResult><ETag>"swallowed-1"</ETag></CompleteMultipartUploadResult>'

swallowed = {"bytes": 0, "bodies": 0}
lock = threading.Lock()


class Swallow(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def drain(self):
        left = int(self.headers.get("Content-Length") or 0)
        with lock:
            swallowed["bytes"] += left
            swallowed["bodies"] += 1
        buffer = memoryview(bytearray(1 << 20))
        while left:
            count = self.rfile.readinto1(buffer[: min(left, len(buffer))])
            if not count:
                raise ConnectionError("the client went away")
            left -= count

    def answer(self, status, body=b"", **headers):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    @property
    def query(self):
        return dict(urllib.parse.parse_qsl(self.path.partition("?")[2], keep_blank_values=True))

    def do_GET(self):
        self.answer(200, CORS if "cors" in self.query else LISTING, Content_Type="application/xml")

    def do_HEAD(self):
        self.answer(404)

    def do_PUT(self):
        self.drain()
        self.answer(200, ETag='"swallowed"')

    def do_POST(self):
        self.drain()
        self.answer(200, STARTED if "uploads" in self.query else COMPLETED, Content_Type="application/xml")

    def do_DELETE(self):
        self.answer(204)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def main():
    server = Server(("127.0.0.1", 0), Swallow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    lines.serve({"swallowed": lambda: swallowed})


if __name__ == "__main__":
    main()
