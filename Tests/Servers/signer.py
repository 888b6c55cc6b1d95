"""Signs requests with botocore, to be compared with our own signatures, stage by stage.

    signer.py < questions           answers `sign`: a list of requests, a list of stages
    signer.py --table > FILE        writes the project's own vectors, Tests/S3Tests/SigV4AgreementTable.swift

A request has: method, base (scheme and host and what precedes the key), key and query as base64 of UTF-8, headers, payload (what
x-amz-content-sha256 says), access, secret, token, time, region, and, for a presigned URL, expires.
"""

import base64
import datetime
import sys
import urllib.parse

import botocore
import botocore.auth
import botocore.awsrequest
import botocore.credentials

import lines


def text(data):
    return base64.b64decode(data).decode("utf-8")


def quote(value, safe=""):
    return urllib.parse.quote(value, safe=safe + "-_.~")


def stages(request):
    """The stages of one signature, computed by botocore alone."""
    url = request["base"] + quote(text(request["key"]), "/")
    if request["query"]:
        url += "?" + "&".join(quote(text(name)) + "=" + quote(text(value)) for name, value in request["query"])
    credentials = botocore.credentials.Credentials(request["access"], request["secret"], request["token"])
    expires = request.get("expires")
    kind = botocore.auth.S3SigV4QueryAuth if expires else botocore.auth.S3SigV4Auth

    class Auth(kind):
        """Keeps what it computes; takes the payload's hash as given, since the payload itself is not here."""

        def payload(self, _):
            return request["payload"]

        def string_to_sign(self, made, canonical):
            self.canonical = canonical
            self.to_sign = super().string_to_sign(made, canonical)
            return self.to_sign

        def signature(self, to_sign, made):
            self.final = super().signature(to_sign, made)
            return self.final

    when = datetime.datetime.fromtimestamp(request["time"], datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda *_, **__: when
    auth = Auth(credentials, "s3", request["region"], **({"expires": expires} if expires else {}))
    made = botocore.awsrequest.AWSRequest(method=request["method"], url=url)
    for name, value in request["headers"]:
        made.headers.add_header(name, value)
    auth.add_auth(made)
    return {"url": url, "canonical": auth.canonical, "toSign": auth.to_sign, "signature": auth.final, "authorization": made.headers.get("Authorization", "")}


def encoded(value):
    return base64.b64encode(value.encode("utf-8")).decode()


EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
HASH = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"
LONG = "IQoJb3JpZ2luX2VjEPT//////////wEaCXVzLWVhc3QtMSJHMEUCIQ=="

# name, method, base, key, query, headers, payload, token, expires
VECTORS = [
    ("a plain key", "GET", "https://photos.s3.eu-west-1.amazonaws.com/", "a.jpg", [], [], EMPTY, None, None),
    ("spaces", "GET", "https://photos.s3.eu-west-1.amazonaws.com/", "a b  c.jpg", [], [], EMPTY, None, None),
    ("plus signs", "PUT", "https://photos.s3.eu-west-1.amazonaws.com/", "1+1=2.jpg", [], [], HASH, None, None),
    ("percent signs", "PUT", "https://photos.s3.eu-west-1.amazonaws.com/", "100%.jpg", [], [], HASH, None, None),
    ("what looks encoded", "PUT", "https://photos.s3.eu-west-1.amazonaws.com/", "a%20b%2Fc", [], [], HASH, None, None),
    ("composed letters", "GET", "https://photos.s3.eu-west-1.amazonaws.com/", "caf\u00e9/\u00fcber.jpg", [], [], EMPTY, None, None),
    ("decomposed letters", "GET", "https://photos.s3.eu-west-1.amazonaws.com/", "cafe\u0301/u\u0308ber.jpg", [], [], EMPTY, None, None),
    ("beyond the basic plane", "GET", "https://photos.s3.eu-west-1.amazonaws.com/", "\U0001f600/\U00020000", [], [], EMPTY, None, None),
    ("two slashes", "GET", "http://127.0.0.1:9000/photos/", "a//b", [], [], EMPTY, None, None),
    ("slashes in front", "GET", "http://127.0.0.1:9000/photos/", "//a", [], [], EMPTY, None, None),
    ("a slash at the end", "PUT", "http://127.0.0.1:9000/photos/", "folder/", [], [], EMPTY, None, None),
    ("dots", "GET", "http://127.0.0.1:9000/photos/", "a/./b/../c", [], [], EMPTY, None, None),
    ("only dots", "GET", "http://127.0.0.1:9000/photos/", "..", [], [], EMPTY, None, None),
    ("reserved characters", "GET", "http://127.0.0.1:9000/photos/", "!\"#$&'()*,:;<>?@[\\]^`{|}", [], [], EMPTY, None, None),
    ("unreserved characters", "GET", "http://127.0.0.1:9000/photos/", "-._~AZaz09", [], [], EMPTY, None, None),
    ("control characters", "DELETE", "http://127.0.0.1:9000/photos/", "tab\tline\nend\u0001\u007f", [], [], EMPTY, None, None),
    ("IPv6", "GET", "http://[::1]:9000/photos/", "a", [], [], EMPTY, None, None),
    ("the scheme's own port", "GET", "https://s3.example.com:443/photos/", "a", [], [], EMPTY, None, None),
    ("an endpoint with a path", "GET", "https://s3.example.com/storage/v1/s3/photos/", "a b", [], [], EMPTY, None, None),
    ("the first page", "GET", "https://photos.s3.eu-west-1.amazonaws.com/", "", [("encoding-type", "url"), ("list-type", "2"), ("prefix", "a b/+%")], [], EMPTY, None, None),
    ("a further page", "GET", "https://photos.s3.eu-west-1.amazonaws.com/", "", [("prefix", "\u00e9/"), ("continuation-token", "1/x+y=="), ("list-type", "2"), ("start-after", "a&b=c")], [], EMPTY, None, None),
    ("a parameter without a value", "PUT", "http://127.0.0.1:9000/photos", "", [("cors", "")], [("Content-Type", "application/xml"), ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")], HASH, None, None),
    ("equal names", "GET", "http://127.0.0.1:9000/photos/", "a", [("b", "2"), ("b", "1"), ("B", "3"), ("a-b", "4"), ("a", "5")], [], EMPTY, None, None),
    ("headers", "PUT", "http://127.0.0.1:9000/photos/", "a.jpg", [], [("Content-Type", "image/jpeg"), ("Cache-Control", "public,  max-age=31536000 "), ("x-amz-meta-sha256", HASH), ("X-Amz-Meta-Title", "Caf\u00e9")], HASH, None, None),
    ("an unsigned payload", "PUT", "https://s3.example.com/photos/", "a.jpg", [], [], "UNSIGNED-PAYLOAD", None, None),
    ("a session token", "PUT", "https://photos.s3.eu-west-1.amazonaws.com/", "a b.jpg", [], [("Content-Type", "image/jpeg")], HASH, LONG, None),
    ("a copy", "PUT", "http://127.0.0.1:9000/photos/", "b c", [], [("x-amz-copy-source", "/photos/a%20b"), ("x-amz-metadata-directive", "REPLACE"), ("x-amz-copy-source-if-match", "\"9b2cf535f27731c974343645a3985328\"")], EMPTY, None, None),
    ("a presigned URL", "GET", "https://photos.s3.eu-west-1.amazonaws.com/", "a b+c/\u00e9.jpg", [], [], "UNSIGNED-PAYLOAD", None, 86400),
    ("a presigned URL with a query", "GET", "http://127.0.0.1:9000/photos/", "a//b", [("response-content-disposition", "attachment; filename=\"a b.jpg\""), ("versionId", "x")], [], "UNSIGNED-PAYLOAD", None, 60),
    ("a presigned URL with a token and a header", "PUT", "https://photos.s3.eu-west-1.amazonaws.com/", "a", [], [("x-amz-acl", "public-read")], "UNSIGNED-PAYLOAD", LONG, 604800),
]


def table():
    print(f"// Written by Tests/Servers/signer.py --table with botocore {botocore.__version__}; do not edit.")
    print("// swift-format-ignore-file\n\nimport HTTP\n")
    print("extension SigV4AgreementTests {\n    static let vectors: [Vector] = [")
    # JSON's string escapes are not Swift's: every character outside printable ASCII is written as \u{…}.
    def literal(value):
        if value is None:
            return "nil"
        return '"' + "".join(
            "\\" + c if c in '"\\' else "\\n" if c == "\n" else c if " " <= c <= "~" else "\\u{%x}" % ord(c) for c in value) + '"'

    def pairs(values):
        return "[" + ", ".join(f"({literal(a)}, {literal(b)})" for a, b in values) + "]"

    for name, method, base, key, query, headers, payload, token, expires in VECTORS:
        made = stages({
            "method": method, "base": base, "key": encoded(key), "query": [(encoded(a), encoded(b)) for a, b in query], "headers": headers,
            "payload": payload, "access": "AKIDEXAMPLE", "secret": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token": token,
            "time": 1440938160, "region": "eu-west-1", "expires": expires})
        print(f"        Vector({literal(name)}, .{method.lower()}, {literal(base)}, key: {literal(key)}, query: {pairs(query)},")
        print(f"            headers: {pairs(headers)}, payload: {literal(payload)}, token: {literal(token)}, expires: {expires or 'nil'},")
        print(f"            canonicalRequest: {literal(made['canonical'])},")
        print(f"            stringToSign: {literal(made['toSign'])},")
        print(f"            signature: {literal(made['signature'])}),")
    print("    ]\n}")


if "--table" in sys.argv:
    table()
else:
    lines.serve({"sign": lambda requests: [stages(request) for request in requests]})
