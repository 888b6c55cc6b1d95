"""A machine's own metadata and a container's agent, which give credentials out: IMDSv2, and the protocol of ECS and EKS Pod Identity.

    agent.py TOKENFILE PAIR...    the first line says on which port it listens; then questions, see lines.py

A PAIR is ACCESS:SECRET:SECONDS, the last of them how long it is said to hold. They are given one after the other, the last again and again. Each time
the agent has given some to a container it replaces the authorization token in TOKENFILE, and takes only the new one from then on.
"""

import http.server
import json
import os
import sys
import threading
import time

import lines

CONTAINER = "/v1/credentials"
ROLES = "/latest/meta-data/iam/security-credentials/"
SESSION = "a session of the metadata"

token_file, *pairs = sys.argv[1:]
lock = threading.Lock()
asked = []
given = 0


def authorization():
    return f"token {given}"


def write_token():
    with open(token_file + ".new", "w") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(authorization() + "\n")
    os.replace(token_file + ".new", token_file)


def credentials():
    """The next pair, as the document that both protocols share."""
    global given
    access, secret, seconds = pairs[min(given, len(pairs) - 1)].split(":")
    given += 1
    write_token()
    ends = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + int(seconds)))
    return json.dumps({"Code": "Success", "AccessKeyId": access, "SecretAccessKey": secret, "Expiration": ends}).encode()


class Agent(http.server.BaseHTTPRequestHandler):
    def answer(self, status, body=b""):
        asked.append(f"{self.command} {self.path} {status}")
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        with lock:
            lives = self.headers.get("x-aws-ec2-metadata-token-ttl-seconds")
            known = self.path == "/latest/api/token" and lives is not None
            self.answer(200 if known else 404, SESSION.encode() if known else b"")

    def do_GET(self):
        with lock:
            if self.path == CONTAINER:
                if self.headers.get("Authorization") != authorization():
                    return self.answer(401)
                return self.answer(200, credentials())
            if self.headers.get("x-aws-ec2-metadata-token") != SESSION:
                return self.answer(401)
            if self.path == ROLES:
                return self.answer(200, b"photographer")
            if self.path == ROLES + "photographer":
                return self.answer(200, credentials())
            return self.answer(404)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


def log():
    with lock:
        return list(asked)


def main():
    write_token()
    server = Server(("127.0.0.1", 0), Agent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    lines.serve({"log": log})


if __name__ == "__main__":
    main()
