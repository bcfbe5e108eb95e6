import process from "node:process"
import { matterQr } from "../app/matterCode.ts"
import { isTerminal } from "../terminal/style.ts"
import type { HostedName } from "./appLine.ts"
import type { HostEvent, Tell } from "./HostEvent.ts"
import { hostText } from "./hostText.ts"
import { Repeats } from "./Repeats.ts"

/** Milliseconds that remarks wait for the last app to be up, so that where to go stands together. */
const longestStart = 15_000

const width = isTerminal ? 80 : Number.POSITIVE_INFINITY

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" })

const print = (text: string) => text !== "" && process.stdout.write(`${text}\n`)

/** Leaves out what was said already: nothing is told once for each process. */
const onlyNews = (tell: (event: HostEvent, now: Date) => void): Tell => {
  const repeats = new Repeats()
  return (event) => {
    const now = new Date()
    if (event.type !== "message" || repeats.isNews(event.app, event.text, now.getTime() / 1_000))
      tell(event, now)
  }
}

/** Each event as one line of JSON. */
export const jsonPrinter = (): Tell =>
  onlyNews((event, at) => {
    const { ready, ...rest } = { ready: {}, ...event }
    print(JSON.stringify({ at, ...rest, ...ready }))
  })

/** First where everything is, then the code to scan, then only changes. */
export const textPrinter = (): Tell => {
  const starting = new Set<HostedName>()
  let remarks: Array<string> | null = []
  let isUp = false
  const release = () => {
    if (remarks !== null && remarks.length > 0) print([...(isUp ? [""] : []), ...remarks].join("\n"))
    remarks = null
  }
  return onlyNews((event, now) => {
    const text = hostText(event, { now: clock.format(now), width })
    if (event.type === "starting") {
      for (const app of event.apps) starting.add(app)
      setTimeout(release, longestStart).unref()
      return print(text)
    }
    const isRemark = event.type === "message" || event.type === "hint"
    if (isRemark && remarks !== null) return remarks.push(text)
    if (event.type !== "ready" || event.again) {
      release()
      return print(text)
    }
    print(text)
    isUp = true
    if ("qrPairingCode" in event.ready && !event.ready.commissioned) remarks?.unshift(matterQr(event.ready))
    starting.delete(event.app)
    if (starting.size === 0) release()
  })
}
