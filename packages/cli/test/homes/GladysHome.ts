import { Effect } from "effect"
import { type GladysApp, spawnApp } from "../../../../apps/gladys/test/GladysApp.ts"
import { GladysHost } from "../../../../apps/gladys/test/GladysHost.ts"
import { eventually, type RealHome, type Thing, type Told } from "./RealHome.ts"

const triggers: Readonly<Record<string, Thing>> = {
  weighed: "weighed",
  went_to_bed: "went to bed",
  got_up: "got up",
  night_available: "night",
  goal_reached: "goal",
}

const selector = "ext-dev-withings"

/** A double of Gladys with the shipped external integration. */
export const gladysHome = (): RealHome => {
  const host = new GladysHost({ selector, token: "token-1", windowMillis: 100 })
  host.newer = true
  const told: Array<Told> = []
  let app: GladysApp | undefined

  /** The rule of Ann and her bed. */
  const thingOf = (externalId: string): Thing | undefined =>
    externalId.endsWith(":rule-heavy") ? "heavy" : externalId.endsWith(":in-bed") ? "bed" : undefined
  const tell = (thing: Thing | undefined, value: number | null) => {
    if (thing !== undefined) told.push({ thing, value, at: performance.now() })
  }
  host.onState = (externalId, value) => tell(thingOf(externalId), Number(value))
  host.onEvent = (key, { person }) => tell(person === "Ann" ? triggers[key] : undefined, null)

  const wanted = () =>
    host.discovered.filter(({ features }) =>
      features.some(({ external_id }) => thingOf(external_id) !== undefined),
    )
  const created = () => [...host.created.values()].flatMap(({ features }) => features)
  return {
    name: "Gladys",
    told,
    start: async (environment) => {
      if (host.port === 0) {
        await Effect.runPromise(host.start)
        await Effect.runPromise(host.configure({ history_days: 0 }))
      }
      const connections = host.connections
      app = spawnApp(
        { ...environment, GLADYS_HOST_API_URL: host.url, GLADYS_INTEGRATION_TOKEN: host.token },
        [],
      )
      await eventually(
        () => `Gladys to discover the bed and the rule\n${app?.printed()}`,
        () =>
          host.connections > connections &&
          new Set(
            wanted().flatMap(({ features }) =>
              features.flatMap(({ external_id }) => thingOf(external_id) ?? []),
            ),
          ).size === 2,
      )
      for (const { external_id } of wanted())
        if (!host.created.has(external_id)) await Effect.runPromise(host.createDevice(external_id))
      await eventually(
        () => `a value of the rule in Gladys\n${app?.printed()}`,
        () =>
          created().some(
            (feature) => thingOf(feature.external_id) === "heavy" && feature.last_value !== undefined,
          ),
      )
    },
    stop: async () => {
      await app?.stop()
    },
    state: async (thing) =>
      created().find((feature) => thingOf(feature.external_id) === thing)?.last_value ?? null,
    close: () => Effect.runPromise(host.stop),
  }
}
