import { createHash, randomBytes } from "node:crypto"
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** A session expires after this time without use. */
const lastsMillis = 30 * 86_400_000
/** The expiry is written at most this often while a session is used. */
const renewedAfter = 86_400_000
/** Beyond this the oldest session is dropped. */
const keptAtMost = 200

/** Only the digest is stored, so the file opens nothing. */
const digest = (session: string) => createHash("sha256").update(session).digest("hex")

const read = (file: string): Array<[string, number]> => {
  try {
    return existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, "utf8"))) : []
  } catch {
    // With a damaged file everyone signs in again.
    return []
  }
}

/** The sessions of browsers, kept over restarts. */
export const openSessions = (home: string) => {
  const file = join(home, "console-sessions.json")
  /** Expiry in epoch milliseconds by digest, in the order of the last renewal. */
  const sessions = new Map<string, number>(read(file))

  const save = () => {
    const [oldest] = sessions.keys()
    if (sessions.size > keptAtMost && oldest !== undefined) sessions.delete(oldest)
    writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(sessions)), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  const renew = (key: string, now: number) => {
    sessions.delete(key)
    sessions.set(key, now + lastsMillis)
    save()
  }

  return {
    begin: (now: number): string => {
      const session = randomBytes(32).toString("base64url")
      renew(digest(session), now)
      return session
    },
    isOpen: (session: string, now: number): boolean => {
      const key = digest(session)
      const ends = sessions.get(key)
      if (ends === undefined || ends < now) return false
      if (ends - now < lastsMillis - renewedAfter) renew(key, now)
      return true
    },
    end: (session: string): void => {
      if (sessions.delete(digest(session))) save()
    },
    endAll: (): void => {
      sessions.clear()
      save()
    },
  }
}
