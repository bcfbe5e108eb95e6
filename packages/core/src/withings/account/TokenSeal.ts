import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer, Redacted } from "effect"
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto"
import { join } from "node:path"
import { BridgeConfig } from "../../BridgeConfig.ts"
import { ConfigError } from "../../config/ConfigError.ts"
import { PersonId } from "../../measure/Person.ts"
import { storeError } from "../../store/StoreError.ts"
import { environmentKeys, fileKeys, keyId, makeKeyFile, type KeyRing } from "./keyRing.ts"
import { tokenPair, type TokenPair } from "./TokenPair.ts"

/** The secret of the home folder: encrypts tokens for the store, and keys the ids of persons. */
export class TokenSeal extends Context.Tag("@withings-bridge/core/withings/TokenSeal")<
  TokenSeal,
  {
    /** Throws when the key is missing: see `isMissing`. */
    readonly close: (personId: PersonId, pair: TokenPair) => string
    /** null: sealed with another key, or damaged. */
    readonly open: (personId: PersonId, sealed: string) => TokenPair | null
    /**
     * The id of a person, 24 hexadecimal digits, from which all ids that homes see are made. Keyed, since Withings' user
     * ids have eight digits: a plain hash could be reversed by trying all.
     */
    readonly personId: (withingsUserId: string) => PersonId
    /** The store has sealed tokens, but their key file is missing: nothing may be sealed with another key. */
    readonly isMissing: () => boolean
    /** Whether it was sealed with the newest key. */
    readonly isNewest: (sealed: string) => boolean
  }
>() {
  /**
   * Key from WITHINGS_BRIDGE_KEY, else from the file `key` in the home folder, made on first use unless the store has
   * tokens already. The file is read at each use, since another process may have changed the key.
   */
  static readonly layer = Layer.effect(
    TokenSeal,
    Effect.gen(function* () {
      const path = join((yield* BridgeConfig).home, "key")
      const sql = yield* SqlClient.SqlClient
      const sealed = yield* sql`SELECT person_id FROM token LIMIT 1`.pipe(storeError("look for tokens"))
      const keys = () => environmentKeys() ?? fileKeys(path)
      yield* Effect.try({
        try: () => {
          if (keys() === null && sealed.length === 0) makeKeyFile(path)
          keys()
        },
        catch: (cause) =>
          cause instanceof ConfigError
            ? cause
            : ConfigError.one(
                "the home folder",
                path,
                cause instanceof Error ? cause.message : String(cause),
                { wanted: "a file of mode 0600 that this user may read" },
              ),
      })
      // A key file that is damaged later counts as missing.
      return sealing(() => {
        try {
          return keys()
        } catch {
          return null
        }
      })
    }),
  )
}

const ivLength = 12
const tagLength = 16
const personIdDigits = 24

/** AES-256-GCM, bound to the person: a row copied to another person does not open. */
const encrypt = (key: Buffer, personId: PersonId, { access, refresh }: TokenPair): string => {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(personId))
  const text = JSON.stringify([Redacted.value(access), Redacted.value(refresh)])
  const closed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), closed]).toString("base64url")
}

const decrypt = (key: Buffer, personId: PersonId, content: string): TokenPair | null => {
  const bytes = Buffer.from(content, "base64url")
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivLength))
      .setAAD(Buffer.from(personId))
      .setAuthTag(bytes.subarray(ivLength, ivLength + tagLength))
    const text =
      decipher.update(bytes.subarray(ivLength + tagLength), undefined, "utf8") + decipher.final("utf8")
    const pair: unknown = JSON.parse(text)
    if (!Array.isArray(pair) || typeof pair[0] !== "string" || typeof pair[1] !== "string") return null
    return tokenPair(pair[0], pair[1])
  } catch {
    return null
  }
}

/** "1.CONTENT" comes from versions before keys had ids; "2.KEY.CONTENT" names its key. */
const parse = (sealed: string) => {
  const [version, second, third] = sealed.split(".")
  if (version === "1" && second !== undefined) return { by: null, content: second }
  return version === "2" && third !== undefined ? { by: second, content: third } : null
}

/** Reads the keys at each use, and seals with the newest. */
export const sealing = (keys: () => KeyRing | null): Context.Tag.Service<TokenSeal> => {
  const newest = (): Buffer => {
    const ring = keys()
    if (ring !== null) return ring.newest
    throw new Error(
      "the file `key` is missing from the home folder, although there are tokens sealed with it",
    )
  }
  return {
    close: (personId, pair) => {
      const key = newest()
      return `2.${keyId(key)}.${encrypt(key, personId, pair)}`
    },
    open: (personId, sealed) => {
      const [parsed, ring] = [parse(sealed), keys()]
      if (parsed === null || ring === null) return null
      const fitting = [ring.newest, ...ring.earlier].filter(
        (key) => parsed.by === null || parsed.by === keyId(key),
      )
      return (
        fitting.map((key) => decrypt(key, personId, parsed.content)).find((pair) => pair !== null) ?? null
      )
    },
    personId: (withingsUserId) => {
      // Derived: the key itself only encrypts tokens.
      const idKey = Buffer.from(hkdfSync("sha256", newest(), "", "person ids", 32))
      return PersonId(
        createHmac("sha256", idKey).update(withingsUserId).digest("hex").slice(0, personIdDigits),
      )
    },
    isMissing: () => keys() === null,
    isNewest: (sealed) => {
      const ring = keys()
      return ring !== null && parse(sealed)?.by === keyId(ring.newest)
    },
  }
}
