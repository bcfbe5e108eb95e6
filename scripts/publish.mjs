// Publishes what a release consists of: run by the release workflow after the versions were set.
import { execFileSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: "inherit" })

run("node", ["scripts/release.mjs"])
for (const file of readdirSync(join(root, "release")).toSorted())
  if (file.endsWith(".tgz")) run("npm", ["publish", `./release/${file}`, "--access", "public"])
// The changesets action reads the tags to make the GitHub releases.
run("changeset", ["tag"])
