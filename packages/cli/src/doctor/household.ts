import { Bridge, HouseholdFeed, type BridgeConfig, type Person } from "@withings-bridge/core"
import { Clock, Effect } from "effect"
import { isFree } from "../app/ports.ts"
import { ago } from "../terminal/ago.ts"
import { bad, good, noted, type Finding } from "./Finding.ts"

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
      return noted(about, `${state}, ${last}`, `${reason ?? "It goes on by itself."}${next}`)
    case "needs-sign-in":
    case "never-signed-in":
      return bad(about, reason ?? "not signed in", `Run \`withings-bridge connect "${person.name}"\`.`)
  }
}

const webhookFinding = ({ webhook }: BridgeConfig): Effect.Effect<Finding> =>
  webhook === null
    ? Effect.succeed(
        noted(
          "Webhooks",
          "none",
          "Bed in and out need them; all else comes by polling. See docs/webhooks.md.",
        ),
      )
    : Effect.map(isFree(webhook.port, "tcp"), (free) =>
        free
          ? noted(
              "Webhooks",
              `nothing listens on port ${webhook.port}`,
              "Start an app: the first one receives them.",
            )
          : good("Webhooks", `received on port ${webhook.port} for ${webhook.publicUrl}`),
      )

/** What the store knows: it opens, who is signed in, how the sync goes, which apps have told their home. */
export const checkHousehold = (config: BridgeConfig): Effect.Effect<ReadonlyArray<Finding>> =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const { persons, revision } = yield* feed.current
    const consumers = yield* feed.consumers
    const now = Math.floor((yield* Clock.currentTimeMillis) / 1_000)
    return [
      good("Store", `opens, at revision ${revision}`),
      ...(persons.length === 0
        ? [bad("Persons", "nobody has signed in", "Run `withings-bridge connect`.")]
        : persons.map((person) => personFinding(person, now))),
      ...consumers.map(({ name, toldAt }) =>
        good(name, `told its home ${ago(Math.floor(toldAt / 1_000), now)}`),
      ),
      yield* webhookFinding(config),
    ]
  }).pipe(
    Effect.provide(Bridge.layerFollower(config)),
    Effect.catchAll((error) =>
      Effect.succeed([
        bad("Store", error.message, "Restore a backup, or begin anew: `withings-bridge reset`."),
      ]),
    ),
  )
