"""What may stand between a client and a server: TLS with an authority of its own, and a proxy.

    tunnel.py tls ENDPOINT FOLDER NAME…    ends TLS before ENDPOINT on 127.0.0.1 and ::1, with a certificate for localhost, these names and
                                           both addresses, by an authority in FOLDER/ca.pem
    tunnel.py proxy                  a proxy for CONNECT and for absolute addresses

The first line says on which port it listens; then questions, see lines.py: `log` answers the targets that were asked for since the last time.
"""

import pathlib
import socket
import ssl
import subprocess
import sys
import threading
import urllib.parse

import lines

log = []


def seen():
    answer, log[:] = list(log), []
    return answer


def pump(source, sink):
    """Carries bytes one way until that way ends."""
    try:
        while data := source.recv(1 << 16):
            sink.sendall(data)
    except OSError:
        pass
    for end, how in ((sink, socket.SHUT_WR), (source, socket.SHUT_RD)):
        try:
            end.shutdown(how)
        except OSError:
            pass


def join(one, other):
    back = threading.Thread(target=pump, args=(other, one), daemon=True)
    back.start()
    pump(one, other)
    back.join()
    one.close()
    other.close()


def certificates(folder, names):
    """An authority and a server's certificate by it."""
    names = "subjectAltName=IP:127.0.0.1,IP:::1" + "".join(f",DNS:{name}" for name in ["localhost", *names])
    run = lambda *words: subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    run("req", "-x509", *key, "-days", "3650", "-subj", "/CN=authority of a test", "-keyout", "ca.key", "-out", "ca.pem")
    run("req", "-new", *key, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
    (folder / "names").write_text(names + "\n")
    run("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650", "-extfile", "names",
        "-out", "server.pem")


def terminate(connection, context, upstream):
    try:
        inside = context.wrap_socket(connection, server_side=True)
    except OSError:
        log.append("refused")
        connection.close()
        return
    log.append(inside.getsockname()[0])
    join(inside, socket.create_connection(upstream))


def forward(connection):
    """One client of the proxy: a tunnel, or one plain request a connection."""
    head = b""
    while b"\r\n\r\n" not in head:
        data = connection.recv(1 << 16)
        if not data:
            return connection.close()
        head += data
    method, target, version = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    log.append(f"{method} {target}")
    if method == "CONNECT":
        host, port = target.rsplit(":", 1)
        upstream = socket.create_connection((host.strip("[]"), int(port)))
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return join(connection, upstream)
    place = urllib.parse.urlsplit(target)
    upstream = socket.create_connection((place.hostname, place.port or 80))
    path = target.split("/", 3)[3] if target.count("/") > 2 else ""
    first, rest = head.split(b"\r\n", 1)
    upstream.sendall(f"{method} /{path} {version}\r\nConnection: close\r\n".encode("latin-1") + rest)
    join(connection, upstream)


def listen(family, address, port, handle):
    server = socket.create_server((address, port), family=family, backlog=256)

    def accept():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=handle, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1]


def main():
    if sys.argv[1] == "tls":
        place = urllib.parse.urlsplit(sys.argv[2])
        folder = pathlib.Path(sys.argv[3])
        certificates(folder, sys.argv[4:])
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
        handle = lambda connection: terminate(connection, context, (place.hostname, place.port))
        port = listen(socket.AF_INET, "127.0.0.1", 0, handle)
        if socket.has_dualstack_ipv6():
            listen(socket.AF_INET6, "::1", port, handle)
    else:
        port = listen(socket.AF_INET, "127.0.0.1", 0, forward)
    print(port, flush=True)
    lines.serve({"log": seen})


if __name__ == "__main__":
    main()
