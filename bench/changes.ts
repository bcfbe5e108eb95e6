/**
 * How soon another process sees a change: after a commit alone, and after a webhook with everything in between (answer,
 * pull from Withings, commit, wake-up, description of the household). And what three processes that share a household
 * cost while nothing happens, for IDLE_MINUTES (1).
 */
import { startSimulator } from "@withings-bridge/simulator"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { bundle } from "./bundled/bundle.ts"
import { clock, type Begin, type Order, type Report } from "./changes/message.ts"
import { freePort } from "../packages/core/test/freePort.ts"

const samples = Number(process.env["BENCH_SAMPLES"] ?? 300)
/** Fewer, since getting into and out of bed must be a second apart. */
const bedSamples = Math.ceil(samples / 10)
const idleMinutes = Number(process.env["IDLE_MINUTES"] ?? 1)

const quantile = (values: ReadonlyArray<number>, q: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN).toFixed(1)
}
const say = (what: string, values: ReadonlyArray<number>) =>
  console.log(
    `${what.padEnd(56)} median ${quantile(values, 0.5).padStart(6)} ms  p99 ${quantile(values, 0.99).padStart(6)} ms  max ${quantile(values, 1).padStart(6)} ms  n ${values.length}`,
  )

const household = join(import.meta.dirname, "changes", "household.ts")
const bundled = bundle([household])
const simulator = await startSimulator({ years: 1, requestsPerMinute: Infinity })
const name = simulator.persons[0]?.name ?? ""
const home = mkdtempSync(join(tmpdir(), "bench-changes-"))
const port = await freePort()

const start = (signIn: string | null) => {
  const begin: Begin = { home, url: simulator.url, port, signIn }
  const { process: child } = bundled.start(household, { flags: ["--max-semi-space-size=2"] }, begin)
  const waiting = new Set<(report: Report) => void>()
  child.on("message", (report) => {
    for (const heard of waiting) heard(report as Report)
  })
  const until = <R extends Report>(isWanted: (report: Report) => report is R) =>
    new Promise<R>((resolve) => {
      const heard = (report: Report) => {
        if (!isWanted(report)) return
        waiting.delete(heard)
        resolve(report)
      }
      waiting.add(heard)
    })
  const order = (what: Order) => child.send(what)
  return { child, until, order }
}

const is =
  <T extends Report["_tag"]>(tag: T, test: (report: Extract<Report, { _tag: T }>) => boolean = () => true) =>
  (report: Report): report is Extract<Report, { _tag: T }> =>
    report._tag === tag && test(report as Extract<Report, { _tag: T }>)

// The first leads the sync and receives the webhooks; what the second sees is measured.
const first = start(name)
await first.until(is("Ready"))
const second = start(null)
const third = start(null)
await Promise.all([second.until(is("Ready")), third.until(is("Ready"))])
while (simulator.requests.filter(({ action }) => action === "subscribe").length < 10) await sleep(100)

const wakes: Array<number> = []
for (let sample = 0; sample < samples; sample++) {
  const seen: Array<Extract<Report, { _tag: "Revision" }>> = []
  const committed = first.until(is("Committed"))
  const told = second.until(is("Revision", (report) => seen.push(report) > 0))
  first.order({ _tag: "Commit" })
  const { at, revision } = await committed
  const heard = await told
  if (heard.revision >= revision) wakes.push(heard.at - at)
  await sleep(20)
}
say("commit to the revision known in another process", wakes)

const pulls: Array<number> = []
for (let sample = 0; sample < samples; sample++) {
  const weight = 60 + sample / 100
  const shown = second.until(is("Shown", (report) => report.weight === weight))
  const sent = clock()
  await simulator.weigh(name, weight)
  pulls.push((await shown).at - sent)
}
say("weigh-in, webhook, pull, to the value in another process", pulls)

const beds: Array<number> = []
for (let sample = 0; sample < bedSamples; sample++) {
  const inBed = sample % 2 === 0 ? 1 : 0
  const shown = second.until(is("Shown", (report) => report.inBed === inBed))
  const sent = clock()
  await (inBed === 1 ? simulator.goToBed(name) : simulator.getUp(name))
  beds.push((await shown).at - sent)
  await sleep(1100)
}
say("webhook of a bed to presence in another process", beds)

const costs = () =>
  Promise.all(
    [first, second, third].map(async (one) => {
      const cost = one.until(is("Cpu"))
      one.order({ _tag: "Cpu" })
      return cost
    }),
  )
await sleep(5000)
const before = await costs()
await sleep(idleMinutes * 60_000)
const after = await costs()
const idle = after.map(({ busy }, nth) => (busy - (before[nth]?.busy ?? 0)) / (idleMinutes * 600))
console.log(
  `idle for ${idleMinutes} min, three processes: ${idle.map((percent) => `${percent.toFixed(2)} %`).join(", ")} of a processor; ` +
    `${after.map(({ rss }) => `${Math.round(rss)} MB`).join(", ")}`,
)

for (const { child } of [first, second, third]) child.kill("SIGKILL")
await simulator.close()
bundled.remove()
rmSync(home, { recursive: true, force: true })
process.exit(0)
