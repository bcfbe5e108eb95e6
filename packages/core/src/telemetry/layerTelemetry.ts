import { Effect, Layer } from "effect"
import type { BridgeConfig } from "../BridgeConfig.ts"
import type { Troubles } from "../trouble/Troubles.ts"

type Endpoint = Pick<BridgeConfig, "telemetry">

/** Sends what is measured to the collector. Without one nothing is loaded, and nothing leaves the machine. */
export const layerExport = ({ telemetry }: Endpoint): Layer.Layer<never> =>
  telemetry === undefined
    ? Layer.empty
    : Layer.unwrapEffect(
        Effect.map(
          Effect.promise(() => import("./otlp.ts")),
          ({ otlp }) => otlp(telemetry, "withings-bridge"),
        ),
      )

/** The gauges of this process, for as long as somebody collects them. */
export const layerGauges = ({ telemetry }: Endpoint): Layer.Layer<never, never, Troubles> =>
  telemetry === undefined
    ? Layer.empty
    : Layer.scopedDiscard(
        Effect.flatMap(
          Effect.promise(() => import("./watchProcess.ts")),
          ({ watchProcess }) => watchProcess,
        ),
      )
