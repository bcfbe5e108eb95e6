import type { Feature, PersonId } from "@withings-bridge/core"
import { useEffect, useState } from "preact/hooks"
import type { ChartPoint } from "../../ConsoleState.ts"
import { chart } from "../state/bridge.ts"
import type { Layer } from "./drawing.ts"
import { pointsOfAChart } from "./ranges.ts"
import type { View } from "./view.ts"

/** One row of the past that a chart needs. */
export interface Wanted {
  readonly personId: PersonId
  readonly feature: Feature
  readonly view: View
  /** One value a day, where all of them would be too many. */
  readonly daily?: boolean
  /** With more values than these, some are left out. */
  readonly points?: number
  /** Seconds that its points are moved by, to lie under another period. */
  readonly shift?: number
}

const asked = async ({
  daily = false,
  feature,
  personId,
  points: most = pointsOfAChart,
  shift = 0,
  view,
}: Wanted) => {
  const stretch = { from: Math.floor(view[0]), to: Math.ceil(view[1]), points: most }
  const by = daily ? ({ by: "day" } as const) : {}
  const points = await chart({ personId, feature: feature.key, ...stretch, ...by })
  return {
    feature,
    points: shift === 0 ? points : points.map(([at, value]): ChartPoint => [at + shift, value]),
  }
}

const keyOf = ({ daily, feature, personId, shift }: Wanted) =>
  `${personId} ${feature.key} ${daily} ${shift ? 1 : 0}`

/** The bridge's values of each; asked for again whenever one of them or the store changes. */
export const useLayers = (wanted: ReadonlyArray<Wanted>, revision: number) => {
  const [known, setKnown] = useState<{ readonly of: string; readonly layers: ReadonlyArray<Layer> } | null>(
    null,
  )
  const [failure, setFailure] = useState<string | null>(null)
  const of = wanted.map(keyOf).join("\n")
  const stretches = wanted.flatMap(({ view }) => view.map((at) => Math.floor(at / 60))).join(" ")
  useEffect(() => {
    let current = true
    Promise.all(wanted.map(asked)).then(
      (layers) => current && (setFailure(null), setKnown({ of, layers })),
      (error) => current && setFailure(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      current = false
    }
  }, [of, stretches, revision])
  // The answer to an earlier question may still be here for a moment.
  return { layers: known?.of === of ? known.layers : null, failure }
}
