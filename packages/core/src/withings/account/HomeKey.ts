import { SqlClient } from "@effect/sql"
import { Context, Data, Duration, Effect, Layer, Schedule } from "effect"
import { join } from "node:path"
import { BridgeConfig } from "../../BridgeConfig.ts"
import type { PersonId } from "../../measure/Person.ts"
import { Lease } from "../../store/Lease.ts"
import { storeError, type StoreError } from "../../store/StoreError.ts"
import { Troubles } from "../../trouble/Troubles.ts"
import { addKey, environmentKeys, fileKeys, makeKeyFile } from "./keyRing.ts"
import { TokenSeal } from "./TokenSeal.ts"

/** The key cannot be changed; the message says why and what to do. */
export class KeyError extends Data.TaggedError("KeyError")<{ readonly message: string }> {
  readonly code = "key-unusable"
}

/** The key of the home folder: changes it, and replaces one that was lost. */
export class HomeKey extends Context.Tag("@withings-bridge/core/withings/HomeKey")<
  HomeKey,
  {
    /**
     * Makes a new key and seals every token with it while apps run on. The previous key stays in the file until the next
     * change. Returns how many persons' tokens were sealed.
     */
    readonly rotate: Effect.Effect<number, KeyError | StoreError>
    /** Makes a new key in place of a lost one; everyone has to sign in again. */
    readonly replaceLost: Effect.Effect<void, KeyError | StoreError>
  }
>() {
  static readonly layer = Layer.effect(
    HomeKey,
    Effect.gen(function* () {
      const needs: Needs = {
        path: join((yield* BridgeConfig).home, "key"),
        sql: yield* SqlClient.SqlClient,
        seal: yield* TokenSeal,
        lease: yield* Lease,
      }
      return HomeKey.of({ rotate: rotate(needs), replaceLost: replaceLost(needs) })
    }),
  )

  /** Reports a missing key as a trouble. */
  static readonly layerTrouble: Layer.Layer<never, never, Troubles | TokenSeal> = Layer.scopedDiscard(
    Effect.gen(function* () {
      const troubles = yield* Troubles
      const seal = yield* TokenSeal
      const look = Effect.suspend(() =>
        seal.isMissing()
          ? troubles.report({
              code: "key-missing",
              found: "The file `key` is missing from the home folder, so that no sign-in can be used.",
            })
          : troubles.resolve("key-missing"),
      )
      yield* look
      yield* Effect.forkScoped(Effect.schedule(look, Schedule.spaced(lookEvery)))
    }),
  )
}

const lookEvery = Duration.seconds(30)

interface Needs {
  readonly path: string
  readonly sql: SqlClient.SqlClient
  readonly seal: TokenSeal["Type"]
  readonly lease: Lease["Type"]
}

const rotate = (needs: Needs) =>
  Effect.gen(function* () {
    const { path, seal, sql } = needs
    const rows = yield* sql<SealedRow>`
      SELECT person_id, sealed, previous_sealed FROM token ORDER BY person_id`.pipe(sealing)
    if (rows.some(({ person_id, sealed }) => seal.open(person_id, sealed) === null))
      return yield* new KeyError({ message: notOpened })
    if (environmentKeys() === null) {
      const ring = fileKeys(path)
      if (ring === null) return yield* new KeyError({ message: notOpened })
      yield* writing(() => addKey(path, ring))
    } else if (rows.every(({ sealed }) => seal.isNewest(sealed)))
      return yield* new KeyError({ message: byEnvironment })
    return (yield* Effect.filter(rows, (row) => sealAnew(needs, row))).length
  })

/** Holds the lease of refreshes, so that no refreshed pair is overwritten. */
const sealAnew = ({ lease, seal, sql }: Needs, { person_id }: SealedRow) =>
  lease.withLease(`refresh:${person_id}`)(() =>
    Effect.gen(function* () {
      const [row] = yield* sql<SealedRow>`
        SELECT person_id, sealed, previous_sealed FROM token WHERE person_id = ${person_id}`
      const pair = row === undefined ? null : seal.open(person_id, row.sealed)
      if (row === undefined || pair === null) return false
      const before = row.previous_sealed === null ? null : seal.open(person_id, row.previous_sealed)
      yield* sql`UPDATE token SET sealed = ${seal.close(person_id, pair)},
        previous_sealed = ${before === null ? null : seal.close(person_id, before)}
        WHERE person_id = ${person_id} AND sealed = ${row.sealed}`
      return true
    }).pipe(sealing),
  )

const replaceLost = ({ path, seal }: Needs) =>
  Effect.suspend(() =>
    seal.isMissing()
      ? writing(() => makeKeyFile(path))
      : new KeyError({
          message: `There is a key in ${path}. To change it: \`withings-bridge key rotate\`.`,
        }),
  )

const sealing = storeError("seal the tokens again")

interface SealedRow {
  readonly person_id: PersonId
  readonly sealed: string
  readonly previous_sealed: string | null
}

const notOpened =
  "The key that is here does not open every sign-in. Put the right key back first, or sign those persons in again."

const byEnvironment =
  "The key is set by WITHINGS_BRIDGE_KEY. Put its value into WITHINGS_BRIDGE_OLD_KEY and a new one into " +
  "WITHINGS_BRIDGE_KEY, for every app; restart them, and run this again."

const writing = (write: () => void) =>
  Effect.try({
    try: write,
    catch: (cause) =>
      new KeyError({
        message: `The key cannot be written: ${cause instanceof Error ? cause.message : cause}`,
      }),
  })
