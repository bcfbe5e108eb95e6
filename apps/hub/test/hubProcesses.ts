import { Redacted } from "effect"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { freePort } from "../../../packages/core/test/freePort.ts"
import { startBalancer } from "./balancer.ts"
import { RunnerProcess } from "./RunnerProcess.ts"

export const adminKey = "an operator's key of these tests"

const script = fileURLToPath(new URL("./startRunner.ts", import.meta.url))
const fromSource = ["--conditions", "@withings-bridge/source", script]

interface HubOfProcesses {
  readonly store: Redacted.Redacted
  /** The simulated cloud. */
  readonly cloudUrl: string
  /** Client ids, each with the secret "demo-secret". */
  readonly applications?: ReadonlyArray<string>
  /** Seconds; see `HubConfig`. */
  readonly endsWithin?: number
  /** Of Node. */
  readonly command?: ReadonlyArray<string>
}

/** Runners as processes on one PostgreSQL, behind one address. */
export const hubOfProcesses = async ({
  applications = ["demo-client"],
  cloudUrl,
  command = [...fromSource, "without-quota"],
  endsWithin = 20,
  store,
}: HubOfProcesses) => {
  const runners: Array<RunnerProcess> = []
  const home = mkdtempSync(join(tmpdir(), "hub-"))
  const balancer = await startBalancer(() => runners.map(({ port }) => port))
  let args = command
  const add = async () => {
    const port = await freePort()
    const env = {
      WITHINGS_HUB_HOME_FOLDER: home,
      WITHINGS_HUB_STORE: Redacted.value(store),
      WITHINGS_HUB_PUBLIC_URL: balancer.url,
      WITHINGS_HUB_HTTP_PORT: String(port),
      WITHINGS_HUB_RUNNER_PORT: String(await freePort()),
      WITHINGS_HUB_ADMIN_KEY: adminKey,
      WITHINGS_HUB_ENDS_WITHIN: String(endsWithin),
      WITHINGS_HUB_ACCOUNT_URL: cloudUrl,
      WITHINGS_HUB_API_URL: cloudUrl,
      WITHINGS_HUB_APPLICATIONS: JSON.stringify(
        applications.map((client_id) => ({ client_id, client_secret: "demo-secret" })),
      ),
    }
    const runner = new RunnerProcess({ args, env, port, log: join(home, `runner-${port}.log`) })
    runners.push(runner)
    await runner.start()
    return runner
  }
  return {
    url: balancer.url,
    runners,
    /** Where the runners' logs are. */
    folder: home,
    add,
    /** What runners that are added from now on are started with. */
    useCommand: (next: ReadonlyArray<string>) => {
      args = next
    },
    forgetRunners: () => runners.splice(0),
    close: async () => {
      await Promise.all(runners.map((runner) => runner.stop()))
      await balancer.close()
    },
  }
}
