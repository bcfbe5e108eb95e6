import { createHash, randomBytes } from "node:crypto"
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { ConfigError } from "../../config/ConfigError.ts"
import { shareWithGroup } from "../../HomeFolder.ts"

const keyLength = 32

/** The keys that open tokens; the newest seals them. */
export interface KeyRing {
  readonly newest: Buffer
  readonly earlier: ReadonlyArray<Buffer>
}

/** Names a key in what it sealed: eight hexadecimal digits that reveal nothing of it. */
export const keyId = (key: Buffer): string =>
  createHash("sha256").update("withings-bridge key id").update(key).digest("hex").slice(0, 8)

/** From WITHINGS_BRIDGE_KEY, and its previous value from WITHINGS_BRIDGE_OLD_KEY. null: not set. */
export const environmentKeys = (): KeyRing | null => {
  const newest = fromEnvironment("WITHINGS_BRIDGE_KEY")
  if (newest === null) return null
  const old = fromEnvironment("WITHINGS_BRIDGE_OLD_KEY")
  return { newest, earlier: old === null ? [] : [old] }
}

const fromEnvironment = (name: string): Buffer | null => {
  const value = process.env[name]
  if (value === undefined || value === "") return null
  if (value.length < 16) {
    throw ConfigError.one("the environment", name, `${value.length} characters`, {
      wanted: "16 characters or more, chosen at random",
    })
  }
  return createHash("sha256").update(value).digest()
}

/** One key per line, the newest first. null: there is no file. */
export const fileKeys = (path: string): KeyRing | null => {
  if (!existsSync(path)) return null
  const [newest, ...earlier] = readFileSync(path, "utf8")
    .trim()
    .split(/\s+/)
    .map((line) => Buffer.from(line, "base64"))
  const all = [newest, ...earlier]
  const damaged = all.find((key) => key?.length !== keyLength)
  if (newest !== undefined && damaged === undefined) return { newest, earlier }
  throw ConfigError.one("the home folder", path, `${damaged?.length ?? 0} bytes`, {
    wanted: `the key of ${keyLength} bytes that sealed the tokens; put it back, or remove the file and sign in again`,
  })
}

/** Atomic: of several processes that start together, the first one's file stays. */
export const makeKeyFile = (path: string): void => {
  const draft = writeDraft(path, [randomBytes(keyLength)])
  try {
    linkSync(draft, path)
  } catch (cause) {
    if (!existsSync(path)) throw cause
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Puts a new key before the newest. Older ones are dropped: nothing is sealed with them any more. */
export const addKey = (path: string, { newest }: KeyRing): void =>
  renameSync(writeDraft(path, [randomBytes(keyLength), newest]), path)

const writeDraft = (path: string, keys: ReadonlyArray<Buffer>): string => {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`
  writeFileSync(draft, keys.map((key) => key.toString("base64")).join("\n"), { mode: 0o600, flush: true })
  shareWithGroup(draft)
  return draft
}
