import type { DeviceId } from "../../measure/Device.ts"
import type { AnyFeed, Window } from "../client/Feed.ts"
import { deviceIdIn, textIn, timeIn } from "../wire/read.ts"

/** A webhook says that something changed, but not what. Bed in and out are the exception: no request returns them. */
export type Notification =
  | {
      readonly _tag: "Bed"
      readonly withingsUserId: string
      readonly deviceId: DeviceId
      readonly inBed: boolean
      /** Epoch seconds. */
      readonly at: number
    }
  | {
      readonly _tag: "Changed"
      readonly withingsUserId: string
      readonly feeds: ReadonlyArray<AnyFeed>
      /** When the changed measures were taken. */
      readonly window: Window | null
    }

const bedIn = 50
const bedOut = 51

/** The feeds to read after a webhook of each kind (`appli`). An ended account shows when it is read. */
const feedsOf: Readonly<Record<number, ReadonlyArray<AnyFeed>>> = {
  1: ["getmeas"],
  2: ["getmeas"],
  4: ["getmeas"],
  16: ["day", "workout"],
  44: ["night", "night-curve"],
  46: ["getmeas"],
  54: ["heart", "getmeas"],
  58: ["getmeas"],
  62: ["getmeas"],
  63: ["getmeas"],
}

/**
 * The subscriptions that announce changes of a feed. None announces heart sounds. Minutes are announced, but wait for
 * their poll.
 */
export const announcedBy: Readonly<Record<AnyFeed, ReadonlyArray<number>>> = {
  getmeas: [1, 2, 4],
  day: [16],
  workout: [16],
  intraday: [16],
  night: [44],
  "night-curve": [44],
  heart: [54],
  sound: [],
}

/** Bed presence, which no poll returns. */
export const onlyByWebhook: ReadonlyArray<number> = [bedIn, bedOut]

/** The subscriptions to make, in this order. Withings refuses those that the person's scopes do not allow. */
export const wantedApplis: ReadonlyArray<number> = [...onlyByWebhook, 1, 2, 4, 16, 44, 46, 54, 58, 62, 63]

/** Seconds. A device may have been offline for weeks. */
const widestWindow = 31 * 86_400

/** null: of no use, or of an impossible time. `now` in epoch seconds. */
export const toNotification = (
  form: Readonly<Record<string, string | undefined>>,
  now: number,
): Notification | null => {
  const withingsUserId = textIn(form, "userid")
  const appli = Number(form["appli"])
  if (withingsUserId === null) return null
  if (appli === bedIn || appli === bedOut) {
    const deviceId = deviceIdIn(form)
    const at = form["date"] === undefined ? now : timeIn(form, "date", now)
    if (deviceId === null || at === null) return null
    // A clock that is ahead must not block the next move.
    return { _tag: "Bed", withingsUserId, deviceId, inBed: appli === bedIn, at: Math.min(at, now) }
  }
  const feeds = feedsOf[appli]
  if (feeds === undefined) return null
  const from = timeIn(form, "startdate", now)
  const to = timeIn(form, "enddate", now)
  const isWindow = from !== null && to !== null && from <= to && to - from <= widestWindow
  return { _tag: "Changed", withingsUserId, feeds, window: isWindow ? { from, to } : null }
}
