import { Effect } from "effect"
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"

interface Kept {
  readonly salt: string
  readonly hash: string
}

const slowHash = promisify<string, string, number, Buffer>(scrypt)
const fileIn = (home: string) => join(home, "console.json")

/** Makes a password, which replaces the previous one. Only its hash is kept. */
export const newPassword = (home: string): Effect.Effect<string> =>
  Effect.promise(async () => {
    const password = randomBytes(9).toString("base64url")
    const salt = randomBytes(16).toString("hex")
    const kept: Kept = { salt, hash: (await slowHash(password, salt, 32)).toString("hex") }
    mkdirSync(home, { recursive: true, mode: 0o700 })
    writeFileSync(fileIn(home), JSON.stringify(kept), { mode: 0o600 })
    return password
  })

export const hasPassword = (home: string): boolean => existsSync(fileIn(home))

/** Hashes asynchronously: a flood of wrong passwords must not block the console. */
export const passwordIsRight = (home: string, password: string): Effect.Effect<boolean> =>
  Effect.promise(async () => {
    if (!hasPassword(home)) return false
    const { salt, hash }: Kept = JSON.parse(readFileSync(fileIn(home), "utf8"))
    return timingSafeEqual(await slowHash(password, salt, 32), Buffer.from(hash, "hex"))
  })
