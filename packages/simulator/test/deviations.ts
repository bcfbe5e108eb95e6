/**
 * Where the simulator deviates from the document because real answers do, with the reason. The conformance test fails
 * when a deviation is missing here or no longer true.
 */
export const deviations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "measure-getmeas": {
    "body.updatetime: integer, not string": "recorded and typed by other clients as an integer",
    "body.measuregrps[].modelid: in no list of the document":
      "recorded: `modelid`, where the document says `model_id`",
    "body.measuregrps[].deviceid: null, not string": "recorded for manual entries",
    "body.measuregrps[].hash_deviceid: null, not string": "recorded for manual entries",
    "body.measuregrps[].model: null, not string": "recorded for manual entries",
    "body.measuregrps[].comment: null, not string":
      "recorded; the document calls it deprecated and always empty",
    "body.measuregrps[].measures[].algo_params: in no list of the document":
      "seen in recordings of Body Scans",
    "body.measuregrps[].measures[].apppfmid: in no list of the document": "recorded for manual entries",
    "body.measuregrps[].measures[].appliver: in no list of the document": "recorded for manual entries",
  },
  "measurev2-getactivity": {
    "body.activities[].deviceid: null, not string": "recorded for days that a telephone counted",
    "body.activities[].hash_deviceid: null, not string": "recorded for days that a telephone counted",
    "body.activities[].model: null, not string":
      "recorded by withoutings for a day of a telephone, with `modelid` -1",
  },
  "measurev2-getintradayactivity": {
    "body.series.*.deviceid: null, not string": "recorded by withoutings for minutes of a telephone",
    "body.series.*.model: null, not string": "as recorded for the day that these minutes are of",
  },
  "measurev2-getworkouts": {
    "body.series[].deviceid: null, not string": "recorded for workouts that a telephone counted",
    "body.series[].data.spo2_average: null, not integer": "recorded for workouts that a telephone counted",
    "body.series[].data.algo_pause_duration: null, not integer": "recorded for everything but swimming",
    "body.series[].data.calories: number, not integer": "recorded of a ScanWatch: 114.39999389648",
    "body.series[].data.core_body_temperature_status: string, not integer":
      "the document types an integer and lists the words unknown, usual and elevated",
    "body.series[].data.distance: number, not integer": "recorded of a ScanWatch: 3054.3000488281",
    "body.series[].data.elevation: null, not integer": "recorded of a ScanWatch",
    "body.series[].data.manual_calories: null, not integer": "recorded of a ScanWatch",
    "body.series[].data.manual_distance: null, not integer": "recorded of a ScanWatch",
    "body.series[].data.manual_intensity: null, not integer": "recorded by withoutings",
  },
  "sleepv2-get": {
    "body.series: array, not object": "recorded: a list of segments, where the document types one segment",
  },
  "sleepv2-getsummary": {
    "body.series[].data.night_events: string, not array": "JSON in a string, as withoutings decodes it",
    "body.series[].data.core_body_temperature_min: null, not number": "a mat has no such sensor",
    "body.series[].data.core_body_temperature_max: null, not number": "a mat has no such sensor",
    "body.series[].data.core_body_temperature_avg: null, not number": "a mat has no such sensor",
    "body.series[].data.core_body_temperature_status: null, not string": "a mat has no such sensor",
  },
  "userv2-getdevice": {
    "body.devices[].first_session_date: null, not integer": "recorded",
    "body.devices[].last_session_date: null, not integer": "recorded",
  },
  "notify-list": {
    "body.profiles[].expires: in no list of the document": "recorded: 2147483647",
  },
  "notify-get": {
    "body.expires: in no list of the document": "as in the recorded list",
  },
}

/** Actions of the same folders that the simulator does not have, and why. */
export const notPlayed: Readonly<Record<string, string>> = {
  "oauth2-recoverauthorizationcode": "only for contract partners",
  "oauth2-listusers": "only for contract partners",
  "oauth2-createclient": "only for contract partners",
  "measurev2-confirmuser": "writes; only for partners",
  "userv2-activate": "only for contract partners",
  "userv2-addtorpm": "only for contract partners",
  "userv2-get": "only for contract partners",
  "userv2-link": "only for contract partners",
  "userv2-unlink": "only for contract partners",
}
