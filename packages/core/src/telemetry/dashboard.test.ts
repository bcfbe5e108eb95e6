import { readFileSync } from "node:fs"
import { expect, it } from "vitest"

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")

it("Grafana's dashboard asks for every metric there is, and for no other", () => {
  const made = [...read("metrics.ts").matchAll(/Metric\.\w+\("([a-z\d.]+)"/gu)].map(([, name = ""]) => name)
  const { panels }: { panels: ReadonlyArray<{ targets: ReadonlyArray<{ expr: string }> }> } = JSON.parse(
    read("../../../../docs/public/grafana/withings-bridge.json"),
  )
  const asked = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.replace("histogram_quantile", "").match(/\w+_\w+/gu) ?? []),
  )
  // Prometheus writes underscores for dots, and adds what a counter or a histogram is counted by.
  expect(asked.map((name) => name.replace(/_(?:total|bucket)$/u, "")).toSorted()).toEqual(
    made.map((name) => name.replaceAll(".", "_")).toSorted(),
  )
})
