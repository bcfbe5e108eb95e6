/**
 * The Matter bridge under everything that can happen to it: `pnpm soak 55` lets something happen every 10 s for 55 minutes
 * (default 60), with restarts, kills, factory resets and a leaving controller in between. Counts the events at a real
 * controller and watches the bridge's memory. Ctrl-C ends it early, with its summary. Fails when an event was lost or
 * doubled, or when memory grew.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { buildBridge, copyBridge, resident } from "../../apps/matter/test/BridgeProcess.ts"
import { eventually } from "../../apps/matter/test/controller.ts"
import { inNamespace } from "../../apps/matter/test/namespace.ts"
import { SoakHome } from "./SoakHome.ts"

const minutes = Number(process.argv[2] ?? 60)
const actEvery = 10_000
/** Reports take milliseconds; a poll after a lost webhook may take longer than this. */
const arrivesWithin = 60_000
/** Acts between two incidents. */
const calm = 6

if (process.env["SOAK_INSIDE"] === undefined) {
  process.env["SOAK_INSIDE"] = "1"
  const again = [process.execPath, ...process.execArgv, import.meta.filename, ...process.argv.slice(2)]
  // Ctrl-C reaches the inner run, too; this process waits for its summary.
  process.on("SIGINT", () => {})
  const { status } = await inNamespace(again, ".", (text) => process.stdout.write(text))
  process.exit(status ?? 1)
}

const say = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`)
const middle = (values: ReadonlyArray<number>) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const folder = mkdtempSync(join(tmpdir(), "soak-matter-"))
buildBridge()
const home = await SoakHome.open(folder, copyBridge(folder))
const delays: Array<number> = []
const restarts: Array<number> = []
const memory: Array<number> = []
const problems: Array<string> = []

const counts = () => {
  const { made, seen } = home
  return `bed ${seen.bed}/${made.bed}  presses ${seen.press}/${made.press}`
}

/** One act, seen once; a duplicate is noticed at the next one. */
const act = async (what: "bed" | "press") => {
  const begun = performance.now()
  await home.act(what)
  await eventually(`the ${what}`, () => home.complete, arrivesWithin)
  delays.push(performance.now() - begun)
}

const restart = (signal: NodeJS.Signals) => async () => {
  const { asked, back, ready, value } = await home.restart(signal)
  restarts.push(value)
  const [is, had, came, saw] = [ready, asked, back, value].map((time) => time.toFixed(0))
  return `ready ${is}, devices read ${had}, first report ${came}, new value seen ${saw} ms after the start`
}

const incidents: ReadonlyArray<readonly [string, () => Promise<string | void>]> = [
  ["SIGTERM", restart("SIGTERM")],
  ["SIGKILL", restart("SIGKILL")],
  ["factory reset", () => home.reset()],
  ["SIGTERM after a reset", restart("SIGTERM")],
  ["the last controller leaves", () => home.leaveAndReturn()],
  ["SIGKILL after a reset", restart("SIGKILL")],
]

const stop = new AbortController()
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort())

const begun = performance.now()
say(`${minutes} minutes, an act every ${actEvery / 1000} s, an incident after every ${calm}`)
for (let turn = 1; !stop.signal.aborted && performance.now() - begun < minutes * 60_000; turn++) {
  const until = performance.now() + actEvery
  await act(turn % 2 === 0 ? "bed" : "press").catch((error: Error) => {
    problems.push(error.message)
    say(`${error.message}: ${counts()}`)
    // Count a loss once.
    Object.assign(home.made, home.seen)
  })
  await sleep(Math.max(0, until - performance.now()))
  if (turn % calm !== 0) continue
  memory.push(resident(home.bridge.process.pid))
  const [what, happen] = incidents[(turn / calm - 1) % incidents.length] ?? ["nothing", async () => {}]
  const told = await happen()
  const rss = `RSS before ${memory.at(-1)?.toFixed(0)} MB`
  say(`${what}${told === undefined ? "" : `, ${told}`}  ${rss}  ${counts()}`)
}

const { made, seen } = home
const doubled = seen.bed > made.bed || seen.press > made.press
const [early, late] = [middle(memory.slice(0, 6)), middle(memory.slice(-6))]
const grew = late / early > 1.15
say(`bed events ${seen.bed} of ${made.bed}, presses ${seen.press} of ${made.press}; lost ${problems.length}`)
say(
  `delay median ${middle(delays).toFixed(0)} ms, longest ${Math.max(...delays).toFixed(0)} ms, n ${delays.length}`,
)
say(`restart to new value ${restarts.map((time) => time.toFixed(0)).join(", ")} ms`)
say(`RSS at first ${early.toFixed(0)} MB, at last ${late.toFixed(0)} MB`)
const isWell = problems.length === 0 && !doubled && !grew
say(isWell ? "Nothing lost, nothing doubled, memory flat." : "FAILED")

await home.close()
rmSync(folder, { recursive: true, force: true })
rmSync(home.household.home, { recursive: true, force: true })
process.exit(isWell ? 0 : 1)
