"""What aiowithings reads from the simulator, beside the JSON that it read it from."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import ssl
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlparse

from aiohttp import ClientSession, TCPConnector, web
from aiohttp.abc import AbstractResolver
from aiowithings import (
    NotificationCategory,
    SleepDataFields,
    SleepSummaryDataFields,
    WithingsAuthenticationFailedError,
    WithingsClient,
    WithingsInvalidParamsError,
)
from aiowithings.helpers import aggregate_measurements, aggregate_sleep_summary
from aiowithings.models import WebhookCall

given = json.loads(sys.argv[1])
now = datetime.fromtimestamp(given["now"], tz=timezone.utc)
redirect = "https://my.home-assistant.io/redirect/oauth"
scopes = "user.info,user.metrics,user.activity,user.sleepevents"

# Numbers that the simulator sends because the real cloud does, and that this client has in no list.
unlisted = {
    "10 is an unsupported value for <enum 'MeasurementAttribution'>",
    "229 is an unsupported value for <enum 'MeasurementType'>",
    "564 is an unsupported value for <enum 'WorkoutCategory'>",
}


def tell(name: str, ok: bool, detail: str = "") -> None:
    print(json.dumps({"name": name, "ok": ok, "detail": detail}), flush=True)


class Simulated(AbstractResolver):
    """Leads Withings' own names to the simulator."""

    async def resolve(self, host, port=0, family=0):
        at = {"127.0.0.1": port}.get(host, given["port"])
        return [{"hostname": host, "host": "127.0.0.1", "port": at, "family": 2, "proto": 0, "flags": 0}]

    async def close(self) -> None: ...


