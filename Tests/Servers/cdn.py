"""The interfaces of three content delivery networks, built from their documentation: CloudFront, Bunny CDN, Cloudflare.

    cdn.py      the first line says on which port it listens; then questions, see lines.py

A request that the documentation does not allow is answered as the network would and noted with what is wrong about it. CloudFront's bodies are
read by the service model that botocore ships, written anew by botocore and compared; its signatures are made anew by botocore's signer.
"""

import datetime
import http.server
import json
import re
import threading
import urllib.parse
import xml.etree.ElementTree as ET

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.loaders
import botocore.model
import botocore.serialize
import botocore.validate

import lines

MODEL = botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model("cloudfront", "service-2", "2020-05-31"), "cloudfront")
NAMESPACE = "{http://cloudfront.amazonaws.com/doc/2020-05-31/}"
KEYS = {"access": "", "secret": "", "bunny": "BUNNY-SECRET", "cloudflare": "CLOUDFLARE-SECRET"}


class Wrong(Exception):
    """What a request is refused for."""

    def __init__(self, status, code, message):
        super().__init__(f"{code}: {message}")
        self.status, self.code, self.message = status, code, message


def parsed(element, shape):
    """An element as the value of a shape; what the shape does not know is refused."""
    if shape.type_name == "structure":
        members = {s.serialization.get("name", n): (n, s) for n, s in shape.members.items()}
        value = {}
        for child in element:
            name = child.tag.removeprefix(NAMESPACE)
            if name not in members or not child.tag.startswith(NAMESPACE) or name in value:
                raise Wrong(400, "MalformedXML", f"unexpected element {child.tag}")
            value[members[name][0]] = parsed(child, members[name][1])
        return value
    if shape.type_name == "list":
        name = shape.member.serialization.get("name", "member")
        if any(child.tag != NAMESPACE + name for child in element):
            raise Wrong(400, "MalformedXML", f"a list of {name} holds something else")
        return [parsed(child, shape.member) for child in element]
    return int(element.text) if shape.type_name == "integer" else element.text or ""


