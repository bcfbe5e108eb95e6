"""What Home Assistant's Matter server sees of the bridge, from commissioning to the last reset."""

from __future__ import annotations

import asyncio
import json
import signal
import time

import values
from chip.clusters import Objects as Clusters
from hosts import Bridge, Home, act, given, subscribed, until
from matter_server.common.models import EventType

press = (Clusters.Switch.id, Clusters.Switch.Events.InitialPress.event_id)
bed_change = (Clusters.OccupancySensing.id, Clusters.OccupancySensing.Events.OccupancyChanged.event_id)
occupancy = Clusters.OccupancySensing.Attributes.Occupancy
reboots = Clusters.GeneralDiagnostics.Attributes.RebootCount
node_label = Clusters.BridgedDeviceBasicInformation.Attributes.NodeLabel
weights = iter(range(610, 700))


def tell(name: str, ok: bool, detail: str = "") -> None:
    print(json.dumps({"name": name, "ok": ok, "detail": detail}), flush=True)


class Eyes:
    """The node of the bridge in one home, and all events that came from it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.events: list[tuple[int, tuple[int, int]]] = []
        home.client.subscribe_events(self._event, EventType.NODE_EVENT)

    def _event(self, _: EventType, event) -> None:
        if event.node_id == self.node_id:
            self.events.append((event.endpoint_id, (event.cluster_id, event.event_id)))

    async def commission(self, code: str) -> float:
        begun = time.monotonic()
        node = await self.home.client.commission_with_code(code, network_only=True)
        self.node_id = node.node_id
        await until(lambda: self.node and self.node.available, "the bridge to be available")
        self.read = await self.read_all()
        return time.monotonic() - begun

    @property
    def node(self):
        return next((one for one in self.home.client.get_nodes() if one.node_id == self.node_id), None)

    def value(self, endpoint: int, attribute) -> object:
        return self.node.get_attribute_value(endpoint, None, attribute)

    def in_bed(self, bed: int) -> bool:
        return bool(self.value(bed, occupancy))

    async def read_all(self) -> dict:
        return await self.home.client.read_attribute(self.node_id, "*/*/*")

    async def endpoint(self, label: str) -> int:
        return await until(lambda: self._labelled(label), f'an endpoint labelled "{label}"')

    def _labelled(self, label: str) -> int | None:
        found = [endpoint for endpoint in self.node.endpoints if self.value(endpoint, node_label) == label]
        return found[0] if found else None

    async def sees_once(self, when: str, what: str, label: str, kind: tuple[int, int], doing) -> None:
        endpoint, since, begun = await self.endpoint(label), len(self.events), time.monotonic()
        seen = lambda: [one for one in self.events[since:] if one == (endpoint, kind)]  # noqa: E731
        await doing
        try:
            await until(seen, f"{what} {when}")
        except TimeoutError as error:
            return tell(f"hears of {what} once {when}", False, str(error))
        after = time.monotonic() - begun
        # Long enough for a second one: nothing tells that none will come.
        await asyncio.sleep(4)
        tell(f"hears of {what} once {when}", len(seen()) == 1, f"{len(seen())} events, after {after:.1f} s")

    async def sees_weighing(self, when: str) -> None:
        doing = act("weigh", kilograms=next(weights) / 10)
        await self.sees_once(when, "a weighing", f"{given['person']} weighed", press, doing)

    async def sees_bed(self, when: str) -> None:
        label = f"{given['person']}'s bed"
        bed = await self.endpoint(label)
        for operation in ("getUp", "goToBed") if self.in_bed(bed) else ("goToBed", "getUp"):
            await self.sees_once(when, operation, label, bed_change, act(operation))
            await until(lambda: self.in_bed(bed) == (operation == "goToBed"), "the bed's attribute")  # noqa: B023

    async def sees_restart(self, bridge: Bridge, how: signal.Signals, when: str) -> None:
        before = self.value(0, reboots)
        bridge.stop(how)
        begun = time.monotonic()
        starting = asyncio.create_task(bridge.start())
        # Told by the subscription: nothing is read here.
        await until(lambda: (self.value(0, reboots) or 0) > before, f"the new RebootCount {when}")
        told = time.monotonic() - begun
        await until(lambda: self.node.available, f"the bridge to be available {when}")
        available = time.monotonic() - begun
        await starting
        tell(f"is told of the new process {when}", True, f"told after {told:.1f} s, available after {available:.1f} s")
        await self.sees_weighing(when)


def conformance(read: dict) -> None:
    for name, wrong in {
        "reads exactly what every AttributeList names": values.unlisted(read),
        "finds every endpoint and cluster that the descriptors list": values.missing(read),
        "knows every attribute": values.unknown(read),
        "finds each battery powering its own endpoint": values.wrong_power(read),
        "finds the release as the version of the bridge, and a version on every device": values.wrong_versions(read, given["release"]),
    }.items():
        tell(name, not wrong, "; ".join(wrong[:5]) or f"{len(read)} attributes")


async def interview(eyes: Eyes) -> None:
    await eyes.home.client.interview_node(eyes.node_id)
    await eyes.endpoint(f"{given['person']} weighed")
    await eyes.endpoint(f"{given['person']}'s bed")
    endpoints = eyes.node.endpoints.values()
    nameless = [one.endpoint_id for one in endpoints if not one.device_types]
    tell("interviews it and knows a device type of each endpoint", not nameless, f"{len(endpoints)} endpoints")
    conformance(await eyes.read_all())


async def factory_reset(eyes: Eyes, bridge: Bridge) -> None:
    code, before = await bridge.code(), values.unique_ids(await eyes.read_all())
    await bridge.tell("factory-reset", "--yes")
    await eyes.home.client.remove_node(eyes.node_id)
    new = await bridge.code()
    tell("finds other codes after a factory reset", new != code)
    took = await eyes.commission(new)
    kept = values.unique_ids(eyes.read) & before
    tell("pairs again after a factory reset", True, f"{took:.1f} s")
    tell("finds every UniqueID changed by a factory reset", not kept, f"{len(before)} before, {len(kept)} kept")


async def second_home(eyes: Eyes, bridge: Bridge) -> None:
    await bridge.tell("open-window")
    home = Home("second", 5581)
    await home.start()
    try:
        second = Eyes(home)
        took = await second.commission(await bridge.code())
        tell("lets a second home in through a new window", True, f"{took:.1f} s, {len(second.node.endpoints)} endpoints")
        await asyncio.gather(
            second.sees_weighing("in the second home"),
            eyes.sees_once(
                "in the first home", "the same weighing", f"{given['person']} weighed", press, asyncio.sleep(0)
            ),
        )
        await home.client.remove_node(second.node_id)
        await eyes.sees_weighing("after the second home left")
    finally:
        await home.stop()


async def last_leaves(eyes: Eyes, bridge: Bridge) -> None:
    code = await bridge.code()
    await eyes.home.client.remove_node(eyes.node_id)

    async def changed() -> str | None:
        new = await bridge.code()
        return new if new != code else None

    for _ in range(60):
        if new := await changed():
            break
        await asyncio.sleep(1)
    tell("finds other codes after it left as the last", bool(new))
    took = await eyes.commission(new or code)
    tell("pairs again after it left as the last", True, f"{took:.1f} s")
    await eyes.sees_weighing("after it left as the last and paired again")
    await eyes.sees_bed("after it left as the last and paired again")


async def look(bridge: Bridge, home: Home) -> None:
    await bridge.start()
    await home.start()
    eyes = Eyes(home)
    took = await eyes.commission(await bridge.code())
    tell("commissions it at the first attempt", True, f"{took:.1f} s, SDK {home.client.server_info.sdk_version}")
    await until(subscribed, "the bridge to subscribe at Withings")
    await interview(eyes)
    await eyes.sees_weighing("after pairing")
    await eyes.sees_bed("after pairing")
    await eyes.sees_restart(bridge, signal.SIGTERM, "after a restart")
    await eyes.sees_restart(bridge, signal.SIGKILL, "after a kill")
    await factory_reset(eyes, bridge)
    await eyes.sees_weighing("after a factory reset")
    await eyes.sees_bed("after a factory reset")
    await eyes.sees_restart(bridge, signal.SIGTERM, "after a factory reset and a restart")
    await last_leaves(eyes, bridge)
    await second_home(eyes, bridge)


async def main() -> None:
    bridge, home = Bridge(), Home("first", 5580)
    try:
        await look(bridge, home)
    finally:
        await home.stop()
        bridge.stop()


asyncio.run(main())
