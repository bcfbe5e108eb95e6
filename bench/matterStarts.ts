/**
 * The memory of the Matter bridge for each way of starting it, with one household whose first history is complete. The
 * flags of its first line must work for all of them. `node dist/main.js` has no flags, to show what they save.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { BridgeProcess, builtScript, buildBridge, resident } from "../apps/matter/test/BridgeProcess.ts"
import { inNamespace } from "../apps/matter/test/namespace.ts"
import { historyIsDone, signedInHousehold } from "../apps/matter/test/withingsHousehold.ts"

if (process.env["BENCH_INSIDE"] === undefined) {
  process.env["BENCH_INSIDE"] = "1"
  const again = [process.execPath, ...process.execArgv, import.meta.filename]
  const { status } = await inNamespace(again, ".", (text) => process.stdout.write(text))
  process.exit(status ?? 1)
}

const idle = Number(process.env["BENCH_IDLE"] ?? 5)
const starts = Number(process.env["BENCH_STARTS"] ?? 3)
const port = 5540
/** packages/cli/src/becomeSmall.ts */
const becomesSmall = ["--max-semi-space-size=2", "--heap-growing-percent=15", "--no-sparkplug"]
const withoutFlags = join(builtScript, "..", "dist", "main.js")

buildBridge()
const { home, simulator } = await signedInHousehold({}, 0.2)
{
  const bridge = new BridgeProcess(home, port)
  await bridge.ready
  await historyIsDone(home)
  await bridge.stop()
}
const { structure } = JSON.parse(readFileSync(join(home, "matter", "endpoints.json"), "utf8"))
console.log(`${Object.keys(structure).length} endpoints, ${idle} s after the start`)

const ways: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ["withings-matter", [builtScript]],
  ["node withings-matter.mjs", ["node", builtScript]],
  [
    "with the flags of withings-bridge run",
    ["env", "MALLOC_ARENA_MAX=1", "node", ...becomesSmall, builtScript],
  ],
  ["node dist/main.js (no flags)", ["node", withoutFlags]],
]
for (const [what, command] of ways) {
  const memory: Array<number> = []
  for (let run = 0; run < starts; run++) {
    const bridge = new BridgeProcess(home, port, [], { command })
    await bridge.ready
    await sleep(idle * 1000)
    memory.push(resident(bridge.process.pid))
    await bridge.stop()
  }
  const middle = memory.toSorted((one, other) => one - other)[Math.floor(memory.length / 2)] ?? Number.NaN
  console.log(`${what.padEnd(38)} RSS median ${middle.toFixed(0).padStart(4)} MB  n ${memory.length}`)
}
await simulator.close()
process.exit(0)
