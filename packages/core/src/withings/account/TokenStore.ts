import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import { epochSeconds } from "../../epochSeconds.ts"
import type { PersonId } from "../../measure/Person.ts"
import { storeError, type StoreError } from "../../store/StoreError.ts"
import type { TokenPair } from "./TokenPair.ts"
import { TokenSeal } from "./TokenSeal.ts"

/** A person's row of tokens as it was read. */
export interface StoredTokens {
  readonly personId: PersonId
  /** null: sealed with another key. */
  readonly current: TokenPair | null
  readonly previous: TokenPair | null
  /** Epoch seconds, by this machine's clock. */
  readonly expiresAt: number
  /** The row's sealed content, to notice changes made meanwhile. */
  readonly seen: string
}

/** Tokens at rest: the pair in use and the one before it, sealed, one row a person. */
export class TokenStore extends Context.Tag("@withings-bridge/core/withings/TokenStore")<
  TokenStore,
  {
    readonly read: (personId: PersonId) => Effect.Effect<StoredTokens | null, StoreError>
    /** Keeps the first pair after a sign-in, and drops earlier ones. */
    readonly put: (personId: PersonId, pair: TokenPair, expiresIn: number) => Effect.Effect<void, StoreError>
    /**
     * Replaces the pair that was read, which becomes the previous one. False when the row has changed since: another
     * process with a newer lease was faster, and its pair counts.
     */
    readonly rotate: (
      read: StoredTokens,
      pair: TokenPair,
      expiresIn: number,
      fencing: number,
    ) => Effect.Effect<boolean, StoreError>
    readonly forget: (personId: PersonId) => Effect.Effect<void, StoreError>
  }
>() {
  static readonly layer: Layer.Layer<TokenStore, never, SqlClient.SqlClient | TokenSeal> = Layer.effect(
    TokenStore,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const seal = yield* TokenSeal

      const read = (personId: PersonId) =>
        Effect.gen(function* () {
          const rows = yield* sql<{ sealed: string; previous_sealed: string | null; expires_at: number }>`
            SELECT sealed, previous_sealed, expires_at FROM token WHERE person_id = ${personId}`
          const row = rows[0]
          if (row === undefined) return null
          return {
            personId,
            current: seal.open(personId, row.sealed),
            previous: row.previous_sealed === null ? null : seal.open(personId, row.previous_sealed),
            expiresAt: Number(row.expires_at),
            seen: row.sealed,
          }
        }).pipe(storeError("read the tokens"))

      const put = (personId: PersonId, pair: TokenPair, expiresIn: number) =>
        Effect.gen(function* () {
          const now = yield* epochSeconds
          const sealed = seal.close(personId, pair)
          yield* sql`
            INSERT INTO token (person_id, sealed, previous_sealed, expires_at, rotated_at, fencing)
            VALUES (${personId}, ${sealed}, NULL, ${now + expiresIn}, ${now}, 0)
            ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed, previous_sealed = NULL,
              expires_at = excluded.expires_at, rotated_at = excluded.rotated_at`
        }).pipe(storeError("write the tokens"))

      const rotate = (read: StoredTokens, pair: TokenPair, expiresIn: number, fencing: number) =>
        Effect.gen(function* () {
          const now = yield* epochSeconds
          const sealed = seal.close(read.personId, pair)
          const rows = yield* sql`
            UPDATE token SET sealed = ${sealed}, previous_sealed = ${read.seen},
              expires_at = ${now + expiresIn}, rotated_at = ${now}, fencing = ${fencing}
            WHERE person_id = ${read.personId} AND sealed = ${read.seen}
            RETURNING person_id`
          return rows.length > 0
        }).pipe(storeError("write the new tokens"))

      return TokenStore.of({
        read,
        put,
        rotate,
        forget: (personId) =>
          sql`DELETE FROM token WHERE person_id = ${personId}`.pipe(
            Effect.asVoid,
            storeError("forget the tokens"),
          ),
      })
    }),
  )
}
