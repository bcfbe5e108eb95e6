// Copies a folder built by another package: `node ../../scripts/copy.mjs from to`.
import { cpSync, rmSync } from "node:fs"

const [from, to] = process.argv.slice(2)
rmSync(to, { recursive: true, force: true })
cpSync(from, to, { recursive: true })
