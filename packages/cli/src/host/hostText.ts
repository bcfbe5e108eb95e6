import { manualCode } from "../app/matterCode.ts"
import { shortPath } from "../app/shortPath.ts"
import { bold, cyan, dim, green, isTerminal, red, wrap, yellow } from "../terminal/style.ts"
import type { AppReady, HostedName, Level } from "./appLine.ts"
import { titles, type HostEvent } from "./HostEvent.ts"

const names: Readonly<Record<HostedName, string>> = { console: "Console", gladys: "Gladys", matter: "Matter" }
const paint: Readonly<Record<Level, (text: string) => string>> = {
  info: (text) => text,
  warning: yellow,
  error: red,
}
/** When it is shown ("09:30:00"), and how wide lines may be: in a record they stay whole. */
interface Place {
  readonly now: string
  readonly width: number
}

/** "09:30:00 Console  ". */
const indent = " ".repeat(18)

const line = (app: HostedName, text: string, { now, width }: Place, colour = paint.info) => {
  const [first = "", ...rest] = wrap(text, width, indent).split("\n")
  return [`${dim(now)} ${names[app].padEnd(9)}${colour(first.trimStart())}`, ...rest.map(colour)].join("\n")
}

const up = (app: HostedName, what: string) => `${green("✓")} ${bold(names[app].padEnd(8))} ${what}`

const readyText = (app: HostedName, ready: AppReady, controllers: ReadonlyArray<string>): string => {
  if ("address" in ready) return up(app, cyan(app === "gladys" ? `${ready.address}/docs` : ready.address))
  if (ready.commissioned) return up(app, `paired with ${controllers.join(", ") || "a controller"}`)
  return up(app, `waits for a controller: ${cyan(manualCode(ready.manualPairingCode))}`)
}

const controllersText = (controllers: ReadonlyArray<string>) =>
  controllers.length === 0 ? "No controller is paired any more." : `Paired with ${controllers.join(", ")}.`

/** What is shown of an event; empty: nothing. */
export const hostText = (event: HostEvent, place: Place): string => {
  switch (event.type) {
    case "starting":
      return `${bold("Withings Bridge")}  ${dim(`${shortPath(event.home)}, Ctrl-C stops it`)}\n`
    case "ready":
      return event.again
        ? line(event.app, "Runs again.", place)
        : readyText(event.app, event.ready, event.controllers ?? [])
    case "message":
      return line(event.app, event.text, place, paint[event.level])
    case "hint":
      return `${yellow("!")} ${wrap(event.text, place.width, "  ").trimStart()}`
    case "controllers":
      return line(event.app, controllersText(event.controllers), place)
    case "ended":
      // Its own reason stands there already, and the command ends with a sentence.
      if (event.again === null) return ""
      return line(
        event.app,
        `${titles[event.app]} ended (${event.how}); it is started again in ${event.again} s.`,
        place,
        yellow,
      )
    case "stopped":
      return isTerminal ? "\nStopped." : "Stopped."
  }
}
