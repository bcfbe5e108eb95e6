import {
  Bridge,
  HouseholdFeed,
  probeWebhook,
  SyncStatus,
  Troubles,
  type BridgeConfig,
  type Leader,
  type Leaders,
  type Person,
  type Trouble,
  refusedByWithings,
  epochSeconds,
  toSeconds,
} from "@withings-bridge/core"
import { Effect } from "effect"
import { ago } from "../terminal/ago.ts"
import { bad, good, noted, type Finding } from "./Finding.ts"
import { processText } from "./listener.ts"

const personFinding = (person: Person, now: number): Finding => {
  const about = person.name
  const { lastSuccess, nextTry, reason, state } = person.standing
  const last = lastSuccess === null ? "no sync yet" : `last sync ${ago(lastSuccess, now)}`
  const next = nextTry === null ? "" : ` Next try ${ago(nextTry, now)}.`
  switch (state) {
    case "signed-in":
      return good(about, `signed in, ${last}`)
    case "throttled":
    case "offline":
      return noted(about, `${state}, ${last}`, `${reason ?? "It recovers by itself."}${next}`)
    case "needs-sign-in":
    case "never-signed-in":
      return bad(about, reason ?? "not signed in", `Run \`withings-bridge connect "${person.name}"\`.`)
  }
}

/** Troubles that the findings of the persons report already. */
const reportedWithPersons: ReadonlySet<Trouble["code"]> = new Set([
  "sign-in-needed",
  "withings-unreachable",
  "withings-throttled",
])

const troubleFinding = ({ about, code, found, remedy, severity }: Trouble): Finding =>
  (severity === "error" ? bad : noted)(about ?? "Trouble", `${found} (${code})`, remedy)

const startAnApp = "Start an app: Homebridge with the plugin, or `withings-bridge run --matter`."

const leaderText = ({ pid }: Leader): string =>
  pid === null ? "a process on another machine or in a container" : processText(pid)

/** One line when one process syncs everyone, as usual. */
const leaderFindings = (persons: ReadonlyArray<Person>, { sync }: Leaders): ReadonlyArray<Finding> => {
  const leaders = persons.map(({ id, name }) => {
    const leader = sync.find(({ personId }) => personId === id)
    return { name, by: leader === undefined ? null : leaderText(leader) }
  })
  const finding = (who: string, by: string | null) =>
    by === null
      ? noted("Sync", `no running app is syncing ${who}`, startAnApp)
      : good("Sync", `${who} by ${by}`)
  const [first] = leaders
  if (first === undefined) return []
  return leaders.every(({ by }) => by === first.by)
    ? [finding(leaders.map(({ name }) => name).join(", "), first.by)]
    : leaders.map(({ by, name }) => finding(name, by))
}

const webhookFindings = (config: BridgeConfig, { webhooks }: Leaders) =>
  Effect.gen(function* () {
    const about = "Webhooks"
    const { hub, webhook } = config
    if (hub !== undefined) return []
    if (webhook === null)
      return [
        noted(
          about,
          "none",
          "Only live bed presence needs webhooks; everything else is polled. See docs/webhooks.md.",
        ),
      ]
    const refusal = refusedByWithings(webhook.publicUrl)
    // A simulator takes any address.
    if (refusal !== null && config.apiUrl === "https://wbsapi.withings.net")
      return [
        bad(
          about,
          `Withings refuses ${webhook.publicUrl}: ${refusal}`,
          "`withings-bridge webhook` shows how to get an address.",
        ),
      ]
    if (webhooks === null) return [noted(about, "no running app listens for them", startAnApp)]
    const trouble = yield* probeWebhook(config)
    return [
      good(about, `received by ${leaderText(webhooks)}`),
      trouble === null
        ? good("Webhook address", `${webhook.publicUrl} answers`)
        : noted(
            "Webhook address",
            `${webhook.publicUrl}: ${trouble}`,
            `It has to lead to port ${webhook.port} here, path and all (docs/webhooks.md). From inside many networks ` +
              "it cannot be reached although it works from outside.",
          ),
    ]
  })

/** Checks the store, the sign-ins, the sync, the apps and the webhooks. */
export const checkHousehold = (config: BridgeConfig): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const { persons, revision } = yield* feed.current
    const consumers = yield* feed.consumers
    const troubles = yield* (yield* Troubles).current
    const leaders = yield* (yield* SyncStatus).leaders
    const now = yield* epochSeconds
    return [
      good("Store", `opens, at revision ${revision}`),
      ...(persons.length === 0
        ? [bad("Persons", "nobody has signed in", "Run `withings-bridge connect`.")]
        : persons.map((person) => personFinding(person, now))),
      ...troubles.filter(({ code }) => !reportedWithPersons.has(code)).map(troubleFinding),
      ...consumers.map(({ name, toldAt }) => good(name, `updated its home ${ago(toSeconds(toldAt), now)}`)),
      ...(config.hub === undefined ? leaderFindings(persons, leaders) : []),
      ...(yield* webhookFindings(config, leaders)),
    ]
  }).pipe(
    Effect.provide(Bridge.layerFollower(config)),
    Effect.catchAll((error) =>
      Effect.succeed([
        config.hub === undefined
          ? bad("Store", error.message, "Restore a backup, or start over: `withings-bridge reset`.")
          : bad("Household", error.message, "Check hub.url and hub.key, or ask who runs the hub."),
      ]),
    ),
  )
