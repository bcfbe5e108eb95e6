import { readPart, type Part, type PartPort } from "@withings-bridge/core"
import { Effect } from "effect"
import { reserve, type Protocol, type Reserved } from "../app/ports.ts"
import { CommandError } from "../CommandError.ts"
import { listenerOn, processText } from "../doctor/listener.ts"

interface Wanted {
  readonly title: string
  readonly protocol: Protocol
  readonly usual: number
  /** Whether an option chooses it. */
  readonly hasFlag: boolean
}

const ofTheDemo: Readonly<Record<string, Wanted>> = {
  homekit: { title: "Homebridge", protocol: "tcp", usual: 51_826, hasFlag: true },
  simulator: { title: "the simulated Withings cloud", protocol: "tcp", usual: 8190, hasFlag: false },
  simulatorAdmin: { title: "the simulator's admin page", protocol: "tcp", usual: 8191, hasFlag: false },
  webhook: { title: "the webhook receiver", protocol: "tcp", usual: 8192, hasFlag: false },
  control: { title: "the control from a second terminal", protocol: "tcp", usual: 8193, hasFlag: false },
}

/** The default port of a part; undefined: it has none. */
const usualPort = (part: Part): PartPort | undefined =>
  part.ports(readPart(part, { folder: "", env: {} }).settings)[0]

export const wantedPorts = (parts: ReadonlyArray<Part>): Readonly<Record<string, Wanted>> => ({
  ...ofTheDemo,
  ...Object.fromEntries(
    parts.flatMap((part) => {
      const port = usualPort(part)
      return port === undefined
        ? []
        : [[part.name, { title: part.title, protocol: port.protocol, usual: port.port, hasFlag: true }]]
    }),
  ),
})

const ownerOf = (port: number, protocol: Protocol): string => {
  const pid = listenerOn(port, protocol)
  return pid === null ? "another program" : processText(pid)
}

const anyPort = (protocol: Protocol, title: string) =>
  Effect.flatMap(reserve(0, protocol), (reserved) =>
    reserved === null
      ? Effect.fail(new CommandError("port-taken", `No port is free for ${title}.`))
      : Effect.succeed(reserved),
  )

/**
 * Reserves all ports before anything starts: the requested one, else that of the last start, else the usual one, else
 * any that is free. Fails when a requested port is taken.
 */
export const choosePorts = (
  parts: ReadonlyArray<Part>,
  asked: Readonly<Record<string, number>>,
  kept: Readonly<Record<string, number>>,
) =>
  Effect.gen(function* () {
    const reserved = new Map<string, Reserved>()
    const notes: Array<string> = []
    for (const [name, { protocol, title, usual }] of Object.entries(wantedPorts(parts))) {
      const port = asked[name] ?? kept[name] ?? usual
      const own = yield* reserve(port, protocol)
      if (own === null && asked[name] !== undefined)
        return yield* new CommandError(
          "port-taken",
          `Port ${port} for ${title} is taken by ${ownerOf(port, protocol)}: stop it, or choose another port.`,
        )
      const chosen = own ?? (yield* anyPort(protocol, title))
      if (own === null)
        notes.push(
          `Port ${port} is taken by ${ownerOf(port, protocol)}, so ${title} moves to ${chosen.port}.`,
        )
      reserved.set(name, chosen)
    }
    return { reserved, notes }
  })
