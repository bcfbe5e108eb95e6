import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { spawnApp } from "../../apps/gladys/test/GladysApp.ts"
import type { Witness } from "../Witness.ts"

const service = "/api/v1/service/withings"
const settings = "http://gladys.local/dashboard/integration/health/withings/settings"
const log = join(tmpdir(), "schemathesis.log")

const until = async (what: string, holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return
    await sleep(100)
  }
  throw new Error(`Waited for a minute until ${what}.`)
}

const asker =
  (base: string, key: string) =>
  async (path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${base}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    return answer
  }

const textAt = (answer: unknown, name: string): string => {
  const entries = typeof answer === "object" && answer !== null ? Object.entries(answer) : []
  const [, value] = entries.find(([key]) => key === name) ?? []
  if (typeof value === "string") return value
  throw new Error(`The bridge answered without ${name}: ${JSON.stringify(answer)}`)
}

/** Signs a person in with devices and a year of history: an empty bridge answers 404 to most requests. */
const signIn = async (base: string, key: string, cloud: Simulator): Promise<void> => {
  const ask = asker(base, key)
  const person = cloud.persons[0]?.name ?? ""
  await ask(`${service}/variable/OAUTH2_CLIENT_ID`, { value: cloud.clientId, userRelated: true })
  await ask(`${service}/variable/OAUTH2_CLIENT_SECRET`, { value: cloud.clientSecret, userRelated: true })
  const wanted = { service_id: "1", integration_name: "withings", person_name: person }
  const answer = await ask(`${service}/oauth2/client/authorization-uri`, wanted, { referer: settings })
  const page = new URL(textAt(answer, "authorizationUri"))
  const form = new URLSearchParams([...page.searchParams, ["person", person]])
  const landed = await fetch(`${page.origin}${page.pathname}`, {
    method: "POST",
    body: form,
    redirect: "manual",
  })
  const landedOn = landed.headers.get("location") ?? ""
  const code = { service_id: "1", authorization_code: new URL(landedOn).searchParams.get("code") }
  await ask(`${service}/oauth2/client/access-token`, code, { referer: landedOn })
  await until("the devices are known", async () => {
    const devices = JSON.stringify(await ask(`${service}/init_devices`, {}))
    return devices.includes("Weight")
  })
}

/** One run of schemathesis. */
interface Look {
  readonly what: string
  readonly checks: string
  readonly without: string
  readonly paths: ReadonlyArray<string>
}

const authentication = "missing_required_header,ignored_auth"

const reset = `${service}/reset`
const butReset = ["/api/v1/live", "/api/v1/live/socket", reset].map((path) => `--exclude-path=${path}`)

/**
 * After ten wrong keys the bridge answers 429, so that authentication has a run of its own. A reset leaves nothing to
 * check, so it comes last.
 */
const looks: ReadonlyArray<Look> = [
  { what: "right key", checks: "all", without: authentication, paths: butReset },
  { what: "wrong key or none", checks: authentication, without: "", paths: butReset },
  { what: "reset", checks: "all", without: authentication, paths: [`--include-path=${reset}`] },
]

/** Checks the OpenAPI document of the HTTP bridge for Gladys. `npm run attack` uses it and that of the hub. */
export const schemathesis: Witness = {
  name: "schemathesis",
  about:
    "Requests made from the OpenAPI document of the HTTP bridge for Gladys, against the shipped bridge with a signed-in household behind it. The endless answers of `/api/v1/live` are left out.",
  folder: "schemathesis",
  oldestPython: [3, 11],
  hindrance: () => null,
  run: async (python) => {
    const cloud = await startSimulator({ years: 1, requestsPerMinute: 10_000 })
    const home = mkdtempSync(join(tmpdir(), "witness-"))
    const environment = {
      WITHINGS_BRIDGE_HOME: home,
      WITHINGS_ACCOUNT_URL: cloud.url,
      WITHINGS_API_URL: cloud.url,
    }
    const examples = Number(process.env["WITNESS_EXAMPLES"] ?? 10)
    const app = spawnApp(environment, ["--port", "0"])
    try {
      await until("the bridge listens", () => app.url !== "")
      const key = readFileSync(join(home, "gladys", "api-key"), "utf8").trim()
      await signIn(app.url, key, cloud)
      const headers = [`Authorization: Bearer ${key}`]
      const seen: Array<Awaited<ReturnType<typeof python>>> = []
      for (const look of looks) seen.push(await python({ ...look, url: app.url, headers, examples, log }))
      return seen.flat()
    } finally {
      await app.stop()
      await cloud.close()
      rmSync(home, { recursive: true, force: true })
    }
  },
}
