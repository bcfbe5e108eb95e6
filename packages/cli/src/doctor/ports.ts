import process from "node:process"
import { readPart, type BridgeConfig, type Part, type PartPort } from "@withings-bridge/core"
import { Effect } from "effect"
import { isFree } from "../app/ports.ts"
import { good, noted, type Finding } from "./Finding.ts"
import { listenerOn, processName } from "./listener.ts"

interface Port extends PartPort {
  readonly use: string
}

const ofCore = ({ callbackUrl, hub, webhook }: BridgeConfig): ReadonlyArray<Port> => {
  if (hub !== undefined) return []
  const { port, protocol } = new URL(callbackUrl)
  return [
    {
      port: Number(port || (protocol === "https:" ? 443 : 80)),
      protocol: "tcp",
      use: "sign-in",
      remedy: "Signing in still works: paste the address that the browser lands on.",
    },
    {
      port: webhook?.port ?? 7334,
      protocol: "tcp",
      use: "webhooks",
      remedy:
        "Stop that program, or choose another port (withings: webhook: port in config.yaml, and in your proxy).",
    },
  ]
}

/** The ports of the parts; `check-config` reports mistakes in their settings. */
const ofParts = (parts: ReadonlyArray<Part>, folder: string): ReadonlyArray<Port> =>
  parts.flatMap((part) =>
    part
      .ports(readPart(part, { folder, env: process.env }).settings)
      .map((port) => ({ ...port, use: part.title })),
  )

const checkPort = ({ port, protocol, remedy, use }: Port): Effect.Effect<Finding> =>
  Effect.map(isFree(port, protocol), (free) => {
    const about = `Port ${port}`
    if (free) return good(about, `${use}: free`)
    const pid = listenerOn(port, protocol)
    if (pid === null) return noted(about, `${use}: taken by a process that is not visible from here`, remedy)
    const { isOurs, name } = processName(pid)
    return isOurs
      ? good(about, `${use}: ${name} (process ${pid})`)
      : noted(about, `${use}: taken by ${name} (process ${pid})`, remedy)
  })

/** Checks whether each port is free, or which process has it. */
export const checkPorts = (
  config: BridgeConfig,
  parts: ReadonlyArray<Part>,
): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.forEach([...ofParts(parts, config.home), ...ofCore(config)], checkPort)
