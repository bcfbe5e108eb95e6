/**
 * The first history end to end, from sign-in to the last measure on disk: a simulated cloud and the bridge in separate
 * processes, bundled and started like the apps. In the same run the floor: JSON.parse of the same answers, and one
 * prepared insert per measure into the same table, in one transaction.
 */
import { join } from "node:path"
import { bundle } from "./bundled/bundle.ts"
import type { Cloud, Outcome } from "./history/message.ts"

const persons = process.env["BENCH_PERSONS"] ?? "4"
const years = process.env["BENCH_YEARS"] ?? "10"
/** For a look at where the time goes: BENCH_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/profile". */
const more = (process.env["BENCH_FLAGS"] ?? "").split(" ").filter((flag) => flag !== "")

/** See docs/decisions/0015-memory-before-speed.md. */
const forSize = ["--heap-growing-percent=15", "--no-sparkplug", "--no-separate-gc-phases"]
/** As `withings-bridge run` starts itself: packages/cli/src/becomeSmall.ts. */
const asTheApps = {
  flags: ["--max-semi-space-size=2", ...forSize, ...more],
  env: { MALLOC_ARENA_MAX: "1" },
}
/** As in the image for Gladys, where memory is short: apps/gladys/Dockerfile. */
const asTheImage = {
  flags: ["--max-old-space-size=64", "--max-semi-space-size=1", ...forSize, ...more],
  env: { MALLOC_ARENA_MAX: "1", MALLOC_MMAP_THRESHOLD_: "32768", MALLOC_TRIM_THRESHOLD_: "65536" },
}

const line = ({ busy, measures, milliseconds, rss, rssBefore }: Outcome) =>
  `${measures} measures in ${(milliseconds / 1000).toFixed(1)} s, ` +
  `${((milliseconds / measures) * 1000).toFixed(1)} µs each, ` +
  `${((busy / measures) * 1000).toFixed(1)} µs of a processor, ` +
  `${Math.round(rss)} MB at the most, ${Math.round(rssBefore)} before`

const [cloud, bridge, floor] = ["cloud", "bridge", "floor"].map((role) =>
  join(import.meta.dirname, "history", `${role}.ts`),
) as [string, string, string]
const bundled = bundle([cloud, bridge, floor])
try {
  const simulator = bundled.start(cloud, { args: [persons, years] })
  const ready = await simulator.answer<Cloud>()
  const fast = await bundled.start(bridge, asTheApps, ready).answer<Outcome>()
  const least = await bundled.start(floor, {}, ready).answer<Outcome>()
  const small = await bundled.start(bridge, asTheImage, ready).answer<Outcome>()
  simulator.process.kill()
  console.log(`${persons} persons, ${years} years, ${least.megabytes?.toFixed(0)} MB of answers`)
  console.log(`bridge                  ${line(fast)}`)
  console.log(`  as in Gladys' image   ${line(small)}`)
  console.log(`floor                   ${line(least)} (the answers are held in memory)`)
  console.log(`Everyone's last month is there after ${((fast.today ?? 0) / 1000).toFixed(1)} s.`)
  const times = (one: Outcome, of: (outcome: Outcome) => number) =>
    (of(one) / one.measures / (of(least) / least.measures)).toFixed(2)
  for (const [name, one] of [
    ["The bridge", fast],
    ["In the image it", small],
  ] as const)
    console.log(
      `${name} takes ${times(one, (it) => it.milliseconds)} times the floor for a measure, with network and sign-in; ` +
        `${times(one, (it) => it.busy)} times its processor time.`,
    )
} finally {
  bundled.remove()
}
