import type { DeviceId } from "../../measure/Device.ts"
import type { AnyFeed } from "../client/Feed.ts"
import { deviceIdIn, textIn, timeIn } from "../wire/read.ts"

/** What a webhook tells: that something changed, never what. Bed in and out are the exception: they come only so. */
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
      /** When what changed was taken, epoch seconds. */
      readonly window: { readonly from: number; readonly to: number } | null
    }

const bedIn = 50
const bedOut = 51

/** The kinds of news (`appli`) that are of use, and the feeds to pull after each. An ended account shows in a pull. */
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
 * The kinds that must stand, so that changes of a feed are announced; none announces sounds of the heart. Minutes are
 * announced, but wait for their poll.
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

/** Who lies in which bed: no poll brings it. */
export const onlyByWebhook: ReadonlyArray<number> = [bedIn, bedOut]

/** What to subscribe to, in this order; what the signed-in person's scopes do not allow, Withings refuses. */
export const wantedApplis: ReadonlyArray<number> = [...onlyByWebhook, 1, 2, 4, 16, 44, 46, 54, 58, 62, 63]

/** A webhook tells of what was measured just now, or of a week in which a device was not online. */
const widestWindow = 31 * 86_400

/** A webhook's form, or null when it is of no use, or of a time that cannot be. `now` in epoch seconds. */
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
    // A clock that is ahead must not keep the next move from being believed.
    return { _tag: "Bed", withingsUserId, deviceId, inBed: appli === bedIn, at: Math.min(at, now) }
  }
  const feeds = feedsOf[appli]
  if (feeds === undefined) return null
  const from = timeIn(form, "startdate", now)
  const to = timeIn(form, "enddate", now)
  const isWindow = from !== null && to !== null && from <= to && to - from <= widestWindow
  return { _tag: "Changed", withingsUserId, feeds, window: isWindow ? { from, to } : null }
}
