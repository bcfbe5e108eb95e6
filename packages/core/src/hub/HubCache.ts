import { Effect, Redacted, Schema } from "effect"
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { HubAddress } from "../BridgeConfig.ts"
import { type Household, Revision } from "../device/Household.ts"
import type { Consumer } from "../HouseholdFeed.ts"
import { epochMillis, Millis } from "../epochSeconds.ts"
import type { Moment } from "../moment/Moment.ts"

/** What a home remembers of its hub: the last household, and how far each consumer has followed it. */
export interface HubCache {
  readonly household: Effect.Effect<Household | null>
  readonly keep: (household: Household) => Effect.Effect<void>
  /** null: a new consumer. */
  readonly reached: (consumer: string) => Effect.Effect<Revision | null>
  readonly reach: (consumer: string, revision: Revision) => Effect.Effect<void>
  /** Returns the moments that are new for the consumer, and notes them as announced. */
  readonly announceOnce: (
    consumer: string,
    now: number,
    moments: ReadonlyArray<Moment>,
  ) => Effect.Effect<ReadonlyArray<Moment>>
  readonly consumers: Effect.Effect<ReadonlyArray<Consumer>>
  readonly forget: Effect.Effect<void>
}

/** Atomic. A folder that cannot be written only costs the memory over a restart. */
const write = (path: string, value: unknown) =>
  Effect.try(() => {
    const draft = `${path}.${process.pid}`
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
    renameSync(draft, path)
  }).pipe(
    Effect.catchAll(({ cause }) =>
      Effect.logWarning(
        `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      ),
    ),
  )

/** null: there is no such file, or it does not hold that. */
const read = <A, I>(path: string, schema: Schema.Schema<A, I>) =>
  Effect.try(() => readFileSync(path, "utf8")).pipe(
    Effect.flatMap(Schema.decode(Schema.parseJson(schema))),
    Effect.orElseSucceed(() => null),
  )

const Reached = Schema.Struct({
  name: Schema.String,
  revision: Schema.Number.pipe(Schema.fromBrand(Revision)),
  toldAt: Schema.Number.pipe(Schema.fromBrand(Millis)),
})

const Announced = Schema.Array(Schema.Tuple(Schema.String, Schema.Number))

const Known = Schema.declare(
  (value: unknown): value is Household =>
    typeof value === "object" && value !== null && "descriptors" in value && Array.isArray(value.descriptors),
)

/** By address and key, since the revisions of another household mean nothing here. */
const folderOf = (home: string, { key, url }: HubAddress) =>
  join(home, "hub", shortHash(`${url} ${Redacted.value(key)}`))

const shortHash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16)

/** Seconds for which announced moments are remembered: longer than any moment is young. */
const announcedKept = 2 * 86_400

export const hubCache = (home: string, hub: HubAddress): HubCache => {
  const folder = folderOf(home, hub)
  const fileOf = (consumer: string) => join(folder, `${shortHash(consumer)}.json`)
  const last = join(folder, "household.json")
  return {
    household: read(last, Known),
    keep: (household) => write(last, household),
    reached: (consumer) =>
      Effect.map(read(fileOf(consumer), Reached), (reached) => reached?.revision ?? null),
    reach: (consumer, revision) =>
      Effect.flatMap(epochMillis, (toldAt) => write(fileOf(consumer), { name: consumer, revision, toldAt })),
    announceOnce: (consumer, now, moments) =>
      Effect.gen(function* () {
        const file = join(folder, `announced-${shortHash(consumer)}.json`)
        const told = ((yield* read(file, Announced)) ?? []).filter(([, at]) => now - at < announcedKept)
        const ids = new Set(told.map(([id]) => id))
        const fresh = moments.filter(({ id }) => !ids.has(id))
        yield* write(file, [...told, ...fresh.map(({ id }) => [id, now])])
        return fresh
      }),
    consumers: Effect.try(() => readdirSync(folder)).pipe(
      Effect.orElseSucceed(() => []),
      // Not the drafts of processes that were killed while they wrote.
      Effect.map((files) => files.filter((file) => /^[\da-f]{16}\.json$/u.test(file))),
      Effect.flatMap(Effect.forEach((file) => read(join(folder, file), Reached))),
      Effect.map((found) => found.filter((consumer) => consumer !== null)),
    ),
    forget: Effect.ignore(Effect.try(() => rmSync(folder, { recursive: true, force: true }))),
  }
}
