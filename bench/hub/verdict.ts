import type { Acted } from "./act.ts"
import type { Told } from "./message.ts"
import type { Settled } from "./settle.ts"

const quantile = (sorted: ReadonlyArray<number>, part: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN)

const spread = (values: ReadonlyArray<number>) => {
  const sorted = values.toSorted((one, other) => one - other)
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}

const byKey = (households: ReadonlyArray<Settled>, told: ReadonlyArray<Told>, what: Told["what"]) => {
  const all = new Map<string, Array<Told>>(households.map(({ key }) => [key, []]))
  for (const one of told) if (one.what === what) all.get(one.key)?.push(one)
  return all
}

/** Milliseconds from an act until its home knew. */
export const waits = (
  households: ReadonlyArray<Settled>,
  acted: ReadonlyArray<Acted>,
  told: ReadonlyArray<Told>,
) => {
  const weights = byKey(households, told, "weight")
  const beds = byKey(households, told, "bed")
  const waited = (kind: Acted["kind"], find: (one: Acted) => Told | undefined) =>
    spread(
      acted.flatMap((one) => {
        const found = one.kind === kind ? find(one) : undefined
        return found === undefined ? [] : [found.at - one.at]
      }),
    )
  return {
    weight: waited("weight", ({ group, key }) =>
      weights.get(key)?.find(({ about }) => group !== "" && about.endsWith(group)),
    ),
    bed: waited("bed", ({ at, key }) => beds.get(key)?.find((one) => one.at >= at)),
  }
}

interface Outcome {
  readonly acted: ReadonlyArray<Acted>
  readonly told: ReadonlyArray<Told>
  /** The groups of all weights that the hub has. */
  readonly stored: ReadonlySet<string>
}

/** Weigh-ins that a home or the hub never got, and those that a home got more than once. */
export const lostAndTwice = (households: ReadonlyArray<Settled>, { acted, stored, told }: Outcome) => {
  const weights = byKey(households, told, "weight")
  const isThere = ({ group, key }: Acted) =>
    weights.get(key)?.some(({ about }) => about.endsWith(group)) ?? stored.has(group)
  const lost = acted.filter((one) => one.kind === "weight" && !isThere(one))
  const twice = [...weights.values()].flatMap((all) => {
    const seen = new Set<string>()
    return all.filter(({ about }) => seen.size === seen.add(about).size)
  })
  return { lost, twice }
}