class Heard(logging.Handler):
    """What the client warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.add(record.getMessage().split(", please")[0])


def epoch(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


# How each field of the client's models is called on the wire; a value of (name, None) is compared as it is.
nights = {
    "apnea_hypopnea_index": "apnea_hypopnea_index",
    "external_time_asleep": "asleepduration",
    "breathing_disturbances_intensity": "breathing_disturbances_intensity",
    "deep_sleep_duration": "deepsleepduration",
    "average_heart_rate": "hr_average",
    "min_heart_rate": "hr_min",
    "max_heart_rate": "hr_max",
    "light_sleep_duration": "lightsleepduration",
    "active_movement_duration": "mvt_active_duration",
    "average_movement_score": "mvt_score_avg",
    "rem_sleep_phase_count": "nb_rem_episodes",
    "out_of_bed_count": "out_of_bed_count",
    "rem_sleep_duration": "remsleepduration",
    "average_respiration_rate": "rr_average",
    "min_respiration_rate": "rr_min",
    "max_respiration_rate": "rr_max",
    "sleep_efficiency": "sleep_efficiency",
    "sleep_latency": "sleep_latency",
    "sleep_score": "sleep_score",
    "snoring": "snoring",
    "snoring_count": "snoringepisodecount",
    "total_sleep_time": "total_sleep_time",
    "total_time_in_bed": "total_timeinbed",
    "wake_up_latency": "wakeup_latency",
    "wake_up_count": "wakeupcount",
    "total_time_awake": "wakeupduration",
    "time_awake_during_sleep": "waso",
    "withings_index": "withings_index",
}
days = {
    "steps": "steps",
    "distance": "distance",
    "elevation": "elevation",
    "soft_activity": "soft",
    "moderate_activity": "moderate",
    "intense_activity": "intense",
    "total_time_active": "active",
    "active_calories_burnt": "calories",
    "total_calories_burnt": "totalcalories",
    "average_heart_rate": "hr_average",
    "min_heart_rate": "hr_min",
    "max_heart_rate": "hr_max",
    "duration_heart_rate_light_zone": "hr_zone_0",
    "duration_heart_rate_moderate_zone": "hr_zone_1",
    "duration_heart_rate_intense_zone": "hr_zone_2",
    "duration_heart_rate_maximal_zone": "hr_zone_3",
}
hearts = {name: field for name, field in days.items() if field.startswith("hr_")}
workouts = {
    "active_calories_burnt": "calories",
    "distance": "distance",
    "elevation": "elevation",
    "intensity": "intensity",
    "pause_duration": "pause_duration",
    "spo2_average": "spo2_average",
    "steps": "steps",
    **hearts,
}


class Comparison:
    """Counts values that were read, and keeps those that differ."""

    def __init__(self) -> None:
        self.count = 0
        self.wrong: list[str] = []

    def same(self, where: str, read: object, sent: object) -> None:
        self.count += 1
        if isinstance(read, float) and isinstance(sent, (int, float)):
            equal = abs(read - sent) <= 1e-9 * max(1, abs(sent))
        else:
            equal = read == sent
        if not equal:
            self.wrong.append(f"{where}: read {read!r}, sent {sent!r}")

    def fields(self, where: str, read: object, sent: dict, names: dict[str, str], zero_is_none: set[str]) -> None:
        for name, field in names.items():
            value = sent.get(field)
            self.same(f"{where}.{field}", getattr(read, name), None if value == 0 and name in zero_is_none else value)

    def tell(self, name: str) -> None:
        tell(name, not self.wrong and self.count > 0, f"{self.count} values" + "".join(f"; {one}" for one in self.wrong[:3]))


class Account:
    """One person's sign-in, as Home Assistant's OAuth helper makes it."""

    def __init__(self, session: ClientSession, name: str) -> None:
        self.session = session
        self.name = name
        self.tokens: dict = {}
        self.refreshes = 0

    async def token(self, **fields: str) -> dict:
        form = {
            "action": "requesttoken",
            "client_id": given["clientId"],
            "client_secret": given["clientSecret"],
            **fields,
        }
        async with self.session.post("https://wbsapi.withings.net/v2/oauth2", data=form) as answer:
            return (await answer.json())["body"]

    async def sign_in(self) -> None:
        query = {
            "response_type": "code",
            "client_id": given["clientId"],
            "redirect_uri": redirect,
            "state": "state",
            "scope": scopes,
            "person": self.name,
        }
        async with self.session.post(
            "https://account.withings.com/oauth2_user/authorize2", data=query, allow_redirects=False
        ) as page:
            code = parse_qs(urlparse(page.headers["location"]).query)["code"][0]
        self.tokens = await self.token(grant_type="authorization_code", code=code, redirect_uri=redirect)

    async def refresh(self) -> None:
        self.refreshes += 1
        self.tokens = await self.token(grant_type="refresh_token", refresh_token=self.tokens["refresh_token"])

    async def access_token(self) -> str:
        return self.tokens["access_token"]

    def client(self) -> WithingsClient:
        client = WithingsClient(session=self.session)
        client.refresh_token_function = self.access_token
        return client

    async def raw(self, path: str, **fields: object) -> dict:
        headers = {"Authorization": f"Bearer {self.tokens['access_token']}"}
        async with self.session.post(f"https://wbsapi.withings.net/{path}", data=fields, headers=headers) as answer:
            body = await answer.json()
            if body["status"] != 0:
                raise RuntimeError(f"{path} {fields}: {body}")
            return body["body"]


async def measures(account: Account, client: WithingsClient) -> None:
    seen = Comparison()
    since = now - timedelta(days=90)
    read = await client.get_measurement_since(since)
    sent = (await account.raw("measure", action="getmeas", lastupdate=int(since.timestamp())))["measuregrps"]
    period = await client.get_measurement_in_period(since, now)
    seen.same("groups", len(read), len(sent))
    for group, wire in zip(read, sent, strict=True):
        at = f"group {wire['grpid']}"
        for value, field in (
            (group.group_id, "grpid"),
            (epoch(group.taken_at), "date"),
            (epoch(group.stored_at), "created"),
            (epoch(group.updated_at), "modified"),
            (group.device_id, "deviceid"),
            (group.hashed_device_id, "hash_deviceid"),
            (int(group.category), "category"),
        ):
            seen.same(f"{at}.{field}", value, wire[field])
        attribution = {8: 0, 17: 15, 10: -1}.get(wire["attrib"], wire["attrib"])
        seen.same(f"{at}.attrib", int(group.attribution), attribution)
        for measure, sent_measure in zip(group.measurements, wire["measures"], strict=True):
            kind = 0 if sent_measure["type"] == 229 else sent_measure["type"]
            seen.same(f"{at}.type", int(measure.measurement_type), kind)
            seen.same(f"{at}/{kind}", measure.value, sent_measure["value"] * 10 ** sent_measure["unit"])
            seen.same(f"{at}/{kind} position", measure.position, sent_measure.get("position"))
    seen.tell(f"{account.name}: measures since a day")
    newest = aggregate_measurements(period)
    tell(f"{account.name}: Home Assistant's newest of each measure", len(newest) > 5, f"{len(newest)} of {len(period)} groups")


async def sleep(account: Account, client: WithingsClient) -> None:
    seen = Comparison()
    first, last = (now - timedelta(days=60)).date(), now.date()
    everything = list(SleepSummaryDataFields)
    ymd = {"startdateymd": str(first), "enddateymd": str(last)}
    names = ",".join(str(field) for field in everything)
    for label, wanted, asked in (("named", everything, {"data_fields": names}), ("unnamed", None, {})):
        read = await client.get_sleep_summary_in_period(first, last, wanted)
        sent = (await account.raw("v2/sleep", action="getsummary", **ymd, **asked))["series"]
        for night, wire in zip(read, sent, strict=True):
            at = f"{label} night {wire['id']}"
            seen.same(f"{at}.startdate", epoch(night.start_date), wire["startdate"])
            seen.same(f"{at}.enddate", epoch(night.end_date), wire["enddate"])
            seen.same(f"{at}.date", str(night.date), wire["date"])
            seen.same(f"{at}.device", night.hashed_device_id, wire["hash_deviceid"])
            seen.fields(at, night, wire["data"], nights, set())
    seen.tell(f"{account.name}: nights, with fields named and unnamed")
    since = await client.get_sleep_summary_since(now - timedelta(days=3), everything)
    whole = aggregate_sleep_summary(since)
    tell(f"{account.name}: Home Assistant's summary of the last nights", whole is not None, f"{len(since)} nights")

    stages = Comparison()
    day = (now - timedelta(hours=24), now)
    read_stages = await client.get_sleep(*day, list(SleepDataFields))
    window = {"startdate": int(day[0].timestamp()), "enddate": int(day[1].timestamp())}
    fields = [str(field) for field in SleepDataFields]
    sent_stages = (await account.raw("v2/sleep", action="get", **window, data_fields=",".join(fields)))["series"]
    curves = ("heart_rate", "respiration_rate", "snoring", "heart_rate_variability", "heart_rate_variability_2", "movement_score")
    for stage, wire in zip(read_stages, sent_stages, strict=True):
        stages.same("start", epoch(stage.start_date), wire["startdate"])
        stages.same("end", epoch(stage.end_date), wire["enddate"])
        stages.same("state", int(stage.state), wire["state"])
        for curve, field in zip(curves, fields, strict=True):
            points = getattr(stage, curve)
            read_points = None if points is None else {str(epoch(point.time)): point.value for point in points}
            stages.same(field, read_points, wire.get(field))
    if read_stages:
        stages.tell(f"{account.name}: stages and minutes of the last night")


async def activity(account: Account, client: WithingsClient) -> None:
    """As Home Assistant calls it: without naming a field."""
    seen = Comparison()
    first, last = (now - timedelta(days=60)).date(), now.date()
    ymd = {"startdateymd": str(first), "enddateymd": str(last)}
    read = await client.get_activities_in_period(first, last)
    sent = (await account.raw("v2/measure", action="getactivity", **ymd))["activities"]
    for day, wire in zip(read, sent, strict=True):
        silent = wire["hr_average"] == 0
        felt = {**wire, **{field: None for field in hearts.values()}} if silent else wire
        seen.fields(f"day {wire['date']}", day, felt, days, set())
        seen.same("date", str(day.date), wire["date"])
        seen.same("modified", epoch(day.modified), wire["modified"])
        seen.same("tracker", day.is_withings_tracker, wire["is_tracker"])
        seen.same("brand", int(day.origin), wire["brand"])
    seen.tell(f"{account.name}: days, without naming a field")
    today = [day for day in read if day.date == last]
    tell(f"{account.name}: today's steps, which Home Assistant reads unasked", len(today) == 1 and today[0].steps >= 0)

    since = await client.get_activities_since(now - timedelta(days=14))
    tell(f"{account.name}: days since a moment", len(since) > 0, f"{len(since)} days")

    exercise = Comparison()
    read_workouts = await client.get_workouts_in_period(first, last)
    sent_workouts = (await account.raw("v2/measure", action="getworkouts", **ymd))["series"]
    for workout, wire in zip(read_workouts, sent_workouts, strict=True):
        at = f"workout {wire['id']}"
        exercise.fields(at, workout, wire["data"], workouts, set(workouts))
        exercise.same("id", workout.workout_id, wire["id"])
        exercise.same("category", int(workout.category), 36 if wire["category"] == 564 else wire["category"])
        exercise.same("start", epoch(workout.start_date), wire["startdate"])
        exercise.same("end", epoch(workout.end_date), wire["enddate"])
        exercise.same("date", str(workout.date), wire["date"])
    exercise.tell(f"{account.name}: workouts, without naming a field")
    await client.get_workouts_since(now - timedelta(days=14))


async def about(account: Account, client: WithingsClient) -> None:
    seen = Comparison()
    read = await client.get_devices()
    sent = (await account.raw("v2/user", action="getdevice"))["devices"]
    # This client leaves out every "Aura Sensor V2", which is what a Sleep Analyzer calls itself.
    kept = [wire for wire in sent if wire["model"] != "Aura Sensor V2"]
    for device, wire in zip(read, kept, strict=True):
        seen.same("id", device.device_id, wire["deviceid"])
        seen.same("type", str(device.device_type), wire["type"])
        seen.same("model", device.raw_model, wire["model"] or "Sleep Analyzer")
        seen.same("model id", int(device.model), wire["model_id"])
        seen.same("battery", device.battery, None if wire["battery"] == "unknown" else wire["battery"])
        seen.same("first", epoch(device.first_session_date), wire["first_session_date"])
        seen.same("last", epoch(device.last_session_date), wire["last_session_date"])
    goals = await client.get_goals()
    wanted = (await account.raw("v2/user", action="getgoals"))["goals"]
    wanted = wanted if isinstance(wanted, dict) else {}
    weight = wanted.get("weight")
    seen.same("steps", goals.steps, wanted.get("steps"))
    seen.same("sleep", goals.sleep, wanted.get("sleep"))
    seen.same("weight", goals.weight, None if weight is None else weight["value"] * 10 ** weight["unit"])
    seen.tell(f"{account.name}: devices and goals")


async def act(session: ClientSession, operation: str, **fields: object) -> None:
    async with session.post(f"{given['adminUrl']}/admin/{operation}", json=fields) as answer:
        if answer.status != 200:
            raise RuntimeError(f"{operation}: {await answer.text()}")


async def webhooks(account: Account, client: WithingsClient, userid: int) -> None:
    heard: list[dict] = []

    async def hook(request: web.Request) -> web.Response:
        if request.method == "POST":
            heard.append(dict(await request.post()))
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/hook"
    wanted = [category for category in NotificationCategory if category not in (0, 53)]
    for category in wanted:
        await client.subscribe_notification(url, category)
    listed = await client.list_notification_configurations()
    same = {int(one.notification_category) for one in listed} == {int(category) for category in wanted}
    tell("subscribes to each of its categories and finds them listed", same, f"{len(listed)} subscriptions")
    one = await client.list_notification_configurations(NotificationCategory.WEIGHT)
    tell("lists one category alone", [int(entry.notification_category) for entry in one] == [1])

    async with ClientSession() as plain:
        await act(plain, "weigh", person=account.name, kilograms=70.1)
        await act(plain, "measureBloodPressure", person=account.name, systolic=120, diastolic=80, pulse=60)
        await act(plain, "advance", seconds=120)
    calls = [
        WebhookCall.from_api({name: int(value) for name, value in form.items()})
        for form in heard
        if "startdate" in form
    ]
    right = [call for call in calls if call.notification_category in (1, 4) and call.user_id == userid]
    kinds = sorted(int(call.notification_category) for call in right if call.start_date >= now)
    tell("hears of each act once", kinds == [1, 4], f"{kinds} of {len(heard)} webhooks")

    for category in wanted:
        await client.revoke_notification_configurations(url, category)
    tell("revokes them", await client.list_notification_configurations() == [])
    try:
        await client.subscribe_notification("http://127.0.0.1:1/nobody", NotificationCategory.WEIGHT)
        tell("is refused an address that does not answer", False)
    except WithingsInvalidParamsError as error:
        tell("is refused an address that does not answer", True, str(error))
    await runner.cleanup()


async def tokens(account: Account, client: WithingsClient) -> None:
    async with ClientSession() as plain:
        await act(plain, "expireToken", person=account.name)
    try:
        await client.get_goals()
        tell("is told that its token is dead", False)
    except WithingsAuthenticationFailedError as error:
        tell("is told that its token is dead", True, str(error))
    before = dict(account.tokens)
    await account.refresh()
    await client.get_goals()
    fresh = account.tokens["refresh_token"] != before["refresh_token"]
    tell("reads on with a refreshed token, and got a new refresh token with it", fresh)


async def main() -> None:
    warned = Heard()
    logging.getLogger("aiowithings").addHandler(warned)
    context = ssl.create_default_context(cafile=given["authority"])
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    async with ClientSession(connector=TCPConnector(resolver=Simulated(), ssl=context)) as session:
        for person in given["persons"]:
            account = Account(session, person["name"])
            await account.sign_in()
            client = account.client()
            for look in (about, measures, sleep, activity):
                await look(account, client)
        first = given["persons"][0]
        account = Account(session, first["name"])
        await account.sign_in()
        await webhooks(account, account.client(), first["userid"])
        await tokens(account, account.client())
    unexpected = warned.texts - unlisted
    tell("warns of nothing but what its lists lack", not unexpected, "; ".join(sorted(warned.texts)))


asyncio.run(main())
