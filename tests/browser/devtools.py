# tests/browser/devtools.py - a headless Chromium on the end of two pipes.
import contextlib
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe",
]
TIME_LIMIT_S = 60


def find_chromium():
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """Sends commands and keeps the events that come in between."""

    def __init__(self, write_fd, read_fd):
        self.write_fd, self.read_fd = write_fd, read_fd
        self.unread = b""
        self.events = []
        self.next_id = 0

    def read_message(self, deadline):
        while b"\0" not in self.unread:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.read_fd], [], [], left)[0]:
                raise TimeoutError("Chromium does not answer")
            more = os.read(self.read_fd, 1 << 20)
            if not more:
                raise EOFError("Chromium ended")
            self.unread += more
        message, _, self.unread = self.unread.partition(b"\0")
        return json.loads(message)

    def send(self, method, session=None, **params):
        self.next_id += 1
        command = {"id": self.next_id, "method": method, "params": params}
        if session:
            command["sessionId"] = session
        message = json.dumps(command).encode() + b"\0"
        while message:
            message = message[os.write(self.write_fd, message):]
        deadline = time.monotonic() + TIME_LIMIT_S
        while True:
            answer = self.read_message(deadline)
            if answer.get("id") != self.next_id:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def wait_for(self, method, session):
        deadline = time.monotonic() + TIME_LIMIT_S
        while not any(e["method"] == method and e.get("sessionId") == session for e in self.events):
            self.events.append(self.read_message(deadline))


class Page:
    """One tab. What happens in it is in events(): requests, messages, scripts."""

    def __init__(self, browser):
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.send("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Debugger"):
            self.send(f"{domain}.enable")

    def send(self, method, **params):
        return self.browser.send(method, self.session, **params)

    def open(self, path):
        self.browser.events.clear()
        self.send("Page.navigate", url="file://" + path)
        self.browser.wait_for("Page.loadEventFired", self.session)

    def events(self, method):
        return [e["params"] for e in self.browser.events if e["method"] == method]

    def evaluate(self, expression):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")

    def set_width(self, width):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=800,
                  deviceScaleFactor=1, mobile=True)

    def set_media(self, media, scheme):
        self.send("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": scheme}])


@contextlib.contextmanager
def chromium(path):
    """A browser with a profile of its own; both are gone afterwards."""
    to_browser, from_us = os.pipe()
    to_us, from_browser = os.pipe()
    profile = tempfile.mkdtemp()

    def take_pipes():  # Chromium reads its commands from 3 and answers on 4
        read, write = os.dup(to_browser), os.dup(from_browser)
        os.dup2(read, 3)
        os.dup2(write, 4)

    process = subprocess.Popen(
        [path, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        env={**os.environ, "HOME": profile}, preexec_fn=take_pipes, close_fds=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(to_browser)
    os.close(from_browser)
    try:
        yield Browser(from_us, to_us)
    finally:
        os.close(from_us)
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(to_us)
        shutil.rmtree(profile, ignore_errors=True)
