import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { defaultIntradayDays } from "../src/BridgeConfig.ts"
import { livedHousehold, type Kept } from "./livedHousehold.ts"

/** `LIVED_DAYS=3650` lives ten years; `--silent=false` shows each of them. */
const lived = Number(process.env["LIVED_DAYS"] ?? 4)
/** Minutes are most of the work, and gone after days: `INTRADAY_DAYS=0` lives without them. */
const intradayDays = Number(process.env["INTRADAY_DAYS"] ?? defaultIntradayDays)
/** `DAYS_AT_ONCE=15` syncs every fortnight: a bridge that is mostly off, and a life that is tried in less time. */
const daysAtOnce = Number(process.env["DAYS_AT_ONCE"] ?? 1)
const spells = lived < 100 ? 2 : 10
const daysOfSpell = Math.ceil(lived / spells)
const day = 86_400

const line = (nth: number, { bytes, file, log, measures, minutes, others }: Kept, milliseconds: number) =>
  `After ${nth * daysOfSpell} days: ${measures} measures and ${minutes} minutes, ${file} bytes, log ${log}, ` +
  `${Math.round(milliseconds / daysOfSpell)} ms of a processor a day; rows ${JSON.stringify(Object.fromEntries(others))}, ` +
  `bytes ${JSON.stringify(Object.fromEntries(bytes))}`

it.live(
  `a household that lives ${lived} days adds measures to its store, and nothing else`,
  () =>
    Effect.gen(function* () {
      const household = yield* livedHousehold({ daysAtOnce, intradayDays })
      const spell = (nth: number) =>
        Effect.gen(function* () {
          const busy = process.cpuUsage()
          yield* household.pass(daysOfSpell)
          const { system, user } = process.cpuUsage(busy)
          const kept = yield* household.kept
          yield* Effect.sync(() => console.log(line(nth, kept, (system + user) / 1000)))
          return kept
        })
      const before = yield* spell(1)
      let after = before
      for (let nth = 2; nth <= spells; nth++) after = yield* spell(nth)

      assert.isAbove(after.measures, before.measures)
      assert.strictEqual(after.minutes > 0, intradayDays > 0)
      if (intradayDays > 0)
        assert.isAtLeast(after.oldestMinute, household.now() / 1000 - (intradayDays + 1) * day)
      for (const [name, rows] of after.others)
        assert.isAtMost(rows, (before.others.get(name) ?? 0) * 1.5 + 5, name)
    }).pipe(Effect.scoped),
  { timeout: 240_000 + lived * 10_000 },
)
