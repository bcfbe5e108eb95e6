"""The two hosts: the bridge here, Home Assistant's Matter server at the other end of the cable."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import aiohttp
from matter_server.client import MatterClient

given = json.loads(sys.argv[1])
patience = 150


async def until(holds, what: str, seconds: int = patience):
    """Waits for a condition that becomes true, never for a time."""
    for _ in range(seconds * 5):
        found = holds()
        if found:
            return found
        await asyncio.sleep(0.2)
    raise TimeoutError(f"waited {seconds} s for {what}")


async def act(operation: str, **fields: object) -> None:
    """Something that a person does, which Withings hears of."""
    body = json.dumps({"person": given["person"], **fields}).encode()
    request = urllib.request.Request(
        f"{given['adminUrl']}/admin/{operation}", data=body, headers={"content-type": "application/json"}
    )
    await asyncio.to_thread(lambda: urllib.request.urlopen(request, timeout=60).read())


def subscribed() -> bool:
    """Whether Withings tells the bridge of the person's weighings and of their bed."""
    seen = json.loads(urllib.request.urlopen(f"{given['adminUrl']}/admin/requests", timeout=30).read())
    entries = seen if isinstance(seen, list) else next(iter(seen.values()))
    own = [one for one in entries if one["person"] == given["person"]]
    kinds = {one["params"].get("appli") for one in own if one["action"] == "subscribe" and one["status"] == 0}
    return {"1", "50", "51"} <= kinds


def hears_webhooks() -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", given["webhookPort"])) == 0


class Bridge:
    """The shipped bridge. It is told everything by the commands that a user has."""

    def __init__(self) -> None:
        self.log = Path(given["folder"], "bridge.log")
        self.process: subprocess.Popen | None = None

    async def start(self) -> None:
        begun = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(given["bridge"], stdout=log, stderr=log)
        # Bytes: the QR code of the first start is drawn with characters of three bytes each.
        await until(lambda: b"withings-matter ready" in self.log.read_bytes()[begun:], "the bridge to be ready")
        # Whoever was killed holds the lease of the webhooks until it expires.
        await until(hears_webhooks, "the bridge to listen for webhooks")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)

    async def tell(self, *words: str) -> str:
        command = [*given["bridge"], *words]
        done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    async def code(self) -> str:
        """The manual code that it shows at this moment."""
        found = re.search(r"Manual code ([\d-]+)", await self.tell("pairing"))
        assert found
        return found[1].replace("-", "")


class Home:
    """A home with a Matter server of its own: a fabric, its storage, its client."""

    def __init__(self, name: str, port: int) -> None:
        self.name, self.port = name, port
        self.folder = Path(given["folder"], name)
        self.log = Path(given["folder"], f"{name}.log")

    async def start(self) -> None:
        self.folder.mkdir()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    *given["there"],
                    str(Path(sys.executable).with_name("matter-server")),
                    f"--storage-path={self.folder}",
                    f"--paa-root-cert-dir={given['authorities']}",
                    f"--port={self.port}",
                    "--primary-interface=home",
                ],
                stdout=log,
                stderr=log,
            )
        await until(self._listens, f"the Matter server of {self.name}")
        self.session = aiohttp.ClientSession()
        self.client = MatterClient(f"ws://{given['address']}:{self.port}/ws", self.session)
        ready = asyncio.Event()
        self.listening = asyncio.create_task(self.client.start_listening(ready))
        await asyncio.wait_for(ready.wait(), patience)

    def _listens(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"The Matter server ended: {self.log.read_text()[-600:]}")
        with socket.socket() as one:
            one.settimeout(1)
            return one.connect_ex((given["address"], self.port)) == 0

    async def stop(self) -> None:
        await self.client.disconnect()
        await self.session.close()
        self.process.terminate()
        try:
            await asyncio.to_thread(self.process.wait, 20)
        except subprocess.TimeoutExpired:
            self.process.kill()
