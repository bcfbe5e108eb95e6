import type { Feature, PersonId } from "@withings-bridge/core"
import type { ChartPoint } from "../../ConsoleState.ts"
import { chart } from "../state/bridge.ts"
import { useAnswer } from "../state/useAnswer.ts"
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
}: Wanted): Promise<Layer> => {
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
  const of = wanted.map(keyOf).join("\n")
  const stretches = wanted.flatMap(({ view }) => view.map((at) => Math.floor(at / 60))).join(" ")
  const { answer, failure } = useAnswer(
    async () => ({ of, layers: await Promise.all(wanted.map(asked)) }),
    [of, stretches, revision],
  )
  // The answer to an earlier question may still be here for a moment.
  return { layers: answer?.of === of ? answer.layers : null, failure }
}