class CloudFront:
    """CreateInvalidation and GetInvalidation."""

    made = {}
    looks = 0

    @classmethod
    def answer(cls, method, path, headers, body, url):
        found = re.fullmatch(r"/2020-05-31/distribution/([A-Z0-9]+)/invalidation(?:/([A-Z0-9]+))?", path)
        if not found:
            raise Wrong(404, "UnknownOperationException", path)
        cls.check_signature(method, headers, body, url)
        if method == "GET" and found[2]:
            if found[2] not in cls.made:
                raise Wrong(404, "NoSuchInvalidation", found[2])
            cls.looks -= 1
            return 200, cls.document(found[2], cls.made[found[2]]), []
        if method != "POST" or found[2]:
            raise Wrong(405, "MethodNotAllowed", method)
        batch = cls.check_batch(body)
        paths = batch["Paths"]["Items"]
        if batch["Paths"]["Quantity"] != len(paths):
            raise Wrong(400, "InconsistentQuantities", "Quantity is not the number of items")
        for item in paths:
            if not item.startswith("/") or not item.isascii() or re.search(r"[\s<>\"#{}|\\^~\[\]`?]", item) or re.search(r"%(?![0-9A-F]{2})", item):
                raise Wrong(400, "InvalidArgument", f"the path {item}")
        if len(paths) > 3000 or sum(item.endswith("*") for item in paths) > 15:
            raise Wrong(400, "TooManyInvalidationsInProgress", "too many paths")
        for name, known in cls.made.items():
            if known["CallerReference"] == batch["CallerReference"]:
                if known != batch:
                    raise Wrong(400, "InvalidArgument", "the reference was used for another batch")
                return 201, cls.document(name, batch), paths
        name = f"I{len(cls.made) + 1:013d}"
        cls.made[name] = batch
        return 201, cls.document(name, batch), paths

    @classmethod
    def document(cls, name, batch):
        status = "InProgress" if cls.looks > 0 else "Completed"
        return (f'<?xml version="1.0"?>\n<Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>{name}</Id><Status>{status}</Status>'
                f"<CreateTime>2026-01-01T00:00:00Z</CreateTime><InvalidationBatch><CallerReference>{batch['CallerReference']}</CallerReference>"
                "</InvalidationBatch></Invalidation>").encode()

    @staticmethod
    def check_batch(body):
        operation = MODEL.operation_model("CreateInvalidation")
        shape = operation.input_shape.members["InvalidationBatch"]
        try:
            root = ET.fromstring(body)
        except ET.ParseError as error:
            raise Wrong(400, "MalformedXML", str(error)) from error
        if root.tag != NAMESPACE + shape.serialization.get("name", "InvalidationBatch"):
            raise Wrong(400, "MalformedXML", root.tag)
        batch = parsed(root, shape)
        parameters = {"DistributionId": "E1", "InvalidationBatch": batch}
        report = botocore.validate.ParamValidator().validate(parameters, operation.input_shape)
        if report.has_errors():
            raise Wrong(400, "MalformedXML", report.generate_report())
        ours = botocore.serialize.create_serializer("rest-xml").serialize_to_request(parameters, operation)["body"]
        if sorted(ET.tostring(child) for child in ET.fromstring(ours)) != sorted(ET.tostring(child) for child in root):
            raise Wrong(400, "MalformedXML", "botocore writes it otherwise")
        return batch

    @staticmethod
    def check_signature(method, headers, body, url):
        given = headers.get("Authorization", "")
        signed = re.search(r"SignedHeaders=([^,]+)", given)
        if not signed or "/us-east-1/cloudfront/aws4_request" not in given:
            raise Wrong(403, "IncompleteSignature", given[:40])
        when = datetime.datetime.strptime(headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        if abs(datetime.datetime.now(datetime.timezone.utc) - when) > datetime.timedelta(minutes=5):
            raise Wrong(403, "SignatureDoesNotMatch", "the time")
        botocore.auth.get_current_datetime = lambda *_, **__: when
        request = botocore.awsrequest.AWSRequest(method=method, url=url, data=body)
        for name in signed[1].split(";"):
            if name not in ("host", "x-amz-date"):
                request.headers[name] = headers[name]
        keys = botocore.credentials.Credentials(KEYS["access"], KEYS["secret"])
        botocore.auth.SigV4Auth(keys, "cloudfront", "us-east-1").add_auth(request)
        if request.headers["Authorization"] != given:
            raise Wrong(403, "SignatureDoesNotMatch", "botocore signs it otherwise")


def bunny(method, path, headers, query):
    """`POST /purge` and `POST /pullzone/{id}/purgeCache`."""
    if headers.get("AccessKey") != KEYS["bunny"]:
        raise Wrong(401, "Unauthorized", f"the key {headers.get('AccessKey')} is not known")
    if method != "POST":
        raise Wrong(405, "MethodNotAllowed", method)
    zone = re.fullmatch(r"/pullzone/(\d+)/purgeCache", path)
    if zone:
        return 204, b"", [f"pull zone {zone[1]}"]
    if path != "/purge" or not set(query) <= {"url", "async", "exactPath"} or "url" not in query:
        raise Wrong(400, "Bad", path)
    url = query["url"][0]
    # An address that ends in a slash means all below it, unless it is to be taken exactly.
    return 200, b"", [url + ("*" if url.endswith("/") and query.get("exactPath") != ["true"] else "")]


def cloudflare(method, path, headers, body):
    """`POST /zones/{zone}/purge_cache`."""
    if headers.get("Authorization") != f"Bearer {KEYS['cloudflare']}":
        raise Wrong(403, "10000", f"Authentication error with {headers.get('Authorization')}")
    if method != "POST" or not re.fullmatch(r"/client/v4/zones/[0-9a-f]{32}/purge_cache", path):
        raise Wrong(404, "7003", "Could not route")
    asked = json.loads(body)
    if headers.get("Content-Type") != "application/json" or len(asked) != 1:
        raise Wrong(400, "1012", "Request must contain one of purge_everything, files, tags, hosts or prefixes")
    field, members = next(iter(asked.items()))
    limit = {"files": 100, "prefixes": 30}.get(field, 0)
    if not 0 < len(members) <= limit:
        raise Wrong(400, "1134", f"{field}: {len(members)} members")
    for member in members:
        if (field == "files") != member.startswith(("https://", "http://")) or (field == "prefixes" and member.endswith("/")):
            raise Wrong(400, "1016", f"invalid {field}: {member}")
    return 200, json.dumps({"success": True, "errors": [], "messages": [], "result": {"id": "1"}}).encode(), [
        member + ("/*" if field == "prefixes" else "") for member in members]


class Network(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    lock = threading.Lock()
    requests = []
    faults = []

    def serve_one(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urllib.parse.urlsplit(self.path)
        query = urllib.parse.parse_qs(parts.query)
        with self.lock:
            network = "cloudfront" if parts.path.startswith("/2020-05-31/") else "cloudflare" if parts.path.startswith("/client/v4/") else "bunny"
            purged, wrong = [], None
            fault = self.faults.pop(0) if self.faults else None
            try:
                if fault:
                    raise Wrong(fault["status"], fault["code"], fault["message"])
                if network == "cloudfront":
                    status, answer, purged = CloudFront.answer(
                        self.command, parts.path, self.headers, body, f"http://{self.headers['Host']}{self.path}")
                elif network == "cloudflare":
                    status, answer, purged = cloudflare(self.command, parts.path, self.headers, body)
                else:
                    status, answer, purged = bunny(self.command, parts.path, self.headers, query)
            except Wrong as error:
                status, wrong = error.status, str(error)
                if network == "cloudfront":
                    answer = (f"<ErrorResponse><Error><Type>Sender</Type><Code>{error.code}</Code><Message>{error.message}</Message></Error>"
                              "<RequestId>r</RequestId></ErrorResponse>").encode()
                elif network == "cloudflare":
                    code = int(error.code) if error.code.isdigit() else 1000
                    answer = json.dumps({"success": False, "errors": [{"code": code, "message": error.message}], "result": None}).encode()
                else:
                    answer = json.dumps({"ErrorKey": error.code, "Message": error.message}).encode()
            self.requests.append({"network": network, "method": self.command, "status": status, "purged": purged, "wrong": wrong or ""})
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = serve_one

    def log_message(self, *_):
        pass


def log():
    """The requests since the last time this was asked."""
    with Network.lock:
        told, Network.requests[:] = list(Network.requests), []
    return told


def fail(status, code, message, times):
    """The next requests are answered so; none where `times` is 0."""
    with Network.lock:
        Network.faults[:] = [{"status": status, "code": code, "message": message}] * times


def keys(access, secret):
    """The keys that CloudFront knows."""
    KEYS.update(access=access, secret=secret)


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Network)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    lines.serve({"log": log, "fail": fail, "keys": keys})
