import { Effect, Redacted } from "effect"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { HubAddress } from "../BridgeConfig.ts"
import type { Household, Revision } from "../device/Household.ts"
import type { Consumer } from "../HouseholdFeed.ts"
import { epochMillis } from "../epochSeconds.ts"
import type { Moment } from "../moment/Moment.ts"

/** What a home keeps of its hub: the last household it was told, and how far each consumer has told its home. */
export interface HubCache {
  readonly household: Effect.Effect<Household | null>
  readonly keep: (household: Household) => Effect.Effect<void>
  /** null: the consumer is new here. */
  readonly reached: (consumer: string) => Effect.Effect<Revision | null>
  readonly reach: (consumer: string, revision: Revision) => Effect.Effect<void>
  /** Answers the moments that the consumer was never told, and keeps them as told. */
  readonly announceOnce: (
    consumer: string,
    now: number,
    moments: ReadonlyArray<Moment>,
  ) => Effect.Effect<ReadonlyArray<Moment>>
  readonly consumers: Effect.Effect<ReadonlyArray<Consumer>>
  readonly forget: Effect.Effect<void>
}

/** A file appears whole or not at all. A folder that cannot be written costs the memory over a restart, nothing else. */
const write = (path: string, value: unknown) =>
  Effect.try(() => {
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
    renameSync(draft, path)
  }).pipe(
    Effect.catchAll(({ cause }) =>
      Effect.logWarning(
        `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      ),
    ),
  )

const read = (path: string): Effect.Effect<unknown> =>
  Effect.sync(() => (existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as unknown) : null)).pipe(
    Effect.catchAllDefect(() => Effect.succeed(null)),
  )

const isConsumer = (value: unknown): value is Consumer =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  "revision" in value &&
  typeof value.revision === "number" &&
  "toldAt" in value &&
  typeof value.toldAt === "number"

const isHousehold = (value: unknown): value is Household =>
  typeof value === "object" && value !== null && "descriptors" in value && Array.isArray(value.descriptors)

/** Another hub, or another household of it, has revisions of its own. */
const folderOf = (home: string, { key, url }: HubAddress) =>
  join(home, "hub", shortHash(`${url} ${Redacted.value(key)}`))

const shortHash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16)

/** Seconds for which a home remembers what it was told: longer than any moment is young. */
const announcedKept = 2 * 86_400

const announcedIn = (value: unknown): ReadonlyArray<readonly [string, number]> =>
  Array.isArray(value)
    ? value.filter(
        (one): one is [string, number] =>
          Array.isArray(one) && typeof one[0] === "string" && typeof one[1] === "number",
      )
    : []

export const hubCache = (home: string, hub: HubAddress): HubCache => {
  const folder = folderOf(home, hub)
  const fileOf = (consumer: string) => join(folder, `${shortHash(consumer)}.json`)
  const last = join(folder, "household.json")
  const names = join(folder, "consumers.json")
  const all = Effect.map(read(names), (value) =>
    Array.isArray(value) ? value.filter((one) => typeof one === "string") : [],
  )
  const prepare = Effect.ignore(Effect.try(() => mkdirSync(folder, { recursive: true, mode: 0o700 })))
  return {
    household: Effect.map(read(last), (value) => (isHousehold(value) ? value : null)),
    keep: (household) => Effect.zipRight(prepare, write(last, household)),
    reached: (consumer) =>
      Effect.map(read(fileOf(consumer)), (value) => (isConsumer(value) ? value.revision : null)),
    reach: (consumer, revision) =>
      Effect.gen(function* () {
        yield* prepare
        yield* write(fileOf(consumer), { name: consumer, revision, toldAt: yield* epochMillis })
        const known = yield* all
        if (!known.includes(consumer)) yield* write(names, [...known, consumer])
      }),
    announceOnce: (consumer, now, moments) =>
      Effect.gen(function* () {
        const file = join(folder, `announced-${shortHash(consumer)}.json`)
        const told = announcedIn(yield* read(file)).filter(([, at]) => now - at < announcedKept)
        const ids = new Set(told.map(([id]) => id))
        const fresh = moments.filter(({ id }) => !ids.has(id))
        yield* prepare
        yield* write(file, [...told, ...fresh.map(({ id }) => [id, now])])
        return fresh
      }),
    consumers: Effect.flatMap(all, (known) =>
      Effect.map(
        Effect.forEach(known, (consumer) => read(fileOf(consumer))),
        (found) => found.filter(isConsumer),
      ),
    ),
    forget: Effect.ignore(Effect.try(() => rmSync(folder, { recursive: true, force: true }))),
  }
}
