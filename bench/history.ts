/**
 * The first history end to end: a simulated cloud in a process of its own, the bridge in another one, bundled and
 * started as the apps are, from sign-in to the last measure on disk. Next to it, in the same run, the floor: JSON.parse
 * of the same answers plus one prepared insert for each measure in one transaction, into the same table.
 */
import { execFileSync, fork } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Cloud, Outcome } from "./history/message.ts"

const persons = process.env["BENCH_PERSONS"] ?? "4"
const years = process.env["BENCH_YEARS"] ?? "10"
/** As the apps are started: the first history makes much garbage that is soon dead. */
const asTheApps = ["--max-semi-space-size=2"]
/** For a look at where the time goes: BENCH_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/profile". */
const more = (process.env["BENCH_FLAGS"] ?? "").split(" ").filter((flag) => flag !== "")

const here = join(import.meta.dirname, "history")
const folder = mkdtempSync(join(tmpdir(), "bench-history-"))
const roles = ["cloud", "bridge", "floor"].map((role) => join(here, `${role}.ts`))
const sources = [
  "--bundle",
  "--platform=node",
  "--format=esm",
  "--conditions=@withings-bridge/source",
  "--minify-whitespace",
  "--log-level=warning",
]
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url)'
execFileSync(
  "esbuild",
  [...roles, ...sources, `--banner:js=${banner}`, "--out-extension:.js=.mjs", `--outdir=${folder}`],
  { stdio: ["ignore", "ignore", "inherit"], env: process.env },
)

const child = <A>(
  role: string,
  args: ReadonlyArray<string>,
  flags: ReadonlyArray<string>,
  message?: Cloud,
) => {
  // A home of its own, which goes with the bundle; nothing of it is to be heard.
  const started = fork(join(folder, `${role}.mjs`), args, {
    execArgv: [...flags],
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  if (message !== undefined) started.send(message)
  const answer = new Promise<A>((resolve, reject) => {
    started.once("message", (message) => resolve(message as A))
    started.once("exit", (code) => reject(new Error(`${role} ended with ${code}`)))
  })
  return { started, answer }
}

const line = ({ busy, measures, milliseconds, rss, rssBefore }: Outcome) =>
  `${measures} measures in ${(milliseconds / 1000).toFixed(1)} s, ` +
  `${((milliseconds / measures) * 1000).toFixed(1)} µs each, ` +
  `${((busy / measures) * 1000).toFixed(1)} µs of a processor, ` +
  `${Math.round(rss)} MB at the most, ${Math.round(rssBefore)} before`

try {
  const cloud = child<Cloud>("cloud", [persons, years], [])
  const ready = await cloud.answer
  const bridge = await child<Outcome>("bridge", [], [...asTheApps, ...more], ready).answer
  const least = await child<Outcome>("floor", [], [], ready).answer
  cloud.started.kill()
  console.log(`${persons} persons, ${years} years, ${least.megabytes?.toFixed(0)} MB of answers`)
  console.log(`bridge  ${line(bridge)}`)
  console.log(`        everyone's last month is there after ${((bridge.today ?? 0) / 1000).toFixed(1)} s`)
  console.log(`floor   ${line(least)} (the answers are held in memory)`)
  const times = (of: (outcome: Outcome) => number) =>
    (of(bridge) / bridge.measures / (of(least) / least.measures)).toFixed(2)
  console.log(
    `The bridge takes ${times((one) => one.milliseconds)} times the floor for a measure, with network and sign-in; ` +
      `${times((one) => one.busy)} times its processor time.`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
