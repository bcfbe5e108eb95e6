import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openSessions } from "./Sessions.ts"

const day = 86_400_000
const now = Date.parse("2026-03-01T12:00:00Z")

describe("sessions", () => {
  let home = ""
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "withings-sessions-"))
  })
  afterEach(() => rmSync(home, { recursive: true }))

  it("expire thirty days after their last use, over restarts too", () => {
    const used = openSessions(home).begin(now)
    const unused = openSessions(home).begin(now)
    expect(openSessions(home).isOpen(used, now + 29 * day)).toBe(true)
    const later = openSessions(home)
    expect([used, unused].map((session) => later.isOpen(session, now + 31 * day))).toEqual([true, false])
    expect(later.isOpen(used, now + 62 * day)).toBe(false)
  })

  it("are ended one by one or all at once", () => {
    const sessions = openSessions(home)
    const [one, other, third] = [sessions.begin(now), sessions.begin(now), sessions.begin(now)]
    sessions.end(one)
    expect([one, other, third].map((each) => openSessions(home).isOpen(each, now))).toEqual([
      false,
      true,
      true,
    ])
    sessions.endAll()
    expect([one, other, third].map((each) => openSessions(home).isOpen(each, now))).toEqual([
      false,
      false,
      false,
    ])
  })

  it("are stored as digests in a private file; a damaged file ends all sessions", () => {
    const session = openSessions(home).begin(now)
    const file = join(home, "console-sessions.json")
    expect(readFileSync(file, "utf8")).not.toContain(session)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    writeFileSync(file, "{")
    expect(openSessions(home).isOpen(session, now)).toBe(false)
  })
})
