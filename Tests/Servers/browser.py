"""A real browser: headless Chromium, driven over WebDriver (W3C WebDriver) with nothing but the standard library.

    browser.py      the first line says where the gallery's page is served; then questions, see lines.py

`look` opens the page, in a browser that has no memory of an earlier visit, and answers what the page could do with the gallery at `base`, which
is of another origin: read photo and ETag with a request that needs a preflight, read JSON, draw a photo to a canvas and read it back.

`read` opens a page of the file system and answers what it shows.
"""

import ctypes
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request

import lines

PATIENCE = 120  # seconds that a page may take, on a machine that has other things to do

PAGE = """<!doctype html><meta charset="utf-8"><title>gallery</title><script>
async function attempt(work) {
  try { return await work() } catch (error) { return { error: error.name + ": " + error.message } }
}
async function look(base, photo, data) {
  return {
    photo: await attempt(async () => {
      const answer = await fetch(base + photo, { headers: { "X-Gallery": "1" } })
      const content = await answer.arrayBuffer()
      return { status: answer.status, etag: answer.headers.get("ETag"), size: content.byteLength }
    }),
    data: await attempt(async () => {
      const answer = await fetch(base + data)
      return { status: answer.status, members: Object.keys(await answer.json()) }
    }),
    canvas: await attempt(async () => {
      const image = new Image()
      image.crossOrigin = "anonymous"
      image.src = base + photo
      await image.decode()
      const canvas = document.createElement("canvas")
      canvas.width = image.naturalWidth
      canvas.height = image.naturalHeight
      const context = canvas.getContext("2d")
      context.drawImage(image, 0, 0)
      const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data
      return { width: canvas.width, height: canvas.height, shades: new Set(pixels).size, url: canvas.toDataURL().slice(0, 22) }
    }),
    plain: await attempt(async () => {
      const image = new Image()
      image.src = base + photo + "?plain"
      await image.decode()
      return { width: image.naturalWidth }
    }),
  }
}
</script>"""

READ = """const done = arguments[0];
(async () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true
  const images = [...document.images]
  images.forEach(image => { image.loading = "eager" })
  await Promise.all(images.map(image => image.decode().catch(() => {})))
  const counts = {}
  for (const b of document.querySelectorAll("[data-count]")) counts[b.dataset.count] = (counts[b.dataset.count] || 0) + Number(b.dataset.value)
  done({
    title: document.title, text: document.body.textContent, counts,
    images: images.filter(image => image.naturalWidth > 0).length, broken: images.filter(image => !image.naturalWidth).length,
    foreign: performance.getEntriesByType("resource").map(entry => entry.name).filter(name => !name.startsWith("data:")),
    scripts: document.scripts.length, names: [...document.querySelectorAll("bdi")].map(bdi => bdi.textContent),
    strokes: document.querySelectorAll("svg line.after").length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth, width: document.documentElement.clientWidth,
    background: getComputedStyle(document.body).backgroundColor,
  })
})()
"""


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGE.encode() if self.path == "/" else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def die_with_parent():
    """Linux prctl(2), PR_SET_PDEATHSIG: however this process ends, its browser does too."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Browser:
    """One chromedriver; each look is a session, and a profile, of its own."""

    def __init__(self, page):
        self.page = page
        self.home = tempfile.mkdtemp(prefix="galleria-browser-")
        program = next((p for p in ("/usr/bin/chromedriver", shutil.which("chromedriver")) if p and os.path.exists(p)), None)
        if program is None:
            raise SystemExit("no chromedriver: install Debian's chromium and chromium-driver (make deps)")
        environment = {"PATH": "/usr/bin:/bin", "HOME": self.home, "LANG": "C.UTF-8", "TMPDIR": self.home}
        said = []
        # It wants one free port at both of loopback's addresses, and gives up where another program has it at one of them.
        for _ in range(10):
            self.driver = subprocess.Popen(
                [program, "--port=0"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
                preexec_fn=die_with_parent, start_new_session=True)
            port = None
            for line in self.driver.stdout:
                text = line.decode(errors="replace")
                said.append(text)
                if "started successfully on port" in text:
                    port = int(text.rsplit("port", 1)[1].strip(" .\n"))
                    break
            if port is not None:
                break
            self.driver.wait()
        else:
            raise SystemExit("chromedriver did not start:\n" + "".join(said))
        # What it says later is nobody's business, but it must not stand in the pipe.
        threading.Thread(target=lambda: [None for _ in self.driver.stdout], daemon=True).start()
        self.address = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, method, path, content=None):
        request = urllib.request.Request(
            self.address + path, method=method, data=None if content is None else json.dumps(content).encode(),
            headers={"Content-Type": "application/json"})
        try:
            with self.opener.open(request, timeout=2 * PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise RuntimeError(f"{value['error']}: {value['message'].splitlines()[0]}") from None

    def session(self):
        """A browser without memory; its session's path and its profile."""
        profile = tempfile.mkdtemp(prefix="profile-", dir=self.home)
        # Containers have a small /dev/shm and no user namespaces; nothing but loopback is ever asked.
        options = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-pipe", f"--user-data-dir={profile}",
        ]
        session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": options}, "goog:loggingPrefs": {"browser": "ALL"}, "timeouts": {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000}}}})
        return f"/session/{session['sessionId']}", profile

    def look(self, base, photo, data):
        place, profile = self.session()
        try:
            self.ask("POST", place + "/url", {"url": self.page})
            return self.ask("POST", place + "/execute/async", {
                "script": "const done = arguments[3]; look(arguments[0], arguments[1], arguments[2]).then(done)", "args": [base, photo, data]})
        finally:
            self.ask("DELETE", place)
            shutil.rmtree(profile, ignore_errors=True)

    def read(self, path, width, dark=0):
        """Opens a page of the file system in a window of that width; what it shows, and what the browser says of it."""
        place, profile = self.session()
        try:
            self.devtools(place, "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=2, mobile=width < 600)
            self.devtools(place, "Emulation.setEmulatedMedia", features=[
                {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
            self.ask("POST", place + "/url", {"url": "file://" + urllib.parse.quote(path)})
            found = self.ask("POST", place + "/execute/async", {"script": READ, "args": []})
            said = self.ask("POST", place + "/se/log", {"type": "browser"})
            return dict(found, console=[entry["level"] + " " + entry["message"] for entry in said])
        finally:
            self.ask("DELETE", place)
            shutil.rmtree(profile, ignore_errors=True)

    def devtools(self, place, command, **parameters):
        """Chrome DevTools Protocol, through chromedriver."""
        self.ask("POST", place + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def close(self):
        # The group is this process's own: chromedriver started it, and the browsers in it.
        try:
            os.killpg(self.driver.pid, signal.SIGTERM)
            self.driver.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
        shutil.rmtree(self.home, ignore_errors=True)


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = f"http://127.0.0.1:{server.server_address[1]}/"
    browser = Browser(page)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        print(page, flush=True)
        lines.serve({"look": browser.look, "read": browser.read})
    finally:
        browser.close()


if __name__ == "__main__":
    main()
