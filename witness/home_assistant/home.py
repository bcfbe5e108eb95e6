"""Home Assistant in a process of its own, and what its pages ask it for."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import ClientConnectorError, ClientSession

address = "https://home.example"
client = f"{address}/"


def configuration(folder: Path, certificate: str, key: str, timezone: str) -> None:
    (folder / "configuration.yaml").write_text(
        f"""homeassistant:
  name: Witness
  external_url: {address}
  time_zone: {timezone}
  unit_system: metric
  country: FR
http:
  server_host: 127.0.0.2
  server_port: 443
  ssl_certificate: {certificate}
  ssl_key: {key}
frontend:
config:
"""
    )


class Home:
    def __init__(self, folder: Path, session: ClientSession, environment: dict[str, str]) -> None:
        self.folder = folder
        self.session = session
        self.environment = environment
        self.process: asyncio.subprocess.Process | None = None
        self.headers: dict[str, str] = {}

    async def start(self) -> None:
        """As its container does. The network is closed, so that it installs nothing."""
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "homeassistant", "--skip-pip", "--config", str(self.folder)),
            env=self.environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        for _ in range(1200):
            if self.process.returncode is not None:
                raise RuntimeError(f"Home Assistant ended with {self.process.returncode}: {self.log()[-800:]}")
            try:
                async with self.session.get(f"{address}/api/onboarding") as answer:
                    if answer.status == 200:
                        return
            except ClientConnectorError:
                pass
            await asyncio.sleep(0.25)
        raise RuntimeError(f"Home Assistant did not answer within five minutes: {self.log()[-800:]}")

    async def stop(self) -> int | None:
        if self.process is None or self.process.returncode is not None:
            return None
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), 180)

    def log(self) -> str:
        file = self.folder / "home-assistant.log"
        return file.read_text() if file.exists() else ""

    async def ask(self, method: str, path: str, body: dict | None = None) -> dict:
        headers = {**self.headers, "HA-Frontend-Base": address}
        async with self.session.request(method, f"{address}{path}", json=body, headers=headers) as answer:
            if answer.status not in (200, 201):
                raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}\n{self.log()[-800:]}")
            return await answer.json()

    async def create_owner(self) -> None:
        owner = {"client_id": client, "name": "Owner", "username": "owner", "password": "owner", "language": "en"}
        code = (await self.ask("POST", "/api/onboarding/users", owner))["auth_code"]
        form = {"grant_type": "authorization_code", "code": code, "client_id": client}
        async with self.session.post(f"{address}/auth/token", data=form) as answer:
            token = (await answer.json())["access_token"]
        self.headers = {"authorization": f"Bearer {token}"}

    async def command(self, **command: object) -> object:
        """One command of the websocket, as a page sends it."""
        async with self.session.ws_connect(f"{address}/api/websocket", max_msg_size=0) as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self.headers["authorization"].split()[1]})
            await socket.receive_json()
            await socket.send_json({"id": 1, **command})
            answer = await socket.receive_json()
        if not answer["success"]:
            raise RuntimeError(f"{command['type']}: {answer['error']}")
        return answer["result"]

    async def sign_in(self, person: str) -> dict:
        """The dialog "Add integration", with the browser's way to Withings and back."""
        flow = await self.ask("POST", "/api/config/config_entries/flow", {"handler": "withings"})
        if flow["type"] != "external":
            raise RuntimeError(f"The dialog begins with {flow}")
        async with self.session.get(flow["url"]) as page:
            if page.status != 200:
                raise RuntimeError(f"The sign-in page answers {page.status}: {(await page.text())[:300]}")
            url = page.url
        form = {**url.query, "person": person, "decision": "authorize"}
        async with self.session.post(url.with_query(None), data=form) as back:
            if back.status != 200 or back.url.host != "home.example":
                raise RuntimeError(f"{back.url.with_query(None)} answers {back.status}: {(await back.text())[:300]}")
        return await self.ask("POST", f"/api/config/config_entries/flow/{flow['flow_id']}", {})

    async def entries(self) -> list[dict]:
        return await self.ask("GET", f"/api/config/config_entries/entry?{urlencode({'domain': 'withings'})}")

    async def entities(self) -> list[dict]:
        listed = await self.command(type="config/entity_registry/list")
        return [one for one in listed if one["platform"] == "withings"]

    async def states(self) -> dict[str, dict]:
        return {one["entity_id"]: one for one in await self.ask("GET", "/api/states")}
