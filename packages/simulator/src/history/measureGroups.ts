import { scaleAt, weightAt, type Body } from "../household/Body.ts"
import { between, chance, normal, randomOf, whole } from "../household/random.ts"
import { dayFrom, epochOf } from "../household/zone.ts"
import { arteries, composition } from "./composition.ts"
import { arrival, bloodPressures, type Draft } from "./bloodPressure.ts"
import { ecgOf } from "./ecg.ts"
import { daysOf } from "./History.ts"
import { groupOf, manualMeasure, measure, rowOfGroup, type MeasureGroup } from "./MeasureGroup.ts"
import type { Row } from "./Row.ts"
import { idOf } from "./rowId.ts"

/** On some days the scale confuses two persons: both get the same weighing, marked ambiguous. */
const ambiguousOwner = (body: Body, partner: Body | null, day: number): Body | null => {
  if (!partner) return null
  const [first, second] = body.seed < partner.seed ? [body, partner] : [partner, body]
  const random = randomOf(`${first.seed}/${second.seed}/${day}/ambiguous`)
  if (!chance(random, 0.015)) return null
  return chance(random, 0.5) ? first : second
}

const weighingAt = (body: Body, day: number): { date: number; kilograms: number } => {
  const random = randomOf(`${body.seed}/${day}/weighing`)
  const date = Math.round(epochOf(body.timezone, day, body.getsUpAt) + Math.abs(normal(random, 15, 12)) * 60)
  return { date, kilograms: weightAt(body, date) + normal(random, 0, 0.25) }
}

const ambiguousWeighing = (owner: Body, day: number): Draft => {
  const { date, kilograms } = weighingAt(owner, day)
  const scale = scaleAt(owner, date)
  return {
    date,
    device: scale,
    attrib: 1,
    measures: composition(owner, kilograms, scale.model_id, date),
    created: date + 45,
  }
}

const weighings = (body: Body, partner: Body | null, day: number): Array<Draft> => {
  const owner = ambiguousOwner(body, partner, day)
  if (owner) return [ambiguousWeighing(owner, day)]
  const random = randomOf(`${body.seed}/${day}/weighs`)
  const { date, kilograms } = weighingAt(body, day)
  if (chance(random, 0.02)) {
    return [
      {
        date,
        device: null,
        attrib: 2,
        measures: [manualMeasure(1, kilograms, -3)],
        ...arrival(random, date),
      },
    ]
  }
  if (!chance(random, 0.85)) return []
  const scale = scaleAt(body, date)
  const stored = arrival(random, date)
  const weighing: Draft = {
    date,
    device: scale,
    attrib: chance(random, 0.3) ? 8 : 0,
    measures: composition(body, kilograms, scale.model_id, date),
    ...stored,
  }
  const withArteries = scale.model_id !== 5 && chance(random, 0.6)
  return [
    weighing,
    ...(withArteries
      ? arteries(body, date).map((measures) => ({ date, device: scale, measures, ...stored }))
      : []),
  ]
}

const temperatures = (body: Body, day: number): Array<Draft> => {
  const random = randomOf(`${body.seed}/${day}/temperature`)
  if (!chance(random, 0.08)) return []
  const date = Math.round(epochOf(body.timezone, day, between(random, 8, 22) * 3600))
  const celsius = chance(random, 0.15) ? normal(random, 38.3, 0.4) : normal(random, 36.7, 0.2)
  return [
    {
      date,
      device: body.thermometer,
      measures: [measure(71, celsius, -3), measure(73, celsius - 2.4, -3), measure(12, celsius, -3)],
      ...arrival(random, date),
    },
  ]
}

const watchMeasures = (body: Body, day: number): Array<Draft> => {
  if (!body.watch) return []
  const random = randomOf(`${body.seed}/${day}/watch`)
  const date = Math.round(epochOf(body.timezone, day, between(random, 9, 21) * 3600))
  const device = body.watch
  const drafts: Array<Draft> = []
  if (chance(random, 0.3)) drafts.push({ date, device, measures: [measure(54, whole(random, 94, 99), 0)] })
  if (day % 7 === 0) drafts.push({ date, device, measures: [measure(123, normal(random, 38, 1), -1)] })
  if (day % 3 === 0) drafts.push({ date, device, measures: [measure(139, chance(random, 0.01) ? 1 : 0, 0)] })
  const ecg = ecgOf(body, day)
  if (ecg) drafts.push({ date: ecg.timestamp, device, measures: ecg.measures, created: ecg.timestamp + 120 })
  return drafts
}

/** The height when the account was created, and a target weight then and every New Year. */
const firstEntries = (body: Body, day: number): Array<Draft> => {
  const drafts: Array<Draft> = []
  const firstDay = Math.ceil(body.since / 86_400)
  const date = day * 86_400 + 12 * 3600
  if (day === firstDay) {
    drafts.push({ date, device: null, attrib: 4, measures: [manualMeasure(4, body.height, -3)] })
  }
  if (day === firstDay || dayFrom(day).endsWith("01-01")) {
    const goal = Math.round(body.weightNow - 2)
    drafts.push({ date, device: null, attrib: 2, category: 2, measures: [manualMeasure(1, goal, -3)] })
  }
  return drafts
}

export const measureGroupsOf =
  (body: Body, partner: Body | null) =>
  (month: number): ReadonlyArray<Row<MeasureGroup>> =>
    daysOf(month).flatMap((day) =>
      [
        ...firstEntries(body, day),
        ...weighings(body, partner, day),
        ...bloodPressures(body, day),
        ...temperatures(body, day),
        ...watchMeasures(body, day),
      ].map((draft, place) => rowOfGroup(groupOf({ ...draft, grpid: idOf(body, day, place) }))),
    )
