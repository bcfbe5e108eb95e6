import type { AnyFeed } from "./Feed.ts"

/** What a webhook tells: that something changed, never what. Bed in and out are the exception: they come only so. */
export type Notification =
  | {
      readonly _tag: "Bed"
      readonly withingsUserId: string
      readonly deviceId: string
      readonly inBed: boolean
      /** Epoch seconds, null when Withings did not say. */
      readonly at: number | null
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
  16: ["day", "workout", "intraday"],
  44: ["night", "night-curve"],
  46: ["getmeas"],
  54: ["heart", "getmeas"],
  58: ["getmeas"],
  62: ["getmeas"],
  63: ["getmeas"],
}

/** Who lies in which bed: no poll brings it. */
export const onlyByWebhook: ReadonlyArray<number> = [bedIn, bedOut]

/** What to subscribe to, in this order; what the signed-in person's scopes do not allow, Withings refuses. */
export const wantedApplis: ReadonlyArray<number> = [...onlyByWebhook, 1, 2, 4, 16, 44, 46, 54, 58]

/** A webhook's form, or null when it is of no use. */
export const toNotification = (form: Readonly<Record<string, string | undefined>>): Notification | null => {
  const withingsUserId = form["userid"]
  const appli = Number(form["appli"])
  if (withingsUserId === undefined || withingsUserId === "") return null
  if (appli === bedIn || appli === bedOut) {
    const deviceId = form["deviceid"]
    if (deviceId === undefined || deviceId === "") return null
    return { _tag: "Bed", withingsUserId, deviceId, inBed: appli === bedIn, at: epoch(form["date"]) }
  }
  const feeds = feedsOf[appli]
  if (feeds === undefined) return null
  const from = epoch(form["startdate"])
  const to = epoch(form["enddate"])
  const window = from === null || to === null || to < from ? null : { from, to }
  return { _tag: "Changed", withingsUserId, feeds, window }
}

const epoch = (text: string | undefined): number | null =>
  text !== undefined && /^\d{9,10}$/.test(text) ? Number(text) : null
