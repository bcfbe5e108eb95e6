import { Effect } from "effect"
import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

interface Kept {
  readonly salt: string
  readonly hash: string
}

const hashOf = (password: string, salt: string) => scryptSync(password, salt, 32)
const fileIn = (home: string) => join(home, "console.json")

/**
 * Makes the console's password at the first start that needs one. It is answered that once, to be printed; the home
 * folder keeps only its hash. Delete `console.json` to get a new one.
 */
export const firstPassword = (home: string) =>
  Effect.sync((): string | null => {
    if (existsSync(fileIn(home))) return null
    const password = randomBytes(9).toString("base64url")
    const salt = randomBytes(16).toString("hex")
    const kept: Kept = { salt, hash: hashOf(password, salt).toString("hex") }
    mkdirSync(home, { recursive: true, mode: 0o700 })
    writeFileSync(fileIn(home), JSON.stringify(kept), { mode: 0o600 })
    return password
  })

export const passwordIsRight = (home: string, password: string): boolean => {
  if (!existsSync(fileIn(home))) return false
  const { salt, hash }: Kept = JSON.parse(readFileSync(fileIn(home), "utf8"))
  return timingSafeEqual(hashOf(password, salt), Buffer.from(hash, "hex"))
}
