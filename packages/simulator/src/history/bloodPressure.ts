import type { Body } from "../household/Body.ts"
import { between, chance, normal, randomOf, whole, type Random } from "../household/random.ts"
import { epochOf } from "../household/zone.ts"
import { measure, type GroupFacts } from "./MeasureGroup.ts"

/** A group without its id. */
export type Draft = Omit<GroupFacts, "grpid">

const minutes = 60

/** Most devices upload within minutes; some wait hours or weeks for the telephone. */
export const arrival = (random: Random, date: number): { created: number; modified: number } => {
  const late = chance(random, 0.03)
  const created = date + (late ? whole(random, 6 * 3600, 55 * 86_400) : whole(random, 20, 8 * minutes))
  // Corrected in the app: `modified` moves on.
  const edited = chance(random, 0.01)
  return { created, modified: edited ? created + whole(random, 60, 3 * 86_400) : created }
}

/** 5 is the best of several; 10 and 17 are undocumented but occur in real answers. */
const bloodPressureAttrib = (random: Random): number => {
  const drawn = random()
  if (drawn < 0.1) return 5
  if (drawn < 0.12) return 17
  return drawn < 0.13 ? 10 : 0
}

export const bloodPressures = (body: Body, day: number): Array<Draft> => {
  const random = randomOf(`${body.seed}/${day}/blood-pressure`)
  if (!chance(random, 0.35)) return []
  const date = Math.round(epochOf(body.timezone, day, between(random, 7, 22) * 3600))
  const unit = date < body.scaleReplacedAt ? 0 : -2
  return [
    {
      date,
      device: body.bloodPressureMonitor,
      attrib: bloodPressureAttrib(random),
      measures: [
        measure(9, Math.round(normal(random, body.diastolic, 4)), unit),
        measure(10, Math.round(normal(random, body.systolic, 6)), unit),
        measure(11, Math.round(normal(random, body.pulse + 4, 5)), unit),
      ],
      ...arrival(random, date),
    },
  ]
}

/** A blood pressure that was measured with a cuff. */
export interface Cuff {
  readonly timestamp: number
  readonly diastole: number
  readonly systole: number
  readonly pulse: number
}

export const cuffOf = (body: Body, day: number): Cuff | null => {
  const [draft] = bloodPressures(body, day)
  if (!draft) return null
  const valueOf = (type: number): number => {
    const found = draft.measures.find((one) => one.type === type)
    return found ? Math.round(found.value * 10 ** found.unit) : 0
  }
  return { timestamp: draft.date, diastole: valueOf(9), systole: valueOf(10), pulse: valueOf(11) }
}
