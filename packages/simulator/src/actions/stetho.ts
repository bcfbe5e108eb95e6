import { invalidParams } from "../cloud/ApiFailure.ts"
import type { HeartRecord } from "../history/ecg.ts"
import { heartSound, soundFrequency, soundSeconds } from "../history/heartSound.ts"
import type { Selection } from "../history/Row.ts"
import { personAction, type PersonCall } from "./Action.ts"
import { pageOf } from "./page.ts"
import { dateRange, requiredInteger } from "./Params.ts"

const scopes = ["user.metrics"]

const pageSize = 300

interface Sound {
  readonly signalid: number
  readonly vhd: number
  readonly record: HeartRecord
}

const soundsOf = ({ cloud, person }: PersonCall, range: Selection = {}): ReadonlyArray<Sound> =>
  person.histories.hearts
    .rows(cloud.household.livedUntil, range)
    .flatMap(({ wire }) => (wire.stetho ? [{ ...wire.stetho, record: wire }] : []))

/** Sounds of the heart, by the document: it does not keep them for partners, and no recording of an answer is known. */
export const listSounds = personAction(scopes, (call) => {
  const { items, paging } = pageOf(call, soundsOf(call, dateRange(call.params)), pageSize)
  return {
    series: items.map(({ signalid, vhd, record }) => ({
      signalid,
      timestamp: record.timestamp,
      hash_deviceid: record.deviceid,
      timezone: call.person.timezone,
      vhd,
    })),
    ...paging,
  }
})

const leftArm = 3

export const getSound = personAction(scopes, (call) => {
  const signalid = requiredInteger(call.params, "signalid")
  const found = soundsOf(call).find((sound) => sound.signalid === signalid)
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
