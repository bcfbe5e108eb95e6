import type { Person } from "@withings-bridge/core"
import { useEffect, useState } from "preact/hooks"
import type { ChartPoint } from "../../ConsoleState.ts"
import { chart } from "../state/bridge.ts"

interface Wanted {
  readonly person: Person
  readonly keys: ReadonlyArray<string>
  /** Epoch seconds. */
  readonly from: number
  readonly to: number
  /** Asks again when it moves. */
  readonly revision: number
}

const points = 300

/** Some past of a person; null until it is there, and when the bridge refuses: a tile is complete without its picture. */
export const useSeries = ({ from, keys, person, revision, to }: Wanted) => {
  const [series, setSeries] = useState<ReadonlyArray<ReadonlyArray<ChartPoint>> | null>(null)
  useEffect(() => {
    let wanted = true
    const stretch = { from: Math.floor(from), to: Math.ceil(to), points }
    Promise.all(keys.map((feature) => chart({ personId: person.id, feature, ...stretch }))).then(
      (answer) => wanted && setSeries(answer),
      () => wanted && setSeries(null),
    )
    return () => {
      wanted = false
    }
  }, [person.id, keys.join(" "), Math.floor(to / 60), revision])
  return series
}
