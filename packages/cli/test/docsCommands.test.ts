import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { Bridge, BridgeConfig, SignIn, SyncStatus } from "@withings-bridge/core"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Effect, Schedule } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { walkAuthorizePage } from "../src/demo/walkAuthorizePage.ts"

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..")
const documents = ["README.md", "CONTRIBUTING.md", "AGENTS.md"].concat(
  readdirSync(join(root, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
)
const programs =
  "withings-bridge|withings-matter|withings-gladys|npm|npx|pnpm|docker|curl|sqlite3|cd|source|export|node_modules"

/** Commands in blocks for a shell, and those named in the text. */
const commandsIn = (text: string): ReadonlyArray<string> => {
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gsu)].flatMap(([, block = ""]) => block.split("\n"))
  const inline = [...text.matchAll(new RegExp(`\`((?:withings-bridge|npm|npx|docker) [^\`\n]+)\``, "gu"))]
  return [...blocks, ...inline.map(([, command = ""]) => command)]
    .map((line) => line.replace(/\s+#.*$/u, "").trim())
    .filter((line) => new RegExp(`^(?:${programs})\\b`, "u").test(line))
}

/** Commands that cannot run here: the reason, or the test that runs them. */
const elsewhere: ReadonlyArray<readonly [RegExp, string]> = [
  [/^npm (start|test|run)\b/u, "the commands of the repository itself, run by .ci/run and test/demo.test.ts"],
  [/^(npm|npx|pnpm|node_modules|cd|source|export)\b/u, "installs or builds: .ci/run, or a registry"],
  [/^docker\b/u, "needs a Docker engine"],
  [/^(curl|sqlite3)\b/u, "asks a running bridge or a real Gladys: apps/gladys/test"],
  [/^withings-(matter|gladys)\b/u, "apps/matter/test and apps/gladys/test"],
  [/^withings-bridge (run|console)\b/u, "goes on until Ctrl-C: test/run.test.ts, packages/console/test"],
  [/^withings-bridge (init|connect)\b/u, "asks someone: test/connect.test.ts"],
  [/^withings-bridge service\b/u, "changes the system's services: src/service/service.test.ts"],
  [/^withings-bridge --completions\b/u, "test/commandTable.test.ts"],
  [/^withings-bridge COMMAND\b/u, "stands for every command"],
  [
    /^withings-bridge devices leave-out\b/u,
    "wants a device of that name: packages/core/test/leftOut.test.ts",
  ],
  [/^withings-bridge restore\b/u, "wants a backup: src/backup/backup.test.ts"],
  [/^withings-bridge key new\b/u, "only where a key is lost: packages/core/test/homeKey.test.ts"],
]

const all = [
  ...new Set(documents.flatMap((name) => commandsIn(readFileSync(join(root, name), "utf8")))),
].toSorted()
/** These sign persons out at Withings, and all commands have copies of the same sign-ins, so they come last. */
const signsOut = /^withings-bridge (?:remove|reset)\b/u
const runnable = all
  .filter((command) => !elsewhere.some(([pattern]) => pattern.test(command)))
  .toSorted((one, other) => Number(signsOut.test(one)) - Number(signsOut.test(other)))

/** Options that replace a question to the reader. */
const unasked: ReadonlyArray<readonly [RegExp, ReadonlyArray<string>]> = [
  [/^(reset|remove|forget-history)\b/u, ["--yes"]],
  [/^backup\b/u, ["--passphrase-file", "passphrase"]],
]

/** On a test machine `doctor` finds problems and `health` no app. */
const mayEndWithOne = /^(doctor|health)\b/u

const wordsOf = (command: string): ReadonlyArray<string> =>
  [...command.replace(/\s*>.*$/u, "").matchAll(/"([^"]*)"|(\S+)/gu)]
    .map(([, quoted, plain]) => quoted ?? plain ?? "")
    .slice(1)

/** Does not block this process, in which the simulator runs. */
const ended = async (child: ChildProcess) => {
  const said = { stdout: "", stderr: "" }
  child.stdout?.on("data", (text: Buffer) => (said.stdout += text.toString()))
  child.stderr?.on("data", (text: Buffer) => (said.stderr += text.toString()))
  const [status] = await once(child, "close")
  return { ...said, status: Number(status) }
}

describe("the commands of the documentation", () => {
  const home = mkdtempSync(join(tmpdir(), "withings-docs-"))
  let simulator: Simulator

  beforeAll(async () => {
    simulator = await startSimulator({ years: 0.1, requestsPerMinute: 100_000 })
    writeFileSync(
      join(home, "config.yaml"),
      `withings:
  client_id: ${simulator.clientId}
  client_secret: ${simulator.clientSecret}
  account_url: ${simulator.url}
  api_url: ${simulator.url}
  callback_url: http://127.0.0.1:1/callback
`,
      { mode: 0o600 },
    )
    const config = await Effect.runPromise(BridgeConfig.loadWith({ home, env: {} }))
    const connectAndSync = Effect.gen(function* () {
      const signIn = yield* SignIn
      for (const { name } of simulator.persons) {
        const { authorizeUrl } = yield* signIn.start({ personName: name })
        yield* signIn.finish(yield* walkAuthorizePage(authorizeUrl, name))
      }
      yield* Effect.flatMap(SyncStatus, (status) => status.progress).pipe(
        Effect.filterOrFail(
          (progress) => progress.length >= 8 && progress.every(({ finishedAt }) => finishedAt !== null),
          () => "not complete yet",
        ),
        Effect.retry(Schedule.spaced("100 millis")),
        Effect.timeout("2 minutes"),
      )
    })
    await Effect.runPromise(connectAndSync.pipe(Effect.provide(Bridge.layer(config))))
    writeFileSync(join(home, "passphrase"), "correct horse battery staple\n", { mode: 0o600 })
  }, 180_000)
  afterAll(async () => {
    await simulator?.close()
    rmSync(home, { recursive: true, force: true })
  })

  it("are found", () => {
    expect(all.length).toBeGreaterThan(40)
    expect(runnable).toContain("withings-bridge backup bridge.backup")
  })

  it.each(runnable)("%s", async (command) => {
    const own = mkdtempSync(join(tmpdir(), "withings-docs-run-"))
    cpSync(home, join(own, "home"), { recursive: true })
    chmodSync(join(own, "home"), 0o700)
    const words = wordsOf(command)
    const more = unasked.find(([pattern]) => pattern.test(words.join(" ")))?.[1] ?? []
    const run = await ended(
      spawn(process.execPath, [join(root, "packages/cli/dist/main.js"), ...words, ...more], {
        cwd: join(own, "home"),
        timeout: 100_000,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, WITHINGS_BRIDGE_HOME: join(own, "home"), NO_COLOR: "1" },
      }),
    )
    rmSync(own, { recursive: true, force: true })
    const allowed = mayEndWithOne.test(words.join(" ")) ? [0, 1] : [0]
    expect({ ...run, status: allowed.includes(run.status) }).toMatchObject({ status: true })
    expect(run.stdout).not.toBe("")
    expect(run.stderr).not.toContain("(usage)")
  })
})
