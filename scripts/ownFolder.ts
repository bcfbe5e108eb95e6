import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

let folder: string | null = null

/** For vitest: the homes and stores that tests make are in one folder, which goes with the run. */
export const setup = () => {
  folder = mkdtempSync(join(tmpdir(), "withings-tests-"))
  // Like the folder around it: tests of root start processes of other users.
  chmodSync(folder, 0o1777)
  process.env["TMPDIR"] = folder
}

/** Tries again for a while: a process that a test killed may still be ending. */
export const teardown = () => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
}
