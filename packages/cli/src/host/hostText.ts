import type { Access } from "@withings-bridge/core"
import { manualCode } from "../app/matterCode.ts"
import { shortPath } from "../app/shortPath.ts"
import { bold, cyan, dim, green, isTerminal, red, wrap, yellow } from "../terminal/style.ts"
import type { HostEvent, Level } from "./HostEvent.ts"

const paint: Readonly<Record<Level, (text: string) => string>> = {
  info: (text) => text,
  warning: yellow,
  error: red,
}
/** `now`: "09:30:00". */
interface Place {
  readonly now: string
  readonly width: number
  /** Whether only the user sees the output. */
  readonly isPrivate: boolean
}

/** "09:30:00 Console  ". */
const indent = " ".repeat(18)

const line = (title: string, text: string, { now, width }: Place, colour = paint.info) => {
  const [first = "", ...rest] = wrap(text, width, indent).split("\n")
  return [`${dim(now)} ${title.padEnd(9)}${colour(first.trimStart())}`, ...rest.map(colour)].join("\n")
}

const up = (title: string, what: string) => `${green("✓")} ${bold(title.padEnd(8))} ${what}`

const readyText = ({ address, pairing, privateAddress }: Access, isPrivate: boolean): string => {
  if (pairing !== undefined)
    return pairing.controllers.length > 0
      ? `paired with ${pairing.controllers.join(", ")}`
      : `waits for a controller: ${cyan(manualCode(pairing.code))}`
  return cyan((isPrivate ? privateAddress : undefined) ?? address ?? "runs")
}

const controllersText = (controllers: ReadonlyArray<string>) =>
  controllers.length === 0 ? "No controller is paired any more." : `Paired with ${controllers.join(", ")}.`

export const hostText = (event: HostEvent, place: Place): string => {
  switch (event.type) {
    case "starting":
      return `${bold("Withings Bridge")}  ${dim(`${shortPath(event.home)}, Ctrl-C stops it`)}\n`
    case "ready":
      return event.again
        ? line(event.app.title, "Runs again.", place)
        : up(event.app.title, readyText(event.access, place.isPrivate))
    case "message":
      return line(event.app.title, event.text, place, paint[event.level])
    case "hint":
      return `${yellow("!")} ${wrap(event.text, place.width, "  ").trimStart()}`
    case "controllers":
      return line(event.app.title, controllersText(event.controllers), place)
    case "ended":
      return line(
        event.app.title,
        `Ended (${event.how.replace(/\.$/u, "")}); it starts again in ${event.again} s.`,
        place,
        yellow,
      )
    case "stopped":
      return isTerminal ? "\nStopped." : "Stopped."
  }
}
