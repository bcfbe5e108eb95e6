import type { Feature, PersonId } from "@withings-bridge/core"
import type { ChartPoint } from "../../ConsoleState.ts"
import { chart } from "../state/bridge.ts"
import { useAnswer } from "../state/useAnswer.ts"
import type { Layer } from "./drawing.ts"
import { pointsOf } from "./ranges.ts"
import type { View } from "./view.ts"

/** A series that a chart needs. */
export interface Wanted {
  readonly personId: PersonId
  readonly feature: Feature
  readonly view: View
  /** One value a day. */
  readonly daily?: boolean
  /** At most so many values; the bridge leaves others out. */
  readonly points?: number
  /** Seconds by which the points are moved, to compare them with a later period. */
  readonly shift?: number
}

const asked = async ({
  daily = false,
  feature,
  personId,
  points: most = pointsOf("line"),
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

/** The values of each series, requested again when one of them or the store changes. */
export const useLayers = (wanted: ReadonlyArray<Wanted>, revision: number) => {
  const of = wanted.map(keyOf).join("\n")
  const stretches = wanted.flatMap(({ view }) => view.map((at) => Math.floor(at / 60))).join(" ")
  const { answer, failure } = useAnswer(
    async () => ({ of, layers: await Promise.all(wanted.map(asked)) }),
    [of, stretches, revision],
  )
  // For a moment the answer may still be the one to an earlier request.
  return { layers: answer?.of === of ? answer.layers : null, failure }
}
