import { nameOf, traitsOf, zoneOf, type Body } from "./Body.ts"
import { deviceOf, products, type Product } from "./Device.ts"

/** Scales of the homes, in turn: a current one, one with segments, one that is missing from the API's table. */
const scales: ReadonlyArray<Product> = [products.bodyComp, products.bodyScan, products.bodySmart]

const isThird = (index: number): boolean => index % 4 === 2
const isFourth = (index: number): boolean => index % 4 === 3

interface Times {
  readonly since: number
  readonly until: number
}

const devicesOf = (seed: string, index: number, timezone: string, { since, until }: Times) => {
  const home = Math.floor(index / 2)
  const shared = `${seed}/home ${home}`
  const own = `${seed}/${nameOf(index)}`
  const scaleReplacedAt = Math.round(since + (until - since) * 0.45)
  const known = { timezone, first_session_date: since, last_session_date: until }
  return {
    scaleReplacedAt,
    oldScale: deviceOf(products.bodyPlus, `${shared}/old scale`, known),
    scale: deviceOf(scales[home % scales.length] ?? products.bodyComp, `${shared}/scale`, {
      ...known,
      first_session_date: scaleReplacedAt,
    }),
    bloodPressureMonitor: deviceOf(home % 2 === 1 ? products.bpmCore : products.bpmConnect, `${shared}/bpm`, {
      ...known,
      battery: "medium",
    }),
    sleepMat: deviceOf(isFourth(index) ? products.unnamedMat : products.sleepMat, `${own}/mat`, {
      ...known,
      first_session_date: null,
    }),
    thermometer: deviceOf(products.thermo, `${shared}/thermometer`, {
      timezone,
      battery: "unknown",
      first_session_date: since,
    }),
    watch:
      index % 2 === 0
        ? deviceOf(isThird(index) ? products.scanWatch2 : products.scanWatch, `${own}/watch`, known)
        : null,
  }
}

/** Two persons share a home with its scale, blood-pressure monitor and thermometer. */
export const bodiesOf = (seed: string, persons: number, times: Times): ReadonlyArray<Body> =>
  Array.from({ length: persons }, (_, index) => {
    const timezone = zoneOf(index)
    const partner = index % 2 === 0 ? index + 1 : index - 1
    return {
      ...traitsOf(seed, nameOf(index), timezone),
      ...devicesOf(seed, index, timezone, times),
      ...times,
      sharesScaleWith: partner < persons ? nameOf(partner) : null,
    }
  })
