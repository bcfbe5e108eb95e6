#!/usr/bin/env node
import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { startSimulator } from "./startSimulator.ts"

const help = `withings-simulator: the Withings cloud as a server on this machine

  withings-simulator [--port 7990] [--admin-port 7991] [--persons 2] [--years 3] [--seed withings]

  --port N              API and sign-in (default 7990; 0 takes a free port)
  --admin-port N        admin page and admin API (default 7991)
  --host ADDRESS        where to listen (default 127.0.0.1)
  --tls                 answer by TLS as wbsapi.withings.net and account.withings.com, and print the authority to trust
  --tls-authority FILE  with --tls, write that authority (PEM) to a file instead
  --persons N           how many people live here, two to a home (default 2)
  --years N             years of history (default 3)
  --seed TEXT           the same seed makes the same household
  --recorded DIR        serve a folder of recorded answers as one more person, "Recorded"
  --live                the household lives on by itself as time passes
  --time MOMENT         what the household's clock shows at the start, such as 2026-03-01T07:30:00Z (default: now)
  --speed N             simulated seconds in a real one (with --live)
  --state FILE          keep sign-ins, subscriptions and what was done over a restart
  --client-id ID        the registered application (default demo-client)
  --client-secret TEXT  its secret (default demo-secret)
  --callback-url URL    the only address that a sign-in may come back to (default: any)
  --requests-per-minute N   before 601 is answered (default 120)
  --help                this text

Let your client use http://127.0.0.1:7990 instead of https://account.withings.com and https://wbsapi.withings.net.
Make something happen on http://127.0.0.1:7991, or from a script:
  curl -X POST http://127.0.0.1:7991/admin/weigh -H 'content-type: application/json' -d '{"person":"Ann","kilograms":72.4}'
`

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const numberOf = (name: string, text: string): number => {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} has to be a number, not "${text}".`)
  return value
}

const options = {
  port: { type: "string", default: "7990" },
  "admin-port": { type: "string", default: "7991" },
  host: { type: "string", default: "127.0.0.1" },
  tls: { type: "boolean", default: false },
  "tls-authority": { type: "string" },
  persons: { type: "string", default: "2" },
  years: { type: "string", default: "3" },
  seed: { type: "string", default: "withings" },
  recorded: { type: "string" },
  live: { type: "boolean", default: false },
  time: { type: "string" },
  speed: { type: "string", default: "1" },
  state: { type: "string" },
  "client-id": { type: "string", default: "demo-client" },
  "client-secret": { type: "string", default: "demo-secret" },
  "callback-url": { type: "string" },
  "requests-per-minute": { type: "string", default: "120" },
  help: { type: "boolean", default: false },
} as const

const tellAuthority = (authority: string | null, file: string | undefined): void => {
  if (authority === null) return
  if (file === undefined) return say(`Trust this authority, which ends with this process:\n${authority}`)
  writeFileSync(file, authority)
  say(`Authority to trust         ${file}`)
}

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options, strict: true })
  if (values.help) return say(help)
  const simulator = await startSimulator({
    port: numberOf("port", values.port),
    adminPort: numberOf("admin-port", values["admin-port"]),
    host: values.host,
    persons: numberOf("persons", values.persons),
    years: numberOf("years", values.years),
    seed: values.seed,
    speed: numberOf("speed", values.speed),
    lives: values.live,
    tls: values.tls || values["tls-authority"] !== undefined,
    clientId: values["client-id"],
    clientSecret: values["client-secret"],
    requestsPerMinute: numberOf("requests-per-minute", values["requests-per-minute"]),
    ...(values.time === undefined ? {} : { time: values.time }),
    ...(values.recorded === undefined ? {} : { recorded: values.recorded }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    ...(values["callback-url"] === undefined ? {} : { callbackUrl: values["callback-url"] }),
  })
  tellAuthority(simulator.certificateAuthority, values["tls-authority"])
  const names = simulator.persons.map(({ name }) => name).join(", ")
  say(`Simulated Withings cloud   ${simulator.url}   (client ${simulator.clientId})`)
  say(`Admin page                 ${simulator.adminUrl}`)
  say(`Persons                    ${names}. Ctrl-C ends it.`)
  const stop = (): void => void simulator.close().then(() => process.exit(0))
  process.once("SIGINT", stop)
  process.once("SIGTERM", stop)
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
