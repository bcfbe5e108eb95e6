"""What Home Assistant shows of the simulated household, beside what the simulator answers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import ssl
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import certifi
from aiohttp import ClientSession, TCPConnector
from expected import Wire, expected
from home import Home, configuration

given = json.loads(sys.argv[1])

# Seconds become what Home Assistant suggests to show.
factors = {"h": 1 / 3600, "min": 1 / 60, "s": 1}
nothing = ("unavailable", "unknown")
timezone = given["persons"][0]["timezone"]
subscribed = {1, 4, 16, 44, 50, 51}
unlisted = re.compile(r"\d+ is an unsupported value for <enum '(MeasurementAttribution|MeasurementType|WorkoutCategory)'>")


def tell(name: str, ok: bool, detail: str = "") -> None:
    print(json.dumps({"name": name, "ok": ok, "detail": detail}), flush=True)


async def until(holds: Callable[[], Awaitable[object]], seconds: float = 120) -> object:
    """What it answers as soon as that is true, or at the end."""
    for _ in range(int(seconds / 0.25)):
        if found := await holds():
            return found
        await asyncio.sleep(0.25)
    return await holds()


def differs(state: dict, wanted: object) -> bool:
    shown = state["state"]
    if wanted is None:
        return shown != "unknown"
    if isinstance(wanted, str):
        return shown != wanted
    unit = state["attributes"].get("unit_of_measurement")
    seconds = state["attributes"].get("device_class") == "duration"
    value = float(wanted) * (factors[unit] if seconds else 1)
    # It rounds what it converts.
    last_digit = 10 ** -len(shown.partition(".")[2])
    try:
        return abs(float(shown) - value) > (last_digit * 0.51 if seconds else 1e-6)
    except ValueError:
        return True


async def compare(home: Home, wires: list[Wire], name: str, whole: bool) -> None:
    """Every entity that is enabled. `whole`: all that there should be, too."""
    states = await home.states()
    entities = {one["unique_id"]: one for one in await home.entities()}
    for wire in wires:
        wanted = await expected(wire, timezone)
        wrong: list[str] = []
        count = 0
        for key, value in wanted.items():
            entity = entities.get(key)
            state = states.get(entity["entity_id"]) if entity else None
            if state is None:
                if whole or entity is None:
                    wrong.append(f"{key} is not there")
                continue
            count += 1
            if differs(state, value):
                wrong.append(f"{state['entity_id']}: {state['state']} instead of {value}")
        owner = f"withings_{wire.person['userid']}_"
        for key in entities.keys() - wanted.keys():
            # It has no night before the first of the day, and reads only two weeks after a start.
            shown = states.get(entities[key]["entity_id"], {"state": "unavailable"})["state"] not in nothing
            if key.startswith(owner) and shown and not key.endswith(("_workout", "_in_bed")):
                wrong.append(f"{key} is in no answer")
        tell(f"{wire.person['name']}: {name}", not wrong and count > 15, "; ".join([f"{count} states", *wrong[:4]]))


class Simulated:
    def __init__(self, session: ClientSession) -> None:
        self.session = session

    async def act(self, operation: str, **fields: object) -> None:
        async with self.session.post(f"{given['adminUrl']}/admin/{operation}", json=fields) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{operation}: {await answer.text()}")

    async def view(self, name: str) -> dict:
        async with self.session.get(f"{given['adminUrl']}/admin/{name}") as answer:
            return await answer.json()


async def subscriptions(wires: list[Wire]) -> list[set[int]]:
    listed = [await wire.ask("notify", action="list") for wire in wires]
    return [{profile["appli"] for profile in one["profiles"]} for one in listed]


async def webhooks(home: Home, simulated: Simulated, wire: Wire) -> None:
    person = wire.person["name"]
    entities = {one["unique_id"]: one["entity_id"] for one in await home.entities()}

    async def becomes(key: str, wanted: object, **act: object) -> None:
        unique = f"withings_{wire.person['userid']}_{key}"
        before = len((await simulated.view("deliveries"))["deliveries"])
        await simulated.act(person=person, **act)
        after = (await simulated.view("deliveries"))["deliveries"][before:]

        async def shown() -> bool:
            entity = entities.get(unique) or next(
                (one["entity_id"] for one in await home.entities() if one["unique_id"] == unique), None
            )
            state = (await home.states()).get(entity or "")
            return state is not None and not differs(state, wanted)

        right = await until(shown, 60)
        sent = [f"{one['appli']} {one['outcome']}" for one in after]
        delivered = len(sent) == 1 and sent[0].endswith("delivered")
        tell(f"{person}: {act['operation']} is told once and shown", bool(right) and delivered, f"{wanted}; webhooks: {sent}")

    await becomes("weight_kg", 71.3, operation="weigh", kilograms=71.3)
    pressure = {"systolic": 131, "diastolic": 84, "pulse": 66}
    await becomes("systolic_blood_pressure_mmhg", 131, operation="measureBloodPressure", **pressure)
    await becomes("in_bed", "on", operation="goToBed")
    await becomes("in_bed", "off", operation="getUp")
    # Its coordinators refresh once in ten seconds.
    await asyncio.sleep(10)
    await becomes("weight_kg", 72.9, operation="weigh", kilograms=72.9)


async def enable_all(home: Home) -> int:
    disabled = [one for one in await home.entities() if one["disabled_by"] is not None]
    for one in disabled:
        await home.command(type="config/entity_registry/update", entity_id=one["entity_id"], disabled_by=None)
    for entry in await home.entries():
        await home.ask("POST", f"/api/config/config_entries/entry/{entry['entry_id']}/reload")
    return len(disabled)


def complaints(log: str) -> list[str]:
    """Of Home Assistant's own log: what concerns Withings, except numbers that its lists lack."""
    lines = [line for line in log.splitlines() if re.search(r" (WARNING|ERROR|CRITICAL) ", line)]
    return [line for line in lines if "withings" in line.lower() and not unlisted.search(line)]


