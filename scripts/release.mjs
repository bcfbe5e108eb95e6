// Packs a release without publishing it: `pnpm release` writes release/*.tgz.
// Versions come from changesets (`pnpm changeset version`); a person decides about publishing.
import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const out = join(root, "release")
const run = (command, args, options = {}) =>
  execFileSync(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    ...options,
  })

rmSync(out, { recursive: true, force: true })
mkdirSync(out)
run("turbo", ["run", "build", "--output-logs=errors-only"])

const packages = ["packages", "apps"].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
)
for (const folder of packages) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  if (manifest.private) continue
  run("pnpm", ["pack", "--pack-destination", out], { cwd: folder })
}
for (const file of readdirSync(out).toSorted())
  console.log(`${String(Math.ceil(statSync(join(out, file)).size / 1024)).padStart(6)} kB  release/${file}`)
console.log(
  "Nothing was published. To publish, after checking each: npm publish ./release/NAME.tgz --access public",
)
