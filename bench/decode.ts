/** Decoding a page of getmeas from text to measures, compared with JSON.parse of the same text. */
import { PersonId } from "@withings-bridge/core"
import { existsSync, readFileSync } from "node:fs"
import { recorded } from "../packages/core/test/recorded.ts"
import { readEnvelope, readPage } from "../packages/core/src/withings/wire/envelope.ts"
import { toMeasures } from "../packages/core/src/withings/decode/toMeasures.ts"
import { toNight } from "../packages/core/src/withings/decode/toNight.ts"

/** Groups as a body scale sends them, for machines without the recorded answers. */
const generated = Array.from({ length: 2000 }, (_, nth) => ({
  grpid: 5_000_000_000 + nth,
  attrib: 0,
  date: 1_600_000_000 + nth * 40_000,
  created: 1_600_000_060 + nth * 40_000,
  modified: 1_600_000_060 + nth * 40_000,
  category: 1,
  deviceid: "f998be4b9ccc9e136fd8cd8e8e344c31ec3b271d",
  hash_deviceid: "f998be4b9ccc9e136fd8cd8e8e344c31ec3b271d",
  measures: [1, 5, 6, 8, 76, 77, 88].map((type) => ({
    value: 60_000 + nth * type,
    type,
    unit: -3,
    algo: 0,
    fm: 3,
  })),
  modelid: 5,
  model: "Body+",
  comment: null,
}))

const page = (list: string, records: unknown): string =>
  JSON.stringify({ status: 0, body: { updatetime: 1, timezone: "Europe/Paris", [list]: records } })

/** Microseconds of the quickest of many runs, taken in turns: other load only adds time. */
const quickest = (...runs: ReadonlyArray<() => unknown>): ReadonlyArray<number> => {
  const best = runs.map(() => Number.POSITIVE_INFINITY)
  for (let turn = 0; turn < 80; turn++) {
    for (const [nth, run] of runs.entries()) {
      const start = process.hrtime.bigint()
      run()
      best[nth] = Math.min(best[nth] ?? 0, Number(process.hrtime.bigint() - start) / 1000)
    }
  }
  return best
}

const compare = (name: string, list: string, text: string, decode: typeof toMeasures): void => {
  const whole = () => {
    const body = readEnvelope(JSON.parse(text))?.body ?? {}
    return decode(PersonId("person"), readPage(body, list)?.records ?? [])
  }
  const { length } = whole().measures
  const [parse = 0, all = 0] = quickest(() => JSON.parse(text), whole)
  const each = (microseconds: number) => (microseconds / length).toFixed(3)
  console.log(
    `${name}: ${length} measures, ${(text.length / 1024).toFixed(0)} kB: JSON.parse ${each(parse)} µs a measure, ` +
      `parse and decode ${each(all)} µs: ${(all / parse).toFixed(2)} times (aim: at most 3)`,
  )
}

compare("generated scale", "measuregrps", page("measuregrps", generated), toMeasures)
if (existsSync(recorded)) {
  const read = (file: string) => readFileSync(`${recorded}/${file}`, "utf8")
  compare(
    "recorded account",
    "measuregrps",
    page("measuregrps", JSON.parse(read("measurement_list.json"))),
    toMeasures,
  )
  compare("recorded nights", "series", JSON.stringify(JSON.parse(read("sleep_summary.json"))), toNight)
} else console.log(`The recorded answers are not in ${recorded}: only generated ones were measured.`)
