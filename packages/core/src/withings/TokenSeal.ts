import { Context, Effect, Layer, Redacted } from "effect"
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto"
import { existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { BridgeConfig } from "../BridgeConfig.ts"
import { ConfigError } from "../config/ConfigError.ts"
import { tokenPair, type TokenPair } from "./TokenPair.ts"

/** The secret of the home folder: seals tokens for the store, and keeps the ids of persons from being undone. */
export class TokenSeal extends Context.Tag("@withings-bridge/core/withings/TokenSeal")<
  TokenSeal,
  {
    readonly close: (personId: string, pair: TokenPair) => string
    /** null: closed with another key, or damaged. */
    readonly open: (personId: string, sealed: string) => TokenPair | null
    /**
     * The id of a person, from which every id is made that a home can read: 24 hexadecimal digits. Withings' user ids
     * have eight digits, so a hash without a secret could be undone by trying them all.
     */
    readonly personId: (withingsUserId: string) => string
  }
>() {
  /** Key from WITHINGS_BRIDGE_KEY, else from the file `key` in the home folder, made on first use. */
  static readonly layer: Layer.Layer<TokenSeal, ConfigError, BridgeConfig> = Layer.effect(
    TokenSeal,
    Effect.gen(function* () {
      const { home } = yield* BridgeConfig
      const path = join(home, "key")
      const key = yield* Effect.try({
        try: () => environmentKey() ?? fileKey(home, path),
        catch: (cause) =>
          cause instanceof ConfigError
            ? cause
            : ConfigError.one(
                "the home folder",
                path,
                cause instanceof Error ? cause.message : String(cause),
                {
                  wanted: "a file of mode 0600 that this user may read",
                },
              ),
      })
      return sealWith(key)
    }),
  )
}

const keyLength = 32
const ivLength = 12
const tagLength = 16
const version = "1"
const personIdDigits = 24

/** AES-256-GCM. The person is bound into it, so that a row moved to another person does not open. */
export const sealWith = (key: Buffer): Context.Tag.Service<TokenSeal> => ({
  close: (personId, { access, refresh }) => {
    const iv = randomBytes(ivLength)
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(personId))
    const text = JSON.stringify([Redacted.value(access), Redacted.value(refresh)])
    const closed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
    return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), closed]).toString("base64url")}`
  },
  open: (personId, sealed) => {
    const [found, content] = sealed.split(".")
    if (found !== version || content === undefined) return null
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
  },
  personId: (withingsUserId) => {
    // A key of its own, since the other one seals the tokens.
    const idKey = Buffer.from(hkdfSync("sha256", key, "", "person ids", keyLength))
    return createHmac("sha256", idKey).update(withingsUserId).digest("hex").slice(0, personIdDigits)
  },
})

const environmentKey = (): Buffer | null => {
  const value = process.env["WITHINGS_BRIDGE_KEY"]
  if (value === undefined || value === "") return null
  if (value.length < 16) {
    throw ConfigError.one("the environment", "WITHINGS_BRIDGE_KEY", `${value.length} characters`, {
      wanted: "16 characters or more, chosen at random",
    })
  }
  return createHash("sha256").update(value).digest()
}

/** Several processes may start at once: the file appears whole or not at all, and the first one to come wins. */
const fileKey = (home: string, path: string): Buffer => {
  if (!existsSync(path)) {
    const groupMayRead = (statSync(home).mode & 0o050) === 0o050
    const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`
    writeFileSync(draft, randomBytes(keyLength).toString("base64"), {
      mode: groupMayRead ? 0o640 : 0o600,
      flush: true,
    })
    try {
      linkSync(draft, path)
    } catch (cause) {
      if (!existsSync(path)) throw cause
    } finally {
      rmSync(draft, { force: true })
    }
  }
  const key = Buffer.from(readFileSync(path, "utf8"), "base64")
  if (key.length === keyLength) return key
  throw ConfigError.one("the home folder", path, `${key.length} bytes`, {
    wanted: `the key of ${keyLength} bytes that closed the tokens; put it back, or remove the file and sign in again`,
  })
}
