import process from "node:process"
import { consoleSettings } from "@withings-bridge/console"
import type { BridgeConfig } from "@withings-bridge/core"
import { Effect } from "effect"
import { isFree, type Protocol } from "../app/ports.ts"
import { good, noted, type Finding } from "./Finding.ts"
import { listenerOn, processName } from "./listener.ts"

interface Port {
  readonly port: number
  readonly protocol: Protocol
  /** What it is for. */
  readonly use: string
  /** What to do when something else has it. */
  readonly remedy: string
}

const portsOf = ({ callbackUrl, webhook }: BridgeConfig, consolePort: number): ReadonlyArray<Port> => {
  const { port, protocol } = new URL(callbackUrl)
  return [
    {
      port: 5540,
      protocol: "udp",
      use: "Matter",
      remedy: "End that, or choose another (matter: port in config.yaml); Alexa finds bridges on 5540 only.",
    },
    {
      port: 8765,
      protocol: "tcp",
      use: "Gladys",
      remedy: "End that, or start withings-gladys with another --port.",
    },
    {
      port: consolePort,
      protocol: "tcp",
      use: "console",
      remedy: "End that, or choose another (console: port in config.yaml).",
    },
    {
      port: Number(port || (protocol === "https:" ? 443 : 80)),
      protocol: "tcp",
      use: "sign-in",
      remedy: "Sign in all the same: paste the address that the browser lands on.",
    },
    {
      port: webhook?.port ?? 7334,
      protocol: "tcp",
      use: "webhooks",
      remedy: "End that, or choose another (withings: webhook: port in config.yaml, and in your proxy).",
    },
  ]
}

const checkPort = ({ port, protocol, remedy, use }: Port): Effect.Effect<Finding> =>
  Effect.map(isFree(port, protocol), (free) => {
    const about = `Port ${port}`
    if (free) return good(about, `${use}: free`)
    const pid = listenerOn(port, protocol)
    if (pid === null) return noted(about, `${use}: taken, by a process that cannot be seen from here`, remedy)
    const { isOurs, name } = processName(pid)
    return isOurs
      ? good(about, `${use}: ${name} (process ${pid})`)
      : noted(about, `${use}: taken by ${name} (process ${pid})`, remedy)
  })

/** Each port that an app would like to have: free, taken by one of ours, or by something else. */
export const checkPorts = (config: BridgeConfig): Effect.Effect<ReadonlyArray<Finding>> =>
  consoleSettings(config.home, process.env).pipe(
    Effect.map(({ port }) => port),
    // The mistake itself is a finding of `check-config`.
    Effect.orElseSucceed(() => 7332),
    Effect.flatMap((port) => Effect.forEach(portsOf(config, port), checkPort)),
  )
