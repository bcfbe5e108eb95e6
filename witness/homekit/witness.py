"""What aiohomekit sees of the Homebridge plugin: pairing, every characteristic, the events of acts."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import urllib.request

from aiohomekit.characteristic_cache import CharacteristicCacheMemory
from aiohomekit.controller.ip.controller import IpController
from aiohomekit.controller.ip.discovery import IpDiscovery
from aiohomekit.model.categories import Categories
from aiohomekit.model.characteristics import CharacteristicPermissions, CharacteristicsTypes
from aiohomekit.model.feature_flags import FeatureFlags
from aiohomekit.model.services import ServicesTypes
from aiohomekit.model.status_flags import StatusFlags
from aiohomekit.zeroconf import HAP_TYPE_TCP, HomeKitService

given = json.loads(sys.argv[1])
patience = 100

# A person with two scales sees the models' names.
scale = rf"^{given['person']}'s scale$|^Body.* {given['person']}$"
bed_of_person = rf"^{given['person']}'s bed$"
anyone = r"^Anyone in bed$"


def tell(name: str, ok: bool, detail: str = "") -> None:
    print(json.dumps({"name": name, "ok": ok, "detail": detail}), flush=True)


def ask(path: str, **fields: object):
    request = urllib.request.Request(
        f"{given['adminUrl']}/admin/{path}",
        data=json.dumps(fields).encode() if fields else None,
        headers={"content-type": "application/json"},
    )
    return json.loads(urllib.request.urlopen(request, timeout=30).read())


async def until(holds, what: str):
    for _ in range(patience * 5):
        found = await holds() if asyncio.iscoroutinefunction(holds) else holds()
        if found:
            return found
        await asyncio.sleep(0.2)
    raise TimeoutError(f"waited {patience} s for {what}: {found!r}")


def subscribed() -> bool:
    seen = ask("requests")
    entries = seen if isinstance(seen, list) else next(iter(seen.values()))
    kinds = {one["params"].get("appli") for one in entries if one["action"] == "subscribe" and one["status"] == 0}
    return {"1", "50", "51"} <= kinds


def validate(when: str, accessories) -> None:
    wrong, seen = [], 0
    for accessory in accessories:
        for service in accessory.services:
            for char in service.characteristics:
                if CharacteristicPermissions.paired_read not in char.perms or char.value is None:
                    continue
                seen += 1
                try:
                    char.validate_value(char.value)
                except Exception as error:  # noqa: BLE001
                    wrong.append(f"{accessory.name}: {char.description or char.type} = {char.value!r} ({error!r})")
    detail = f"{seen} values" + "".join(f"; {one}" for one in wrong[:5])
    tell(f"finds every value within its format, range, step and length {when}", not wrong and seen > 50, detail)


def find(accessories, name: str, service_type: str, char_type: str) -> tuple[int, int]:
    for accessory in accessories:
        if not re.search(name, accessory.name):
            continue
        for service in accessory.services:
            for char in service.characteristics:
                if service.type == service_type and char.type == char_type:
                    return accessory.aid, char.iid
    raise LookupError(f"{name} has no {service_type} with {char_type}")


async def main() -> None:
    description = HomeKitService(
        name="Test",
        id="0e:11:22:33:44:55",
        model="Homebridge",
        feature_flags=FeatureFlags(0),
        status_flags=StatusFlags.UNPAIRED,
        config_num=1,
        state_num=1,
        category=Categories.BRIDGE,
        protocol_version="1.1",
        type=HAP_TYPE_TCP,
        address="127.0.0.1",
        addresses=["127.0.0.1"],
        port=given["port"],
    )
    controller = IpController(CharacteristicCacheMemory(), None)
    finish = await IpDiscovery(controller, description).async_start_pairing("home")
    pairing = await finish(given["pin"])
    tell("pairs", True, pairing.id)

    async def listed():
        await pairing.list_accessories_and_characteristics()
        names = [accessory.name for accessory in pairing.accessories]
        has_devices = all(any(re.search(one, name) for name in names) for one in (scale, bed_of_person, anyone))
        return pairing.accessories if has_devices else None

    try:
        await until(listed, "the devices")
    except TimeoutError:
        names = [accessory.name for accessory in pairing.accessories]
        raise TimeoutError(f"In {patience} s only these came: {names}") from None
    await until(subscribed, "the webhooks")
    accessories = await listed()
    tell("lists accessories", True, ", ".join(accessory.name for accessory in accessories))
    validate("after the sign-in", accessories)

    events: list[tuple[tuple[int, int], object]] = []
    pairing.dispatcher_connect(lambda told: events.extend((key, change.get("value")) for key, change in told.items()))
    telling = [
        (accessory.aid, char.iid)
        for accessory in accessories
        for service in accessory.services
        for char in service.characteristics
        if CharacteristicPermissions.events in char.perms
    ]
    refused = await pairing.subscribe(telling)
    tell("subscribes to all that tells of changes", not refused, f"{len(telling)} characteristics")
    # What the first history still brings would be mistaken for an act.
    before = -1
    while len(events) != before:
        before = len(events)
        await asyncio.sleep(5)

    def of(key, since: int) -> list:
        return [value for one, value in events[since:] if one == key]

    person = given["person"]
    button = find(accessories, scale, ServicesTypes.STATELESS_PROGRAMMABLE_SWITCH, CharacteristicsTypes.INPUT_EVENT)
    bed = find(accessories, bed_of_person, ServicesTypes.OCCUPANCY_SENSOR, CharacteristicsTypes.OCCUPANCY_DETECTED)
    since = len(events)
    ask("weigh", person=person, kilograms=61.5)
    await until(lambda: of(button, since), "the weighing")
    await asyncio.sleep(3)
    tell("hears of a weighing once", of(button, since) == [0], f"presses: {of(button, since)}")
    for operation, value in (("goToBed", 1), ("getUp", 0)):
        since = len(events)
        ask(operation, person=person)
        await until(lambda: of(bed, since), operation)
        await asyncio.sleep(3)
        tell(f"hears of {operation} once", of(bed, since) == [value], f"{of(bed, since)}")
    validate("after the acts", await listed())
    await pairing.remove_pairing(pairing.pairing_data["iOSPairingId"])
    again = await IpDiscovery(controller, description).async_start_pairing("again")
    await again(given["pin"])
    tell("removes its pairing and pairs again", True)


asyncio.run(main())
