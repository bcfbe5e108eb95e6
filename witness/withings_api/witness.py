"""What withings-api reads from the simulator: sign-in, every call, subscriptions."""

from __future__ import annotations

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

import requests

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"

import withings_api  # noqa: E402
from pydantic import ValidationError  # noqa: E402
from withings_api import AuthScope, WithingsApi, WithingsAuth  # noqa: E402
from withings_api.common import (  # noqa: E402
    GetSleepField,
    GetSleepSummaryField,
    MeasureType,
    NotifyAppli,
    get_measure_value,
    query_measure_groups,
)

given = json.loads(sys.argv[1])
withings_api.AbstractWithingsApi.URL = given["url"]
WithingsAuth.URL = given["url"]
redirect = "http://localhost/callback"
day = 86_400


def tell(name: str, ok: bool, detail: str = "") -> None:
    print(json.dumps({"name": name, "ok": ok, "detail": detail}), flush=True)


def raw(token: str, path: str, **fields: object) -> dict:
    answer = requests.post(f"{given['url']}/{path}", data=fields, headers={"Authorization": f"Bearer {token}"}, timeout=10)
    return answer.json()["body"]


auth = WithingsAuth(
    given["clientId"],
    given["clientSecret"],
    redirect,
    scope=(AuthScope.USER_ACTIVITY, AuthScope.USER_METRICS, AuthScope.USER_INFO, AuthScope.USER_SLEEP_EVENTS),
)
asked = urlparse(auth.get_authorize_url())
form = {name: values[0] for name, values in parse_qs(asked.query).items()} | {"person": given["person"]}
page = requests.post(f"{given['url']}{asked.path}", data=form, allow_redirects=False, timeout=10)
code = parse_qs(urlparse(page.headers["location"]).query)["code"][0]
credentials = auth.get_credentials(code)
api = WithingsApi(credentials)
tell("signs in", bool(credentials.access_token), f"expires in {credentials.expires_in} s")
before = credentials.refresh_token
api.refresh_token()
tell("refreshes", api.get_credentials().refresh_token != before)
token = api.get_credentials().access_token
now = given["now"]
since = now - 30 * day
none = {"startdate": None, "enddate": None}
no_days = {"startdateymd": None, "enddateymd": None}


def weights() -> str:
    read = api.measure_get_meas(lastupdate=since, **none)
    sent = raw(token, "measure", action="getmeas", lastupdate=since)["measuregrps"]
    assert [group.grpid for group in read.measuregrps] == [group["grpid"] for group in sent]
    values = [get_measure_value(group, MeasureType.WEIGHT) for group in query_measure_groups(read, MeasureType.WEIGHT)]
    return f"{len(sent)} groups, {len(values)} weighings"


def days() -> str:
    read = api.measure_get_activity(lastupdate=since, **no_days)
    sent = raw(token, "v2/measure", action="getactivity", lastupdate=since)["activities"]
    assert [one.steps for one in read.activities] == [one["steps"] for one in sent]
    return f"{len(sent)} days"


def nights() -> str:
    read = api.sleep_get_summary(data_fields=GetSleepSummaryField, lastupdate=since, **no_days)
    sent = raw(token, "v2/sleep", action="getsummary", lastupdate=since, data_fields="deepsleepduration")["series"]
    assert [one.data.deepsleepduration for one in read.series] == [one["data"]["deepsleepduration"] for one in sent]
    return f"{len(sent)} nights"


def stages() -> str:
    read = api.sleep_get(data_fields=GetSleepField, startdate=now - day, enddate=now)
    return f"{len(read.series)} stages"


def hearts() -> str:
    listed = api.heart_list(startdate=0, enddate=now).series
    curve = api.heart_get(listed[0].ecg.signalid)
    return f"{len(listed)} recordings, {len(curve.signal)} samples"


def devices() -> str:
    return f"{len(api.user_get_device().devices)} devices"


class Hook(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


def subscriptions() -> str:
    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/hook"
    api.notify_subscribe(callbackurl=url, appli=NotifyAppli.WEIGHT, comment="mine")
    assert api.notify_get(callbackurl=url, appli=NotifyAppli.WEIGHT).comment == "mine"
    assert [one.appli for one in api.notify_list().profiles] == [NotifyAppli.WEIGHT]
    api.notify_revoke(callbackurl=url, appli=NotifyAppli.WEIGHT)
    assert not list(api.notify_list().profiles)
    server.shutdown()
    return "subscribe, get, list, revoke"


# A closed list of this client refuses what the real cloud sends as well. Its own first complaint is told.
closed = 0
for look in (weights, days, nights, stages, hearts, devices, subscriptions):
    try:
        tell(look.__name__, True, look())
    except ValidationError as error:
        closed += 1
        first = error.errors()[0]
        tell(f"{look.__name__}: not readable for this client any more", True, f"{first['loc']}: {first['msg']}")
tell("reads most of what it asks for", closed <= 2, f"{closed} of 7 calls are not readable")
