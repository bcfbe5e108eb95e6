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

/** The key cannot be changed. The message says why, and what to do. */
export class KeyError extends Data.TaggedError("KeyError")<{ readonly message: string }> {
  readonly code = "key-unusable"
}

/** The key of the home folder: changes it, and replaces one that was lost. */
export class HomeKey extends Context.Tag("@withings-bridge/core/withings/HomeKey")<
  HomeKey,
  {
    /**
     * Makes a new key and seals every token with it; apps that run go on. The key before stays in the file until the
     * next change. Answers how many persons' tokens were sealed anew.
     */
    readonly rotate: Effect.Effect<number, KeyError | StoreError>
    /** Makes a key in place of one that is lost: everyone has to sign in again. */
    readonly replaceLost: Effect.Effect<void, KeyError | StoreError>
  }
>() {
  static readonly layer: Layer.Layer<HomeKey, never, BridgeConfig | Lease | SqlClient.SqlClient | TokenSeal> =
    Layer.effect(
      HomeKey,
      Effect.gen(function* () {
        const path = join((yield* BridgeConfig).home, "key")
        const sql = yield* SqlClient.SqlClient
        const seal = yield* TokenSeal
        const lease = yield* Lease
        const all = Effect.suspend(
          () => sql<SealedRow>`SELECT person_id, sealed, previous_sealed FROM token ORDER BY person_id`,
        )

        /** With the right to refresh, since a new pair must not meet a row that was sealed anew meanwhile. */
        const sealAnew = ({ person_id }: SealedRow) =>
          lease.withLease(`refresh:${person_id}`)(() =>
            Effect.gen(function* () {
              const [row] = yield* sql<SealedRow>`
              SELECT person_id, sealed, previous_sealed FROM token WHERE person_id = ${person_id}`
              const pair = row === undefined ? null : seal.open(person_id, row.sealed)
              if (row === undefined || pair === null) return 0
              const before = row.previous_sealed === null ? null : seal.open(person_id, row.previous_sealed)
              yield* sql`UPDATE token SET sealed = ${seal.close(person_id, pair)},
              previous_sealed = ${before === null ? null : seal.close(person_id, before)}
              WHERE person_id = ${person_id} AND sealed = ${row.sealed}`
              return 1
            }),
          )

        const rotate = Effect.gen(function* () {
          const rows = yield* all
          if (rows.some(({ person_id, sealed }) => seal.open(person_id, sealed) === null))
            return yield* new KeyError({ message: notOpened })
          if (environmentKeys() === null) {
            const ring = fileKeys(path)
            if (ring === null) return yield* new KeyError({ message: notOpened })
            yield* writing(() => addKey(path, ring))
          } else if (rows.every(({ sealed }) => seal.isNewest(sealed)))
            return yield* new KeyError({ message: byEnvironment })
          const done = yield* Effect.forEach(rows, sealAnew)
          return done.reduce<number>((sum, one) => sum + one, 0)
        })

        const replaceLost = Effect.suspend(() =>
          seal.isMissing()
            ? writing(() => makeKeyFile(path))
            : Effect.fail(
                new KeyError({
                  message: `There is a key in ${path}. To change it: \`withings-bridge key rotate\`.`,
                }),
              ),
        )
        return HomeKey.of({
          rotate: rotate.pipe(
            Effect.catchTag("SqlError", (cause) =>
              Effect.fail(cause).pipe(storeError("seal the tokens anew")),
            ),
          ),
          replaceLost,
        })
      }),
    )

  /** Tells as a trouble when the key is missing, for as long as it is. */
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