async def look(home: Home, simulated: Simulated, wires: list[Wire]) -> None:
    await home.start()
    await home.create_owner()
    credentials = {"client_id": given["clientId"], "client_secret": given["clientSecret"]}
    await home.command(type="application_credentials/create", domain="withings", **credentials)
    for wire in wires:
        ended = await home.sign_in(wire.person["name"])
        tell(f"signs {wire.person['name']} in through its dialog", ended["type"] == "create_entry", ended.get("title", ""))

    async def loaded() -> bool:
        return all(entry["state"] == "loaded" for entry in await home.entries())

    tell("loads the integration", bool(await until(loaded)), str([one["state"] for one in await home.entries()]))

    async def stand() -> bool:
        return all(one == subscribed for one in await subscriptions(wires))

    standing = await until(stand, 240)
    tell("subscribes at its own https address", bool(standing), str(await subscriptions(wires)))
    await compare(home, wires, "shows every enabled entity as the simulator answers", whole=False)
    for wire in wires:
        await webhooks(home, simulated, wire)
    count = await enable_all(home)
    tell("loads it again with every entity enabled", bool(await until(loaded)), f"{count} more")
    await compare(home, wires, "shows all entities as the simulator answers", whole=True)
    async def begins_again() -> bool:
        return not await stand()

    again = await until(begins_again) and await until(stand, 240)
    tell("subscribes again", bool(again), str(await subscriptions(wires)))
    await home.stop()
    left = await subscriptions(wires)
    tell("revokes its webhooks when it ends", left == [set() for _ in wires], str(left))
    wrong = complaints(home.log())
    tell("logs no warning about Withings but of numbers that its lists lack", not wrong, " / ".join(wrong[:3]))


async def main() -> None:
    folder = Path(given["folder"], "home")
    folder.mkdir()
    configuration(folder, given["certificate"], given["key"], timezone)
    trusted = Path(given["folder"], "trusted.pem")
    trusted.write_text(Path(certifi.where()).read_text() + Path(given["authorities"]).read_text())
    environment = {**os.environ, "REQUESTS_CA_BUNDLE": str(trusted), "TZ": timezone}
    trust = ssl.create_default_context(cafile=given["authorities"])
    async with ClientSession(connector=TCPConnector(ssl=trust)) as session:
        home = Home(folder, session, environment)
        wires = [Wire(session, given, person) for person in given["persons"]]
        for wire in wires:
            await wire.sign_in()
        try:
            await look(home, Simulated(session), wires)
        finally:
            await home.stop()


asyncio.run(main())
