import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { Act } from "./sharingProcess.ts"

/** Each has a group of its own besides the shared one, as `adduser` makes them. */
const [ann, ben, household] = [61_001, 61_002, 61_000]
const script = fileURLToPath(new URL("./sharingProcess.ts", import.meta.url))
const flags = ["--conditions", "@withings-bridge/source"]

const as = (user: number, program: ReadonlyArray<string>): ReadonlyArray<string> => [
  `--reuid=${user}`,
  `--regid=${user}`,
  `--groups=${household}`,
  "--",
  ...program,
]

/** null: they can be two users here. */
const hindrance = ((): string | null => {
  if (process.getuid?.() !== 0) return "only root can be two users"
  if (process.env["FAKETIME"] !== undefined) return "faketime (npm run hours) works for one user only"
  const look = ["sh", "-c", `umask 022; test -r '${script}' && '${process.execPath}' -e 0`]
  return spawnSync("setpriv", as(ann, look)).status === 0
    ? null
    : "another user cannot read this checkout, or there is no setpriv (Debian: util-linux)"
})()
if (hindrance !== null) console.warn(`NOT TESTED: two users who share a home folder: ${hindrance}.`)

interface User {
  readonly process: ChildProcess
  readonly tell: (act: Act | "up", about?: string) => Promise<string>
}

let simulator: Simulator
let home: string
const users: Array<ChildProcess> = []

const start = async (user: number): Promise<User> => {
  const program = [
    "sh",
    "-c",
    'umask 022; exec "$@"',
    "sh",
    process.execPath,
    ...flags,
    script,
    home,
    simulator.url,
  ]
  const child = spawn("setpriv", as(user, program), {
    cwd: tmpdir(),
    env: { ...process.env, HOME: home },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  users.push(child)
  let said = ""
  for (const output of [child.stdout, child.stderr])
    output?.on("data", (chunk: Buffer) => {
      said += String(chunk)
    })
  const answer = async () => {
    const ended = once(child, "exit").then(() => {
      throw new Error(`User ${user} ended beside\n${spawnSync("ls", ["-ln", home]).stdout}\n${said}`)
    })
    const [message] = (await Promise.race([once(child, "message"), ended])) as [
      { readonly answer?: string; readonly failure?: string },
    ]
    if (message.answer === undefined) throw new Error(`User ${user}: ${message.failure}\n${said}`)
    return message.answer
  }
  await answer()
  return {
    process: child,
    tell: (act, about = "") => {
      const told = answer()
      child.send([act, about])
      return told
    },
  }
}

const stop = async ({ process }: User): Promise<void> => {
  const ended = once(process, "exit")
  process.kill("SIGKILL")
  await ended
}

const eventually = async (look: () => Promise<string>, wanted: string): Promise<void> =>
  expect.poll(look, { timeout: 90_000, interval: 200 }).toBe(wanted)

beforeAll(async () => {
  simulator = await startSimulator({ years: 0.05, requestsPerMinute: 1_000_000 })
  home = join(mkdtempSync(join(tmpdir(), "withings-two-users-")), "home")
  chmodSync(join(home, ".."), 0o755)
  mkdirSync(home)
  // As docs/docker.md says.
  chownSync(home, ann, household)
  chmodSync(home, 0o770)
})

afterAll(async () => {
  for (const user of users) user.kill("SIGKILL")
  await simulator.close()
  rmSync(join(home, ".."), { recursive: true, force: true })
})

it.skipIf(hindrance !== null)(
  "two users of one group share a sign-in, news and the leading of the sync, whoever came first",
  async () => {
    const name = simulator.persons[0]?.name ?? ""
    const first = await start(ann)
    const person = await first.tell("signIn", name)
    const second = await start(ben)
    expect(await second.tell("askWithings", person)).toBe("answered")
    expect(await second.tell("webhookSecret")).toBe(await first.tell("webhookSecret"))
    // News that one asks for reach the other, and the other way round.
    for (const [asking, hearing, kilograms] of [
      [first, second, 71.1],
      [second, first, 72.2],
    ] as const) {
      await simulator.weigh(name, kilograms)
      await asking.tell("askForWeight", person)
      await eventually(() => hearing.tell("weight", person), String(kilograms))
    }
    // The other one leads when the first is gone, and the first finds its way back into a store that the other opened.
    await stop(first)
    await simulator.weigh(name, 73.3)
    await second.tell("askForWeight", person)
    await eventually(() => second.tell("weight", person), "73.3")
    await stop(second)
    const later = await start(ben)
    const again = await start(ann)
    expect(await again.tell("askWithings", person)).toBe("answered")
    expect(await later.tell("standing", person)).toBe("signed-in")
    for (const file of readdirSync(home))
      expect([file, statSync(join(home, file)).mode & 0o007]).toEqual([file, 0])
  },
  300_000,
)
