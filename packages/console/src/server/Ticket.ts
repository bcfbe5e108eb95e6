import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Long enough for a link that a terminal showed in the morning. */
const lastsMillis = 12 * 3_600_000

/** The signing key. Only a user who can read the home folder can make a ticket. */
const secretOf = (home: string): Buffer => {
  const file = join(home, "console-key")
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    // "wx": of two processes that start together, the second takes the key of the first.
    try {
      writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" })
    } catch {
      return readFileSync(file)
    }
  }
  return readFileSync(file)
}

/** Half of a SHA-256 is enough, and keeps the link within a line of a terminal. */
const signed = (home: string, text: string): string =>
  createHmac("sha256", secretOf(home)).update(text).digest().subarray(0, 16).toString("base64url")

/** A link that opens the console once, without a password, within twelve hours. */
export const ticketLink = (home: string, url: string, now: number): string => {
  const text = `${(now + lastsMillis).toString(36)}.${randomBytes(8).toString("base64url")}`
  return `${url}/enter?t=${text}.${signed(home, text)}`
}

/** When the ticket expires, in epoch milliseconds; null: it was not made here. */
const expiryOf = (home: string, ticket: string): number | null => {
  const [expires = "", nonce = "", signature = ""] = ticket.split(".")
  const expected = Buffer.from(signed(home, `${expires}.${nonce}`))
  const sent = Buffer.from(signature)
  return sent.length === expected.length && timingSafeEqual(sent, expected)
    ? Number.parseInt(expires, 36)
    : null
}

/** Remembers used tickets until they expire. A console that restarts accepts a ticket it had seen before. */
export const ticketGate = (home: string) => {
  const used = new Map<string, number>()
  return (ticket: string, now: number): boolean => {
    for (const [old, expires] of used) if (expires < now) used.delete(old)
    const expires = expiryOf(home, ticket)
    if (expires === null || expires < now || used.has(ticket)) return false
    used.set(ticket, expires)
    return true
  }
}
