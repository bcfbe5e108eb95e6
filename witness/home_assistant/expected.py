"""What Home Assistant should show, worked out from the simulator's own JSON and from no client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from aiohttp import ClientSession

# Numbers of Withings' document, by the key that Home Assistant gives to the entity.
types = {
    "weight_kg": 1, "height_m": 4, "fat_free_mass_kg": 5, "fat_ratio_pct": 6, "fat_mass_kg": 8,
    "diastolic_blood_pressure_mmhg": 9, "systolic_blood_pressure_mmhg": 10, "heart_pulse_bpm": 11,
    "temperature_c": 12, "spo2_pct": 54, "body_temperature_c": 71, "skin_temperature_c": 73, "muscle_mass_kg": 76,
    "hydration": 77, "bone_mass_kg": 88, "pulse_wave_velocity": 91, "vo2_max": 123, "vascular_age": 155,
    "extracellular_water": 168, "intracellular_water": 169, "visceral_fat": 170,
    "electrodermal_activity_feet": 196, "electrodermal_activity_left_foot": 197,
    "electrodermal_activity_right_foot": 198,
}  # fmt: skip
segments = {"fat_free_mass_for_segments": 173, "fat_mass_for_segments": 174, "muscle_mass_for_segments": 175}
limbs = {"right_arm": 2, "left_arm": 3, "left_leg": 10, "right_leg": 11, "torso": 12}
night_fields = {
    "sleep_breathing_disturbances_intensity": "breathing_disturbances_intensity",
    "sleep_deep_duration_seconds": "deepsleepduration", "sleep_tosleep_duration_seconds": "sleep_latency",
    "sleep_towakeup_duration_seconds": "wakeup_latency", "sleep_heart_rate_average_bpm": "hr_average",
    "sleep_heart_rate_max_bpm": "hr_max", "sleep_heart_rate_min_bpm": "hr_min",
    "sleep_light_duration_seconds": "lightsleepduration", "sleep_rem_duration_seconds": "remsleepduration",
    "sleep_respiratory_average_bpm": "rr_average", "sleep_respiratory_max_bpm": "rr_max",
    "sleep_respiratory_min_bpm": "rr_min", "sleep_score": "sleep_score", "sleep_snoring": "snoring",
    "sleep_snoring_eposode_count": "snoringepisodecount", "sleep_wakeup_count": "wakeupcount",
    "sleep_wakeup_duration_seconds": "wakeupduration",
}  # fmt: skip
day_fields = {
    "activity_steps_today": "steps", "activity_distance_today": "distance",
    "activity_floors_climbed_today": "elevation", "activity_soft_duration_today": "soft",
    "activity_moderate_duration_today": "moderate", "activity_intense_duration_today": "intense",
    "activity_active_duration_today": "active", "activity_active_calories_burnt_today": "calories",
    "activity_total_calories_burnt_today": "totalcalories",
}  # fmt: skip
workout_fields = {
    "workout_active_calories_burnt": "calories", "workout_distance": "distance",
    "workout_floors_climbed": "elevation", "workout_intensity": "intensity",
}  # fmt: skip
categories = {1: "walk", 2: "run", 3: "hiking", 6: "bicycling", 7: "swimming", 28: "yoga", 36: "other"}

whole_body = (None, 6, 7)
uncertain = (-1, 1)


@dataclass
class Wire:
    """A sign-in of its own at the simulator, for one person."""

    session: ClientSession
    given: dict
    person: dict
    token: str = ""

    async def sign_in(self) -> None:
        application = {"client_id": self.given["clientId"], "state": "s", "redirect_uri": "https://home.example/seen"}
        scope = "user.info,user.metrics,user.activity,user.sleepevents"
        form = {**application, "response_type": "code", "scope": scope, "person": self.person["name"]}
        page = "https://account.withings.com/oauth2_user/authorize2"
        async with self.session.post(page, data=form, allow_redirects=False) as answer:
            code = answer.headers["location"].split("code=")[1].split("&")[0]
        keys = {"client_secret": self.given["clientSecret"], "action": "requesttoken", "code": code}
        form = {**application, **keys, "grant_type": "authorization_code"}
        async with self.session.post("https://wbsapi.withings.net/v2/oauth2", data=form) as answer:
            self.token = (await answer.json())["body"]["access_token"]

    async def ask(self, path: str, **fields: object) -> dict:
        headers = {"authorization": f"Bearer {self.token}"}
        async with self.session.post(f"https://wbsapi.withings.net/{path}", data=fields, headers=headers) as answer:
            body = await answer.json()
            if body["status"] != 0:
                raise RuntimeError(f"{path} {fields}: {body}")
            return body["body"]

    async def all(self, path: str, series: str, **fields: object) -> list[dict]:
        found: list[dict] = []
        offset = 0
        while True:
            body = await self.ask(path, **fields, offset=offset)
            found += body[series]
            if not body.get("more"):
                return found
            offset = body["offset"]


async def measures(wire: Wire, now: datetime) -> dict[str, object]:
    since = int((now - timedelta(days=14)).timestamp())
    groups = await wire.all("measure", "measuregrps", action="getmeas", startdate=since, enddate=int(now.timestamp()))
    newest: dict[tuple[int, int | None], float] = {}
    for group in sorted(groups, key=lambda one: one["date"]):
        if group["attrib"] in uncertain:
            continue
        for one in group["measures"]:
            place = one.get("position")
            newest[one["type"], None if place in whole_body else place] = one["value"] * 10 ** one["unit"]
    found = {key: newest.get((number, None)) for key, number in types.items()}
    for kind, number in segments.items():
        found |= {f"{kind}_{limb}": newest.get((number, place)) for limb, place in limbs.items()}
    return {key: value for key, value in found.items() if value is not None}


async def night(wire: Wire, now: datetime) -> dict[str, object]:
    noon = (now - timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    fields = ",".join(night_fields.values())
    asked = {"action": "getsummary", "lastupdate": int(noon.timestamp()), "data_fields": fields}
    nights = await wire.all("v2/sleep", "series", **asked)
    if not nights:
        return {}
    data = max(nights, key=lambda one: one["enddate"])["data"]
    return {key: data.get(field) for key, field in night_fields.items()}


async def days(wire: Wire, now: datetime) -> dict[str, object]:
    # It asks by the date of UTC, and shows the day of the home: between the two midnights there is none.
    utc = now.astimezone(timezone.utc)
    span = {"startdateymd": (utc - timedelta(days=14)).date(), "enddateymd": utc.date()}
    asked = {key: str(value) for key, value in span.items()}
    activities = await wire.all("v2/measure", "activities", action="getactivity", **asked)
    today = [one for one in activities if one["date"] == str(now.date())]
    found = {key: today[0][field] for key, field in day_fields.items()} if today else {}
    workouts = await wire.all("v2/measure", "series", action="getworkouts", **asked)
    if not workouts:
        return found
    last = max(workouts, key=lambda one: one["enddate"])
    return {
        **found,
        **{key: last["data"].get(field) for key, field in workout_fields.items()},
        "workout_type": categories.get(last["category"], "other"),
        "workout_pause_duration": last["data"].get("pause_duration") or 0,
        "workout_duration": last["enddate"] - last["startdate"],
    }


async def goals(wire: Wire) -> dict[str, object]:
    wanted = (await wire.ask("v2/user", action="getgoals"))["goals"]
    wanted = wanted if isinstance(wanted, dict) else {}
    weight = wanted.get("weight")
    kilograms = None if weight is None else weight["value"] * 10 ** weight["unit"]
    found = {"step_goal": wanted.get("steps"), "sleep_goal": wanted.get("sleep"), "weight_goal": kilograms}
    return {key: value for key, value in found.items() if value}


async def expected(wire: Wire, zone: str) -> dict[str, object]:
    """By the `unique_id` of Home Assistant's entities; None is its "unknown". Its days are those of the home's zone."""
    now = datetime.now(tz=timezone.utc).astimezone(ZoneInfo(zone))
    found = {**await measures(wire, now), **await night(wire, now), **await days(wire, now), **await goals(wire)}
    own = {f"withings_{wire.person['userid']}_{key}": value for key, value in found.items()}
    devices = (await wire.ask("v2/user", action="getdevice"))["devices"]
    # Its client leaves out every "Aura Sensor V2", which is what a Sleep Analyzer calls itself.
    shown = [one for one in devices if one["model"] != "Aura Sensor V2"]
    batteries = {f"{one['deviceid']}_battery": one["battery"] for one in shown}
    return {**own, **{key: None if value == "unknown" else value for key, value in batteries.items()}}
