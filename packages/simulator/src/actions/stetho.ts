import { invalidParams } from "../cloud/ApiFailure.ts"
import type { HeartRecord } from "../history/ecg.ts"
import { heartSound, soundFrequency, soundSeconds } from "../history/heartSound.ts"
import type { Row } from "../history/Row.ts"
import { personAction, type PersonCall } from "./Action.ts"
import { pageOf } from "./page.ts"
import { epochParam, requiredInteger } from "./Params.ts"

const scopes = ["user.metrics"]

const pageSize = 300

interface Sound {
  readonly signalid: number
  readonly vhd: number
  readonly record: HeartRecord
}

const soundIn = ({ wire }: Row<HeartRecord>): ReadonlyArray<Sound> =>
  wire.stetho ? [{ ...wire.stetho, record: wire }] : []

const soundsOf = ({ cloud, person }: PersonCall, from: number, to: number): ReadonlyArray<Sound> =>
  person.histories.hearts.rows(cloud.household.livedUntil, { from, to }).flatMap(soundIn)

/** Sounds of the heart, by the document: it does not keep them for partners, and no recording of an answer is known. */
export const listSounds = personAction(scopes, (call) => {
  const { params, person } = call
  const sounds = soundsOf(
    call,
    epochParam(params, "startdate") ?? 0,
    epochParam(params, "enddate") ?? Number.MAX_SAFE_INTEGER,
  )
  const page = pageOf(call, sounds, pageSize)
  return {
    series: page.items.map(({ signalid, vhd, record }) => ({
      signalid,
      timestamp: record.timestamp,
      hash_deviceid: record.deviceid,
      timezone: person.timezone,
      vhd,
    })),
    more: page.more,
    offset: page.more ? page.next : 0,
  }
})

const leftArm = 3

export const getSound = personAction(scopes, (call) => {
  const signalid = requiredInteger(call.params, "signalid")
  const found = soundsOf(call, 0, Number.MAX_SAFE_INTEGER).find((sound) => sound.signalid === signalid)
  if (!found) throw invalidParams("unknown signalid")
  return {
    signal: heartSound(signalid, found.record.heart_rate),
    frequency: soundFrequency,
    duration: soundSeconds,
    format: 1,
    resolution: 8,
    channel: 1,
    model: found.record.model,
    position: leftArm,
    vhd: found.vhd,
  }
})
