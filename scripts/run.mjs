// Run by plain npm on any Node. Installs the pinned pnpm, the locked packages and Node 24 (the npm package `node`),
// then hands over to them.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const bin = join(root, "node_modules", ".bin")
const stamp = join(root, "node_modules", ".installed")
const env = { ...process.env, PATH: bin + delimiter + process.env["PATH"], TURBO_TELEMETRY_DISABLED: "1" }

const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, env, stdio: "inherit", ...options }).status ?? 1

const orExit = (status) => {
  if (status !== 0) process.exit(status)
}

const fail = (sentence) => {
  console.error(sentence)
  process.exit(1)
}

/** Shows the output of a tool only when it fails. */
const quietly = (command, args, sentence) => {
  const { status, stderr, stdout } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  })
  if (status === 0) return
  console.error(`${stdout ?? ""}${stderr ?? ""}`.split("\n").slice(-60).join("\n"))
  fail(sentence)
}

/** A hash of everything an install depends on. */
const installKey = () => {
  const manifests = ["packages", "apps"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, "package.json")),
  )
  const hash = createHash("sha256")
  for (const file of [
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "package.json",
    "bench/package.json",
    "docs/package.json",
    "examples/package.json",
    "witness/package.json",
    ...manifests,
  ])
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest("hex")
}

const install = () => {
  const key = installKey()
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === key) return
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
  console.log(`Installing packages with ${packageManager} (the first time takes a minute or two)`)
  quietly(
    "npx",
    ["--yes", packageManager, "install", "--frozen-lockfile", "--reporter=append-only"],
    "The packages could not be installed. Is this machine online, and can it reach the npm registry?",
  )
  writeFileSync(stamp, key)
}

const build = (...filter) =>
  quietly(
    "turbo",
    ["run", "build", "--output-logs=errors-only", "--log-order=grouped", ...filter],
    "The build failed; see above.",
  )

const cli = join(root, "packages", "cli", "dist", "main.js")

/**
 * Runs until the program ends. Ctrl-C reaches the program itself, and this script must outlive it, or the prompt would
 * return too early. The channel between them closes when this script is killed.
 */
const runUntilItEnds = (command, args) => {
  const child = spawn(command, args, {
    cwd: root,
    env: { MALLOC_ARENA_MAX: "1", ...env },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  })
  process.on("SIGINT", () => {})
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  child.on("exit", (status) => process.exit(status ?? 1))
}

/** Commands of a second terminal; options may come before them. */
const happenings = new Set(["weigh", "bed-in", "bed-out", "blood-pressure", "temperature", "walk"])

/** As in packages/cli/src/becomeSmall.ts, which does nothing in a process with a channel. */
const small = ["--max-semi-space-size=2"]

const afterBuild = (script) => (args) => {
  build()
  orExit(run("tsx", ["--conditions", "@withings-bridge/source", script, ...args]))
}

const commands = {
  start: (args) => {
    if (args.includes("--hub"))
      // Not tsx: it would pass on Ctrl-C, which the terminal sends to everyone, and the second one kills.
      return runUntilItEnds("node", ["--conditions", "@withings-bridge/source", "apps/hub/demo/main.ts"])
    // "weigh Ann 72.4" from a second terminal needs no build: it talks to the running demo.
    const isForRunningDemo = args.some((arg) => happenings.has(arg)) && existsSync(cli)
    if (!isForRunningDemo) {
      console.log(existsSync(cli) ? "Building what has changed" : "Building (about a minute the first time)")
      build("--filter=@withings-bridge/cli...")
    }
    runUntilItEnds("node", [...small, cli, "demo", ...args])
  },
  test: (args) => {
    build()
    orExit(run("pnpm", ["--silent", "run", "check"]))
    orExit(run("vitest", ["run", ...args]))
  },
  bench: afterBuild("bench/main.ts"),
  attack: afterBuild("attack/main.ts"),
  witness: afterBuild("witness/main.ts"),
}

const [command, ...args] = process.argv.slice(2)
if (Number(process.versions.node.split(".")[0]) < 20)
  fail(`Node ${process.versions.node} is too old to begin with: install Node 20 or newer, then try again.`)
install()
commands[command](args)
