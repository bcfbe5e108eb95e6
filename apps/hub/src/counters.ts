import { Effect, Metric, MetricState } from "effect"

type Counted =
  | "turns"
  | "failed_turns"
  | "webhooks"
  | "failed_webhooks"
  | "sign_ins"
  | "questions"
  | "dispatched"

const prefix = "withings_hub_"

/** Counts something that this process did. */
export const count = (what: Counted) => Metric.increment(Metric.counter(`${prefix}${what}_total`))

/** Lines for Prometheus: what this process did since it started. */
export const counted = Effect.map(Metric.snapshot, (all) =>
  all.flatMap(({ metricKey: { name }, metricState }) =>
    name.startsWith(prefix) && MetricState.isCounterState(metricState)
      ? [`${name} ${metricState.count}`]
      : [],
  ),
)
