import { Metric, MetricBoundaries } from "effect"

/** Requests to Withings, by `action` and `outcome` ("ok" or the name of the error). */
export const requests = Metric.counter("withings.requests", {
  description: "Requests to Withings",
  incremental: true,
})

/** Notifications received at the webhook address; those with a wrong secret do not count. */
export const webhooks = Metric.counter("withings.webhooks", {
  description: "Webhooks received",
  incremental: true,
})

/** Measures that were new or had changed when they were stored. */
export const measuresStored = Metric.counter("store.measures", {
  description: "Measures stored or changed",
  incremental: true,
})

const milliseconds = MetricBoundaries.fromIterable([5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000])

/** How long a home took to take a change, by `consumer`. Milliseconds. */
export const tellDuration = Metric.histogram("home.tell.duration", milliseconds, "Time to tell a home")

/** Resident memory of this process. Bytes. */
export const residentMemory = Metric.gauge("process.memory.rss", { description: "Resident memory" })

/** 99th percentile of the event loop's delay since the last report. Milliseconds. */
export const eventLoopDelay = Metric.gauge("nodejs.eventloop.delay.p99", {
  description: "Event loop delay, 99th percentile",
})

/** What is wrong now, by `code`, over all processes of the household. */
export const troublesNow = Metric.gauge("bridge.troubles", { description: "Troubles now" })
