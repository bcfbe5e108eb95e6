import * as OtlpMetrics from "@effect/opentelemetry/OtlpMetrics"
import * as OtlpSerialization from "@effect/opentelemetry/OtlpSerialization"
import * as OtlpTracer from "@effect/opentelemetry/OtlpTracer"
import { Effect, Layer, Tracer } from "effect"
import { layerHttpClient } from "../withings/client/httpClient.ts"

const ours = /^(?:withings|sync|store|home)\./u

/**
 * Exports our own spans only. Those of the HTTP library hold addresses, and with them the secret path of the webhooks and
 * the code of a sign-in.
 */
const onlyOurs = (exported: Tracer.Tracer, unexported: Tracer.Tracer): Tracer.Tracer =>
  Tracer.make({
    span: (name, ...rest) => (ours.test(name) ? exported : unexported).span(name, ...rest),
    context: (execute, fiber) => exported.context(execute, fiber),
  })

/** Sends metrics and spans to a collector by OTLP over HTTP, as JSON. */
export const otlp = (endpoint: string, serviceName: string): Layer.Layer<never> => {
  const base = endpoint.replace(/\/+$/u, "")
  const resource = { serviceName }
  const tracer = Layer.unwrapScoped(
    Effect.gen(function* () {
      const exported = yield* OtlpTracer.make({ url: `${base}/v1/traces`, resource })
      return Layer.setTracer(onlyOurs(exported, yield* Effect.tracer))
    }),
  )
  return Layer.merge(tracer, OtlpMetrics.layer({ url: `${base}/v1/metrics`, resource })).pipe(
    Layer.provide(Layer.merge(OtlpSerialization.layerJson, layerHttpClient)),
  )
}
