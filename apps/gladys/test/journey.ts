import { assert } from "@effect/vitest"
import type { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { authorize, until } from "./asking.ts"

/** What the user of a Gladys does and sees: the double's, or a real one's through its own API. */
export interface GladysUser {
  readonly configure: (values: Readonly<Record<string, unknown>>) => Effect.Effect<void>
  readonly authorizeUrl: (redirectUri: string) => Effect.Effect<string>
  readonly callback: (landedOn: {
    readonly code: string | null
    readonly state: string | null
    readonly redirect_uri: string
  }) => Effect.Effect<boolean>
  readonly discovered: Effect.Effect<ReadonlyArray<Discovered>>
  readonly create: (device: Discovered) => Effect.Effect<void>
  readonly remove: (device: Discovered) => Effect.Effect<void>
  /** How many states Gladys keeps of a feature. */
  readonly kept: (featureExternalId: string) => Effect.Effect<number>
  readonly lastValue: (featureExternalId: string) => Effect.Effect<number | null>
}

export interface Discovered {
  readonly name: string
  readonly external_id: string
  readonly features: ReadonlyArray<{ readonly name: string; readonly external_id: string }>
}

const redirect_uri = "https://my.gladysassistant.com/redirect/oauth"

/** At Gladys' real pace, 250 values a minute, this much of one scale is there in about a minute. */
export const journeyDays = 15

/** Credentials, two persons, discovery, a scale with its history, a weighing, removal. */
export const journey = (
  gladys: GladysUser,
  cloud: Awaited<ReturnType<typeof startSimulator>>,
  heard: () => string,
) =>
  Effect.gen(function* () {
    yield* gladys.configure({
      client_id: cloud.clientId,
      client_secret: cloud.clientSecret,
      persons: cloud.persons.map(({ name }) => name).join(", "),
      history_days: journeyDays,
    })
    for (const { name } of cloud.persons) {
      const landedOn = new URL(yield* authorize(yield* gladys.authorizeUrl(redirect_uri), name))
      const [code, state] = ["code", "state"].map((each) => landedOn.searchParams.get(each))
      assert.isTrue(yield* gladys.callback({ code: code ?? null, state: state ?? null, redirect_uri }))
    }
    const [first] = cloud.persons
    const findScale = Effect.map(gladys.discovered, (devices) =>
      devices.find(({ name }) => name.startsWith("Body") && name.endsWith(first?.name ?? "")),
    )
    yield* until(() => Effect.map(findScale, (scale) => scale !== undefined), heard)
    yield* until(() => Effect.map(gladys.discovered, ({ length }) => length >= 8), heard)
    const scale = yield* findScale
    assert(scale !== undefined)
    const weight = scale.features.find(({ name }) => name === "Weight (kg)")?.external_id ?? ""
    assert.strictEqual(yield* gladys.kept(weight), 0)
    yield* gladys.create(scale)
    yield* until(() => Effect.map(gladys.kept(weight), (count) => count >= journeyDays / 3), heard)
    yield* Effect.promise(() => cloud.weigh(first?.name ?? "", 71.35))
    return { scale, weight }
  })
