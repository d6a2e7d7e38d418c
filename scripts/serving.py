"""A server of one's own for a check: started through the launcher on a free port, stopped at the end."""

import os
import re
import signal
import subprocess
import sys
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LAUNCHER = os.path.join(TOP, "foldlog")
READY = re.compile(r"foldlog ready on (\S+:\d+)")
START_SECONDS_MAX = 600  # the launcher may have to build first
STOP_SECONDS_MAX = 60


def end_cleanly_when_told():
    """Makes SIGTERM an exception, so that servers are stopped on the way out."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


class Server:
    """A server on `folder`; its output goes to `log`. Use it in a with statement, or start() and stop()."""

    def __init__(self, folder, log):
        self.folder = folder
        self.log = log
        self.address = None
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        begin = os.path.getsize(self.log) if os.path.exists(self.log) else 0
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [LAUNCHER, "serve", "--listen", "127.0.0.1:0", "--data", self.folder],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            with open(self.log, encoding="utf-8", errors="replace") as log:
                log.seek(begin)
                text = log.read()
            ready = READY.search(text)
            if ready:
                self.address = ready.group(1)
                return
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended with {self.process.returncode}:\n{text}")
            time.sleep(0.05)
        self.stop()
        raise SystemExit(f"the server was not ready within {START_SECONDS_MAX} s:\n{text}")

    def stop(self):
        """Asks it to stop as an operator would, and returns its exit code; kills it only when it does not."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def foldlog(self, *arguments):
        """Runs a client command against this server; returns the finished process with its output as text."""
        return subprocess.run(
            [LAUNCHER, *arguments, "--server", self.address],
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=300)
