"""What may stand before a bucket: a content delivery network, good or bad, or a store that knows no CORS rules. A proxy that forwards all else.

    front.py ENDPOINT      the first line says on which port it listens; then questions, see lines.py

`behave` sets what it does from now on, and forgets what it kept:
    caches    keeps what a GET of a path is answered with, and does not vary by Origin
    rewrites  answers photos with other bytes
    strips    leaves these header fields of answers out
    visitors  answers all that comes without a signature itself: {"status": …, "headers": {…}}
    cors      answers `?cors` itself: {"status": …, "body": …, "headers": {…}}
    tags      objects have other entity tags than the digests of their bytes, and another one after every write, wherever tags are told or asked
              for: "kms" for such as look like an MD5, with the header that says how the object is encrypted; "opaque" for such as do not.
              Signed fields change on the way, so the server must not be strict with signatures.
"""

import hashlib
import http.client
import http.server
import re
import sys
import threading
import urllib.parse

import lines


class Tags:
    """Disguises entity tags. An object has one until it is written again, even with the same bytes."""

    def __init__(self, kind):
        self.kind, self.writes, self.real = kind, {}, {}

    def written(self, path):
        self.writes[path] = self.writes.get(path, 0) + 1

    def disguise(self, path, tag):
        text = f"{path} {tag} {self.writes.get(path, 0)}"
        other = hashlib.md5(text.encode()).hexdigest() if self.kind == "kms" else "opaque." + hashlib.sha1(text.encode()).hexdigest()
        self.real[other] = tag
        return other

    def undo(self, value):
        """A request's condition, as the server knows the tag."""
        return re.sub(r'[^", ]+', lambda found: self.real.get(found[0], found[0]), value)

    def in_document(self, content, path):
        """The tags of a listing's rows, or the one of a copy's or a completion's answer."""
        bucket = "/" + path.strip("/").split("/")[0] + "/"

        def row(found):
            key = urllib.parse.unquote_plus(re.search(rb"<Key>(.*?)</Key>", found[0], re.S)[1].decode())
            return tag(found[0], bucket + key)

        def tag(text, path):
            return re.sub(
                rb"<ETag>(&quot;|\"|)(.*?)(&quot;|\"|)</ETag>",
                lambda found: b"<ETag>" + found[1] + self.disguise(path, found[2].decode()).encode() + found[3] + b"</ETag>", text)

        if b"<Contents>" in content:
            return re.sub(rb"<Contents>.*?</Contents>", row, content, flags=re.S)
        return tag(content, path)


class Front(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    upstream = ("", 0)
    port = 0
    manners: dict = {}
    kept: dict = {}
    tags: Tags | None = None

    def answer(self, status, headers, content):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                self.send_header(name, value)
        if status not in (204, 304):
            told = dict((name.lower(), value) for name, value in headers).get("content-length")
            self.send_header("Content-Length", told if self.command == "HEAD" and told is not None else str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def forward(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query, keep_blank_values=True))
        own = self.manners.get("cors")
        if own is not None and "cors" in query:
            self.answer(own["status"], own.get("headers", {}).items(), own.get("body", "").encode())
            return
        other = self.manners.get("visitors")
        if other is not None and "Authorization" not in self.headers:
            self.answer(other["status"], other.get("headers", {}).items(), b"")
            return
        # What is asked with a signature is no visitor's business.
        caches = self.manners.get("caches") and self.command == "GET" and "Authorization" not in self.headers
        if caches and self.path in self.kept:
            status, headers, content = self.kept[self.path]
            self.answer(status, headers + [("Age", "4711")], content)
            return
        tags = self.tags
        connection = http.client.HTTPConnection(*self.upstream)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if tags and "match" in name.lower():
                value = tags.undo(value)
            if name.lower() not in ("expect", "connection"):
                connection.putheader(name, value)
        connection.endheaders(body or None)
        answer = connection.getresponse()
        content = answer.read()
        status, headers = answer.status, answer.getheaders()
        connection.close()
        headers = [(name, value) for name, value in headers if name.lower() not in self.manners.get("strips", [])]
        if tags and "partNumber" not in query:
            path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
            if self.command in ("PUT", "POST") and status == 200:
                tags.written(path)
            headers = [
                (name, '"' + tags.disguise(path, value.strip('"')) + '"') if name.lower() == "etag" else (name, value) for name, value in headers]
            if tags.kind == "kms" and any(name.lower() == "etag" for name, _ in headers):
                headers += [
                    ("x-amz-server-side-encryption", "aws:kms"), ("x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-east-1:1:key/1")]
            if "xml" in (answer.getheader("Content-Type") or ""):
                content = tags.in_document(content, path)
        if self.manners.get("rewrites") and "jp" in (answer.getheader("Content-Type") or ""):
            content += b"\0"
        if caches and status == 200:
            self.kept[self.path] = (status, headers, content)
        self.answer(status, headers, content)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = do_OPTIONS = forward

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def behave(**manners):
    Front.kept.clear()
    Front.manners = manners
    Front.tags = Tags(manners["tags"]) if "tags" in manners else None


def visit(path, origin):
    """Somebody else's page reads something here; the status."""
    connection = http.client.HTTPConnection("127.0.0.1", Front.port)
    connection.request("GET", path, headers={"Origin": origin})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def main():
    place = urllib.parse.urlsplit(sys.argv[1])
    Front.upstream = (place.hostname, place.port)
    server = Server(("127.0.0.1", 0), Front)
    Front.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    lines.serve({"behave": behave, "visit": visit})


if __name__ == "__main__":
    main()
