import type { Feature } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import type { Credentials } from "../src/BridgeHost.ts"
import { externalIntegration } from "../src/integration/externalIntegration.ts"
import { GladysHost } from "./GladysHost.ts"
import { descriptor, feature, household, TestCore, units } from "./TestCore.ts"

const credentials: Credentials = {
  clientId: "",
  clientSecret: Redacted.make(""),
  callbackUrl: "https://my.gladysassistant.com/redirect/oauth",
  profiles: [],
}
export const selector = "ext-dev-withings"
/** A minute of Gladys' passes in a moment; the limits for it stay. */
export const windowMillis = 100
export const budget = { windowMillis, states: 300, historyStates: 250 }
export const day = 86_400

export const gladys = Effect.gen(function* () {
  const host = new GladysHost({ selector, token: "token-1", windowMillis })
  yield* host.start
  yield* Effect.addFinalizer(() => host.stop)
  return host
})

export const running = (host: GladysHost, core: TestCore) =>
  externalIntegration(
    { url: host.url, token: Redacted.make(host.token), selector },
    core.layer,
    credentials,
    budget,
  )

export const now = () => Math.floor(Date.now() / 1000)

/** The reading is the newest point of the history, to the second. */
const usual = (newest: number): ReadonlyArray<Feature> => [
  feature({ reading: { value: 70, at: newest, stale: false } }),
  feature({
    key: "fat-ratio",
    kind: "fat-ratio",
    name: { en: "Fat", fr: "Graisse" },
    unit: units.percent,
    max: 100,
  }),
]

/** Ann's scale with a history of so many days, the newest value of today. */
export const scaleOf = ({
  days = 1,
  features,
}: {
  readonly days?: number
  readonly features?: ReadonlyArray<Feature>
}) => {
  const newest = now() - 7200
  const scale = descriptor({ features: features ?? usual(newest) })
  const core = new TestCore(household(scale))
  for (let age = 0; age < days; age++) {
    core.pointsOf(scale.id, "weight").push({ at: newest - age * day, value: 70 + age / 100 })
  }
  const id = `ext:${selector}:${scale.id}`
  return { core, scale, id, weight: `${id}:weight` }
}
