import * as NodeContext from "@effect/platform-node/NodeContext"
import { type Bridge, countShown, type Feature, type Home, type ShownAs } from "@withings-bridge/core"
import { Effect, Layer } from "effect"
import { failureText } from "./failureText.ts"
import type { GladysDevice } from "./GladysDevice.ts"
import { type GladysSettings, readSettings, table } from "./GladysConfig.ts"
import { shownDescriptors } from "./shownDescriptors.ts"
import { toGladys } from "./toGladys.ts"

const shapes: Readonly<Record<Feature["nature"], ShownAs>> = {
  presence: "presence",
  measured: "push",
  battery: "battery",
  verdict: "text",
  time: "text",
  rule: "feature",
  value: "feature",
  counter: "feature",
}

const naming = ({ language }: GladysSettings) => ({ prefix: "withings", language })

/** The HTTP bridge for Gladys as a home. The external integration is started by Gladys itself. */
export const gladys: Home<GladysSettings, ReadonlyArray<GladysDevice>> = {
  name: "gladys",
  title: "Gladys",
  about: "The HTTP bridge for Gladys Assistant",
  settings: { table, read: readSettings },
  ports: ({ port }) => [
    {
      port,
      protocol: "tcp",
      remedy: "Stop that program, or choose another port (gladys: port in config.yaml).",
    },
  ],
  keeps: ["gladys"],
  plan: (household, settings) =>
    shownDescriptors(household).map((descriptor) => toGladys(descriptor, naming(settings))),
  shows: ({ id }, _, household) =>
    countShown(
      shownDescriptors(household)
        .filter((descriptor) => descriptor.id === id)
        .flatMap(({ features }) => features.map(({ nature }) => shapes[nature])),
    ),
  run: (settings, { config, show }) =>
    Effect.gen(function* () {
      const { httpBridge } = yield* Effect.promise(() => import("./httpBridge.ts"))
      const { coreBeside, credentialsOf } = yield* Effect.promise(() => import("./withingsCore.ts"))
      const shared = yield* Effect.context<Bridge>()
      const say = (url: string) => show({ address: `${url}/docs` })
      const bridge = httpBridge(
        { ...settings, newApiKey: false, say },
        config.home,
        coreBeside(config, shared),
        credentialsOf(config),
      )
      return yield* Layer.launch(bridge)
    }).pipe(
      Effect.mapError((error) => ({ message: failureText(error, settings) })),
      Effect.provide(NodeContext.layer),
    ),
}
