import { Bridge, BridgeConfig, SignIn, SyncStatus } from "@withings-bridge/core"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, ManagedRuntime } from "effect"
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it, onTestFinished } from "vitest"
import { atTimeOf } from "../../simulator/test/householdClock.ts"
import { createBackup } from "../src/backup/createBackup.ts"
import { restoreBackup } from "../src/backup/restoreBackup.ts"
import { walkAuthorizePage } from "../src/demo/walkAuthorizePage.ts"
import { matterHome } from "./homes/MatterHome.ts"
import { eventually, presses } from "./homes/RealHome.ts"

const passphrase = "correct horse battery staple"

/** A follower of the household in a folder, next to its running bridge. */
const asking = async (home: string) => {
  const config = await Effect.runPromise(BridgeConfig.loadWith({ home, env: {} }))
  const core = ManagedRuntime.make(Bridge.layerFollower(config))
  onTestFinished(() => core.dispose())
  return core
}
const signIn = (name: string) =>
  Effect.gen(function* () {
    const { authorizeUrl } = yield* (yield* SignIn).start({ personName: name })
    yield* (yield* SignIn).finish(yield* walkAuthorizePage(authorizeUrl, name))
  })
const histories = Effect.flatMap(SyncStatus, ({ progress }) => progress)

it(
  "a backup taken during a first history restores into an empty home, and the controller reconnects to it",
  { timeout: 900_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "withings-restored-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const simulator = await startSimulator({ years: 3, persons: 2, requestsPerMinute: 100_000 })
    onTestFinished(() => simulator.close())
    const [before, after] = [join(folder, "before"), join(folder, "after")]
    mkdirSync(before, { mode: 0o700 })
    const withings = {
      client_id: simulator.clientId,
      client_secret: simulator.clientSecret,
      account_url: simulator.url,
      api_url: simulator.url,
      poll_every: 3,
    }
    const rules = [{ name: "Heavy", person: "Ann", when: "above", measure: "weight", value: 75 }]
    writeFileSync(join(before, "config.yaml"), JSON.stringify({ withings, rules }), { mode: 0o600 })
    await simulator.weigh("Ann", 70)
    const core = await asking(before)
    await core.runPromise(signIn("Ann"))

    const matter = matterHome()
    onTestFinished(() => matter.close())
    const startOn = (home: string) => matter.start({ WITHINGS_BRIDGE_HOME: home, ...atTimeOf(simulator) })
    const shows = (value: number) =>
      eventually(
        () => `the rule at ${value}`,
        async () => (await matter.state("heavy")) === value,
      )
    await startOn(before)
    await shows(0)
    // Without it in the backup the controller would notice the restored bridge only after two minutes.
    const subscriptions = join(before, "matter", "withings-bridge", "root.subscriptions.subscriptions")
    await eventually(
      () => subscriptions,
      () => existsSync(subscriptions),
    )
    const known = new Set((await core.runPromise(histories)).map(({ personId }) => personId))
    await core.runPromise(signIn("Ben"))
    await eventually(
      () => "the first history of Ben to begin",
      async () =>
        (await core.runPromise(histories)).some(
          ({ finishedAt, personId }) => finishedAt === null && !known.has(personId),
        ),
    )
    const path = join(folder, "bridge.backup")
    await Effect.runPromise(createBackup({ home: before, path, passphrase, withSignIns: true }))
    // Events after the backup must not make the controller ignore the restored bridge.
    await simulator.weigh("Ann", 80)
    await shows(1)
    await matter.stop()
    const pressed = presses(matter, "weighed")

    await Effect.runPromise(restoreBackup({ home: after, path, passphrase }))
    const restored = await (await asking(after)).runPromise(histories)
    expect(restored.some(({ finishedAt }) => finishedAt === null)).toBe(true)
    await simulator.weigh("Ann", 71)
    await startOn(after)
    await shows(0)
    await eventually(
      () => "a press of the restored bridge",
      () => presses(matter, "weighed") > pressed,
    )
  },
)
