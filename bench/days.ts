/**
 * What a household adds to its store: bytes and rows per day for one person with five devices, compared with the content
 * of the rows. Syncs a fortnight at once, without intraday values, which expire. `BENCH_DAYS=3650` for ten years.
 */
import { Effect } from "effect"
import { livedHousehold, type Kept } from "../packages/core/test/livedHousehold.ts"

const days = Number(process.env["BENCH_DAYS"] ?? 360)

const sizeOf = ({ bytes }: Kept) => bytes.get("measure") ?? 0

const life = Effect.gen(function* () {
  const household = yield* livedHousehold({ daysAtOnce: 15, intradayDays: 0 })
  const before = yield* household.kept
  yield* household.pass(days)
  return { before, after: yield* household.kept }
})

const { after, before } = await Effect.runPromise(Effect.scoped(life))
const measures = after.measures - before.measures
const bytes = sizeOf(after) - sizeOf(before)
const others = [...after.bytes].reduce((sum, [name, size]) => sum + (name === "measure" ? 0 : size), 0)
console.log(`${days} days of one person: ${(measures / days).toFixed(0)} measures a day`)
console.log(
  `${(bytes / days / 1000).toFixed(1)} kB a day, ${(bytes / measures).toFixed(0)} bytes a measure with its indices, ` +
    `${(bytes / (after.content - before.content)).toFixed(2)} times what is in the rows`,
)
console.log(`all other tables together ${(others / 1000).toFixed(0)} kB`)
process.exit()
