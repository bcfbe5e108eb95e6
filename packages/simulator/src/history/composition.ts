import type { Body } from "../household/Body.ts"
import { chance, normal, randomOf } from "../household/random.ts"
import { measure, type WireMeasure } from "./MeasureGroup.ts"

const wholeBody = 7
const betweenLegs = 6

/** Share of the whole body by position: torso, left leg, left arm, right leg, right arm. */
const segments: ReadonlyArray<readonly [number, number]> = [
  [12, 0.518],
  [10, 0.175],
  [3, 0.061],
  [11, 0.182],
  [2, 0.064],
]

/** How much detail a scale measures. */
type Detail = "plain" | "positions" | "water" | "segments"

/** By model of the API's table. */
const detailOf: Readonly<Record<number, Detail>> = {
  5: "plain",
  16: "positions",
  18: "water",
  10: "segments",
}

/** Nerves and sweat glands of the feet: three scores in every recorded group of a Body Scan, two more in some. */
const nerves = (body: Body, date: number): ReadonlyArray<WireMeasure> => {
  const random = randomOf(`${body.seed}/nerves/${date}`)
  const score = (type: number, unit: number): WireMeasure => ({
    ...measure(type, Math.round(normal(random, 76, 4)), unit),
    algo_params: 0,
  })
  const always = [score(196, 0), score(197, 0), score(198, 0)]
  return chance(random, 0.3) ? [...always, score(167, 0), score(229, -4)] : always
}

/** Everything a scale measures at one weighing, in the order and units of real answers. */
export const composition = (
  body: Body,
  kilograms: number,
  model: number,
  date: number,
): Array<WireMeasure> => {
  const random = randomOf(`${body.seed}/composition/${date}`)
  const detail = detailOf[model] ?? "plain"
  const position = detail === "plain" ? undefined : wholeBody
  const fatShare = body.fat + 0.004 * (kilograms - body.weightThen) + normal(random, 0, 0.004)
  const fat = kilograms * fatShare
  const lean = kilograms - fat
  const bone = lean * 0.05
  const muscle = lean - bone
  const water = lean * 0.72
  const inKilograms = (type: number, real: number): WireMeasure => measure(type, real, -2, position)
  const common = [
    measure(1, kilograms, -3),
    inKilograms(8, fat),
    inKilograms(76, muscle),
    inKilograms(77, water),
    inKilograms(88, bone),
  ]
  const derived = [measure(6, fatShare * 100, -3), measure(5, lean, -3)]
  if (detail === "plain") return [...common, ...derived]
  const more = [
    measure(170, 1 + fatShare * 12, -1, position),
    measure(226, 370 + 21.6 * lean, 0, position),
    measure(227, 20 + fatShare * 90, 0, position),
  ]
  if (detail === "positions") return [...common, ...more, ...derived]
  const waters = [inKilograms(168, water * 0.42), inKilograms(169, water * 0.58)]
  if (detail === "water") return [...common, ...waters, ...more, ...derived]
  const parts = (type: number, total: number): Array<WireMeasure> =>
    segments.map(([place, share]) => measure(type, total * share, -2, place))
  // Recorded: fat-free mass and fat mass come twice, and extracellular water is sometimes measured between the legs.
  const twice = [inKilograms(5, lean), inKilograms(5, lean), inKilograms(8, fat)]
  const legs = randomOf(`${body.seed}/legs/${date}`)
  const outside = chance(legs, 0.2) ? measure(168, water * 0.42, -2, betweenLegs) : waters[0]
  return [
    ...common,
    ...twice,
    ...(outside ? [outside] : []),
    ...waters.slice(1),
    ...more,
    ...parts(173, lean),
    ...parts(174, fat),
    ...parts(175, muscle),
    ...nerves(body, date),
    measure(6, fatShare * 100, -3),
  ]
}

/** Heart and arteries, which a scale measures through the feet and sends as separate groups. */
export const arteries = (body: Body, date: number): ReadonlyArray<ReadonlyArray<WireMeasure>> => {
  const random = randomOf(`${body.seed}/arteries/${date}`)
  return [
    [measure(11, Math.round(normal(random, body.pulse + 6, 4)), -2)],
    [measure(91, normal(random, 6.8, 0.4), -3), measure(155, normal(random, 42, 2), -1)],
  ]
}
