/**
 * The memory of `withings-bridge run --matter --gladys --console`, summed over its processes: when it is up, with the
 * complete first history of two persons, and after a restart. BENCH_ROOT measures another built checkout; BENCH_YEARS
 * sets the years of history (10).
 */
import { execFileSync, spawn } from "node:child_process"
import { readdirSync, readFileSync, rmSync } from "node:fs"
import { networkInterfaces } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { historyIsDone, signedInHousehold } from "../apps/matter/test/withingsHousehold.ts"
import { freePort } from "../packages/core/test/freePort.ts"

const root = process.env["BENCH_ROOT"] ?? join(import.meta.dirname, "..")
const years = Number(process.env["BENCH_YEARS"] ?? 10)
const idle = Number(process.env["BENCH_IDLE"] ?? 10)

const loopback = Object.entries(networkInterfaces()).find(([, all]) =>
  all?.some(({ internal }) => internal),
)?.[0]

const kilobytes = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1])

const parentOf = (pid: number) => {
  try {
    return Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1])
  } catch {
    return 0
  }
}

const treeOf = (pid: number): ReadonlyArray<number> => [
  pid,
  ...readdirSync("/proc")
    .map(Number)
    .filter((each) => each > 0 && parentOf(each) === pid)
    .flatMap(treeOf),
]

const start = async (home: string) => {
  const child = spawn(
    process.execPath,
    [join(root, "packages/cli/dist/main.js"), "run", "--home", home, "--matter", "--gladys", "--console"],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        WITHINGS_GLADYS_PORT: String(await freePort()),
        WITHINGS_CONSOLE_PORT: String(await freePort()),
        WITHINGS_MATTER_PORT: String(await freePort()),
        ...(loopback === undefined ? {} : { WITHINGS_MATTER_INTERFACE: loopback }),
      },
    },
  )
  let said = ""
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise((resolve) => child.once("exit", resolve))
  while ((said.match(/^✓ /gm) ?? []).length < 3) await sleep(50)
  return {
    tell: (when: string) => {
      const all = treeOf(child.pid ?? 0).map(kilobytes)
      const sum = all.reduce((one, other) => one + other, 0) / 1024
      console.log(`${when.padEnd(40)} ${sum.toFixed(0).padStart(5)} MB in ${all.length} processes`)
    },
    stop: async () => {
      child.kill("SIGTERM")
      await ended
    },
  }
}

if (process.env["BENCH_ROOT"] === undefined)
  execFileSync("turbo", ["run", "build", "--filter=@withings-bridge/cli...", "--output-logs=errors-only"], {
    cwd: root,
    stdio: "inherit",
  })

const { home, simulator } = await signedInHousehold({}, years)
const first = await start(home)
await sleep(idle * 1000)
first.tell("up, two persons, today's values")
await historyIsDone(home)
first.tell(`with ${years} years of history`)
await first.stop()
const second = await start(home)
await sleep(idle * 1000)
second.tell(`after a restart, ${idle} s idle`)
await second.stop()
await simulator.close()
rmSync(home, { recursive: true, force: true })
process.exit(0)
