"""A terminal, emulated by pyte: a program runs in it, and the tests read the screen as a person would.

    terminal.py      questions, see lines.py; one program at a time

What scrolls off the top is kept in order, so that `all` answers every line that was ever left standing.
"""

import base64
import fcntl
import os
import pty
import signal
import struct
import termios
import threading

import pyte

import lines


class Terminal:
    def __init__(self):
        self.lock = threading.Lock()
        self.pid = None

    def start(self, command, environment, folder, columns, rows):
        self.screen = pyte.HistoryScreen(columns, rows, history=100_000, ratio=1)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.ended = threading.Event()
        go, ready = os.pipe()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            # The size is set before the program looks at it.
            os.close(ready)
            os.read(go, 1)
            os.chdir(folder)
            os.execvpe(command[0], command, environment)
        os.close(go)
        self.size(columns, rows)
        os.write(ready, b"x")
        os.close(ready)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while True:
            try:
                piece = os.read(self.master, 1 << 16)
            except OSError:  # EIO: nobody has the other end any more
                piece = b""
            if not piece:
                self.ended.set()
                return
            with self.lock:
                self.raw += piece
                self.stream.feed(piece)

    def size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        with self.lock:
            self.screen.resize(rows, columns)
        self.size(columns, rows)

    def look(self):
        """The lines of the screen, and before them those that have scrolled off it."""
        with self.lock:
            past = ["".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in self.screen.history.top]
            return {
                "screen": [line.rstrip() for line in self.screen.display], "past": past,
                "row": self.screen.cursor.y, "column": self.screen.cursor.x, "raw": base64.b64encode(bytes(self.raw)).decode()}

    def type(self, text):
        os.write(self.master, text.encode())

    def wait(self):
        """The exit status, or 128 and the signal's number."""
        _, status = os.waitpid(self.pid, 0)
        self.pid = None
        self.ended.wait(60)
        return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)

    def close(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


if __name__ == "__main__":
    terminal = Terminal()
    try:
        lines.serve({
            "start": terminal.start, "resize": terminal.resize, "look": terminal.look, "type": terminal.type, "wait": terminal.wait})
    finally:
        terminal.close()
