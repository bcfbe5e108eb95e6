import process from "node:process"
import { matterQr } from "../app/matterCode.ts"
import { isTerminal } from "../terminal/style.ts"
import type { HostEvent, Tell } from "./HostEvent.ts"
import { hostText } from "./hostText.ts"

/** Milliseconds that remarks wait for the last part, so that the addresses stand together. */
const longestStart = 15_000

const width = isTerminal ? 80 : Number.POSITIVE_INFINITY

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" })

const print = (text: string) => text !== "" && process.stdout.write(`${text}\n`)

/** Without the private address, which signs in: only a terminal may show it. */
const asJson = (event: HostEvent) => {
  if (!("app" in event)) return event
  const { app, ...rest } = event
  if (rest.type !== "ready") return { ...rest, app: app.name }
  const { access, ...ready } = rest
  return { ...ready, app: app.name, address: access.address, pairing: access.pairing ?? null }
}

/** Each event as one line of JSON. */
export const jsonPrinter = (): Tell => (event) => print(JSON.stringify({ at: new Date(), ...asJson(event) }))

/** Prints the addresses first, then the code to scan, then only changes. */
export const textPrinter = (): Tell => {
  const starting = new Set<string>()
  let remarks: Array<string> | null = []
  let isUp = false
  const release = () => {
    if (remarks !== null && remarks.length > 0) print([...(isUp ? [""] : []), ...remarks].join("\n"))
    remarks = null
  }
  return (event) => {
    const text = hostText(event, { now: clock.format(new Date()), width, isPrivate: isTerminal })
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
    const { pairing } = event.access
    if (pairing !== undefined && pairing.controllers.length === 0) remarks?.unshift(matterQr(pairing))
    starting.delete(event.app.name)
    if (starting.size === 0) release()
  }
}

/** Says nothing after the last word: libraries still log while the process exits. */
export const untilStopped = (tell: Tell): Tell => {
  let isStopped = false
  return (event) => {
    if (!isStopped) tell(event)
    isStopped ||= event.type === "stopped"
  }
}
