import { readFileSync, renameSync, writeFileSync } from "node:fs"

/** Readers see the old file or the new one and never half of it, even after a power loss. Only its owner may read it. */
export const writeWhole = (file: string, text: string): void => {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

/** null: there is no such file. */
export const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}
