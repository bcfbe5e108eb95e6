/**
 * How long a store with millions of measures (BENCH_ROWS) blocks the event loop, while another connection holds the write
 * lock for a second at a time. On demand: `node --conditions=@withings-bridge/source bench/lag.ts`.
 */
import { PersonId } from "@withings-bridge/core"
import { Duration, Effect, Layer, Stream } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Worker } from "node:worker_threads"
import { ChangeFeed } from "../packages/core/src/store/ChangeFeed.ts"
import { layerSqlite } from "../packages/core/src/store/Database.ts"
import { History } from "../packages/core/src/store/History.ts"

const rows = Number(process.env["BENCH_ROWS"] ?? 5_000_000)
const folder = mkdtempSync(join(tmpdir(), "withings-lag-"))
const path = join(folder, "bridge.db")

const fill = Effect.sync(() => {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA synchronous = OFF;
    INSERT INTO person (id, withings_user_id, client_id, name, state, state_since)
      VALUES ('ann', '1', 'c', 'Ann', 'signed-in', 0);
    INSERT INTO latest VALUES ('ann', 'weight', -1, '', 'intraday', '0', 0, 70, 'device', 0, 0);
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${rows})
    INSERT INTO measure SELECT 'ann', 'intraday', printf('%08d', i),
      CASE i % 10 WHEN 0 THEN 'weight' ELSE 'k' || (i % 10) END,
      -1, 1000000000 + i * 60, 70 + i % 50, NULL, 'device', 0, 0, 1, 0 FROM n;
    PRAGMA wal_checkpoint(TRUNCATE)`)
  database.close()
})

/** Acts as another process, since SQLite's locks are between connections. */
const writer = `
  const { workerData } = require("node:worker_threads"), { DatabaseSync } = require("node:sqlite")
  const database = new DatabaseSync(workerData, { timeout: 10000 })
  const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  for (;;) { database.exec("BEGIN IMMEDIATE; UPDATE household SET revision = revision"); pause(1000); database.exec("COMMIT"); pause(50) }`

/** Milliseconds that a timer of 1 ms was late. Node's own histogram misses a turn that does not end in between. */
const watchLag = () => {
  let [last, worst] = [performance.now(), 0]
  const look = () => {
    worst = Math.max(worst, performance.now() - last - 1)
    last = performance.now()
  }
  const timer = setInterval(look, 1)
  return () => {
    look()
    clearInterval(timer)
    return worst
  }
}

const lagOf = <A, E, R>(name: string, work: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    yield* Effect.sleep("20 millis")
    const end = watchLag()
    const [took] = yield* Effect.timed(work)
    console.log(
      `${name.padEnd(34)} ${Duration.toMillis(took).toFixed(0)} ms; loop lag ${end().toFixed(0)} ms at the most`,
    )
  })

const stretch = { personId: PersonId("ann"), feature: "weight", from: 0, to: 9_999_999_999 }
const main = Effect.gen(function* () {
  yield* fill
  const feed = yield* ChangeFeed
  const write = feed.commit(() => Effect.succeed({ value: undefined, changed: true }))
  const history = yield* History
  const other = new Worker(writer, { eval: true, workerData: path })
  yield* Effect.sleep("500 millis")
  yield* lagOf("nothing, for comparison", Effect.sleep("3 seconds"))
  yield* lagOf("20 writes beside a busy writer", Effect.repeatN(write, 19))
  yield* lagOf(`a chart of ${rows / 10} values`, history.range(stretch))
  yield* lagOf("the same, reduced to 500", history.reduced({ ...stretch, points: 500 }))
  yield* lagOf("the same by month", history.by("month", stretch))
  yield* lagOf("an export of everything", Stream.runCount(history.all(null)))
  yield* lagOf("counting all measures", history.counts)
  yield* Effect.promise(() => other.terminate())
})

try {
  console.log(`${rows} measures`)
  await Effect.runPromise(
    Effect.provide(
      main,
      Layer.merge(History.layer, ChangeFeed.layerFolder(folder)).pipe(Layer.provide(layerSqlite(path))),
    ),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
