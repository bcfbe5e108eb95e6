import type { ChartPoint } from "../../ConsoleState.ts"
import type { Text } from "../text/words.ts"

export interface Pressure {
  readonly at: number
  readonly systolic: number
  readonly diastolic: number
}

/** The measurements that have both values. */
export const pressuresOf = (
  systolic: ReadonlyArray<ChartPoint>,
  diastolic: ReadonlyArray<ChartPoint>,
): ReadonlyArray<Pressure> => {
  const lower = new Map(diastolic)
  return systolic.flatMap(([at, value]) => {
    const below = lower.get(at)
    return below === undefined ? [] : [{ at, systolic: value, diastolic: below }]
  })
}

export const pressureClasses = {
  pressureNormal: { name: ["Not elevated", "Non élevée", "Nicht erhöht"], colour: "var(--accent)" },
  pressureElevated: { name: ["Elevated", "Élevée", "Erhöht"], colour: "var(--second)" },
  pressureHigh: { name: ["High", "Haute", "Hoch"], colour: "var(--alarm)" },
} as const satisfies Readonly<Record<string, { name: Text; colour: string }>>
export type PressureClass = keyof typeof pressureClasses

/** Office thresholds of the ESC guideline of 2024: non-elevated below 120/70, hypertension from 140/90, in mmHg. */
export const pressureLimits = {
  elevated: { systolic: 120, diastolic: 70 },
  high: { systolic: 140, diastolic: 90 },
}

export const pressureClass = ({ diastolic, systolic }: Omit<Pressure, "at">): PressureClass => {
  const reaches = (limit: Omit<Pressure, "at">) => systolic >= limit.systolic || diastolic >= limit.diastolic
  if (reaches(pressureLimits.high)) return "pressureHigh"
  return reaches(pressureLimits.elevated) ? "pressureElevated" : "pressureNormal"
}
