import {
  type Home,
  listenFailure,
  type Part,
  type PartSources,
  reachableAddress,
  readSection,
  settingReaders,
} from "@withings-bridge/core"
import { Clock, Effect, Layer } from "effect"
import * as Console from "./server/Console.ts"
import type { ConsoleTools } from "./server/ConsoleOptions.ts"
import { ticketLink } from "./server/Ticket.ts"

const { text, url, wholeNumber } = settingReaders

/** Where the console listens; see docs/console.md. */
export interface ConsoleSettings {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The address behind a reverse proxy, such as `https://bridge.example`. */
  readonly publicUrl: string | undefined
}

/** The section `console` of config.yaml. */
const table = {
  host: {
    env: "WITHINGS_CONSOLE_HOST",
    wanted: "a host name or address to listen on, such as 0.0.0.0 for the whole network",
    read: text,
    about: "where to listen; `0.0.0.0` for other machines, too",
    usual: "`127.0.0.1`",
  },
  port: {
    env: "WITHINGS_CONSOLE_PORT",
    wanted: "a port, 0 to 65535",
    read: wholeNumber(0, 65_535),
    about: "its port",
    usual: "`7332`",
  },
  public_url: {
    env: "WITHINGS_CONSOLE_PUBLIC_URL",
    wanted: "the address of the console behind a reverse proxy, such as https://bridge.example",
    read: url,
    about: "the address behind a reverse proxy, `https://bridge.example`",
  },
}

const readSettings = ({ env, file, flags = {} }: PartSources) => {
  const { mistakes, values } = readSection(table, { section: "console", file, env, flags })
  const settings: ConsoleSettings = {
    host: values.host ?? "127.0.0.1",
    port: values.port ?? 7332,
    publicUrl: values.public_url,
  }
  return { settings, mistakes }
}

/** The web page as a part of `run`; it shows what each of these homes shows. */
export const consolePart = (homes: ReadonlyArray<Home>, tools: ConsoleTools = {}): Part<ConsoleSettings> => ({
  name: "console",
  title: "Console",
  about: "The web page: sign-in, devices, charts, on http://127.0.0.1:7332",
  settings: { table, read: readSettings },
  ports: ({ port }) => [
    {
      port,
      protocol: "tcp",
      remedy: "Stop that program, or choose another port (console: port in config.yaml).",
    },
  ],
  keeps: ["console.json", "console-key", "console-sessions.json"],
  run: ({ host, port, publicUrl }, { accesses, config, restart, restartAfter, show }) =>
    Effect.gen(function* () {
      const own = { ...tools, home: config.home, host, port, publicUrl, homes }
      const options = { ...own, accesses, restart, restartAfter }
      yield* Layer.build(Console.layer(options)).pipe(
        Effect.mapError(({ cause }) => ({
          message: listenFailure(cause, {
            what: "The console",
            host,
            port,
            remedy: "choose another host or port under `console:` in config.yaml",
          }),
        })),
      )
      const address = reachableAddress(host, port)
      const now = yield* Clock.currentTimeMillis
      yield* show({ address, privateAddress: ticketLink(config.home, publicUrl ?? address, now) })
      return yield* Effect.never
    }),
})
