// Publishes the packages of a release. The release workflow runs it whenever there are no pending changesets, so it
// publishes only versions that npm does not have.
import { execFileSync, spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const run = (command, args) => execFileSync(command, args, { cwd: root, stdio: "inherit" })

const isPublished = (release) => {
  const { status, stderr, stdout } = spawnSync("npm", ["view", release, "version"], { encoding: "utf8" })
  if (status === 0) return stdout.trim() !== ""
  if (stderr.includes("E404")) return false
  throw new Error(`npm could not be asked whether it has ${release}: ${stderr.trim()}`)
}

run("node", ["scripts/release.mjs"])
const folders = ["packages", "apps"].flatMap((of) =>
  readdirSync(join(root, of)).map((name) => join(of, name)),
)
for (const folder of folders) {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"))
  const { name, version } = manifest
  if (manifest.private || isPublished(`${name}@${version}`)) continue
  const file = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`
  run("npm", ["publish", `./release/${file}`, "--access", "public"])
}
// The changesets action makes the GitHub releases from the tags that this reports.
run("changeset", ["git-tag"])
