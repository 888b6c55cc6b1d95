"""A healthcheck service: notes what it is told.

    healthcheck.py      the first line says on which port it listens; then questions, see lines.py
"""

import http.server
import threading

import lines


class Service(http.server.BaseHTTPRequestHandler):
    lock = threading.Lock()
    told = []
    status = 200
    silent = threading.Event()

    def do_GET(self):
        with self.lock:
            self.told.append(self.path)
        if self.silent.is_set():
            # Never answers; the client gives up.
            self.rfile.read()
            return
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def log():
    """What was told since the last time this was asked."""
    with Service.lock:
        told, Service.told[:] = list(Service.told), []
    return told


def behave(status=200, silent=0):
    Service.status = status
    (Service.silent.set if silent else Service.silent.clear)()


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    lines.serve({"log": log, "behave": behave})
