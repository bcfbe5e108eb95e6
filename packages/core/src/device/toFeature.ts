import type { MeasureKind, Text } from "../measure/MeasureKind.ts"
import { type KindKey, kindOf, measureKinds } from "../measure/measureKinds.ts"
import { positionName, wholeBody } from "../measure/Position.ts"
import type { RuleState } from "../rule/Rule.ts"
import type { Feature, FeatureNature } from "./Feature.ts"
import type { Reading } from "./Reading.ts"

/** The place that distinguishes a measure from others of its kind; null when it does not matter. */
const placeOf = (kind: MeasureKind, position: number | null): number | null =>
  kind.positional === true && position !== wholeBody ? position : null

/** Key of the feature of a measure: its kind, with "@position" for kinds with several places. */
export const featureKeyOf = ({
  kind,
  position,
}: {
  readonly kind: string
  readonly position: number | null
}): string => {
  const place = placeOf(kindOf(kind), position)
  return place === null ? kind : `${kind}@${place}`
}

export const toFeature = (kindKey: string, position: number | null, reading: Reading | null): Feature => {
  const kind = kindOf(kindKey)
  const place = placeOf(kind, position)
  return {
    key: featureKeyOf({ kind: kindKey, position }),
    kind: kindKey,
    nature: kind.nature,
    category: kind.category,
    name: place === null ? kind.name : namedWithPlace(kind.name, positionName(place)),
    unit: kind.unit,
    decimals: kind.decimals,
    min: kind.min,
    max: kind.max,
    ...(kind.verdicts === undefined ? {} : { verdicts: kind.verdicts }),
    ...(kind.derived === undefined ? {} : { derived: kind.derived }),
    ...(place === null && kind.essential === true ? { essential: true } : {}),
    reading,
  }
}

/** A computed value, rounded to the decimals of its kind; empty for null. */
export const derivedFeature = (
  kind: KindKey,
  value: number | null,
  at: number,
  stale: boolean,
): ReadonlyArray<Feature> =>
  value === null || !Number.isFinite(value)
    ? []
    : [toFeature(kind, null, { value: Number(value.toFixed(measureKinds[kind].decimals)), at, stale })]

const namedWithPlace = (name: Text, place: Text): Text => ({
  en: `${name.en} (${place.en})`,
  fr: `${name.fr} (${place.fr})`,
})

type Numbers = Pick<Feature, "min" | "max" | "verdicts">

const ofDevice =
  (nature: FeatureNature, numbers: Numbers) =>
  (key: string, name: Text, reading: Reading | null): Feature => ({
    key,
    kind: key,
    nature,
    category: "device",
    name,
    unit: null,
    decimals: 0,
    ...numbers,
    essential: true,
    reading,
  })

const presence = ofDevice("presence", {
  min: 0,
  max: 1,
  verdicts: { 0: { en: "Out of bed", fr: "Hors du lit" }, 1: { en: "In bed", fr: "Au lit" } },
})

export const inBedFeature = (reading: Reading | null): Feature =>
  presence("in-bed", { en: "In bed", fr: "Au lit" }, reading)

export const anyoneInBedFeature = (reading: Reading | null): Feature =>
  presence("anyone-in-bed", { en: "Anyone in bed", fr: "Quelqu'un au lit" }, reading)

export const batteryFeature = (reading: Reading | null): Feature =>
  ofDevice("battery", {
    min: 1,
    max: 3,
    verdicts: {
      1: { en: "Low", fr: "Faible" },
      2: { en: "Medium", fr: "Moyenne" },
      3: { en: "High", fr: "Élevée" },
    },
  })("battery", { en: "Battery", fr: "Batterie" }, reading)

export const measuredFeature = (reading: Reading | null): Feature =>
  ofDevice("measured", { min: 0, max: 1 })("measured", { en: "Just measured", fr: "Mesure prise" }, reading)

export const ruleFeature = ({ reading, rule }: RuleState): Feature =>
  ofDevice("rule", {
    min: 0,
    max: 1,
    verdicts: { 0: { en: "Does not hold", fr: "Non" }, 1: { en: "Holds", fr: "Oui" } },
  })(`rule-${rule.id}`, { en: rule.name, fr: rule.name }, reading)

const ranks = new Map(
  ["in-bed", "anyone-in-bed", ...Object.keys(measureKinds)].map((key, index) => [key, index]),
)
const lastKinds = new Set(["battery", "measured"])

const rankOf = ({ kind }: Feature): number =>
  lastKinds.has(kind) ? Number.POSITIVE_INFINITY : (ranks.get(kind) ?? ranks.size)

/** In the order of the vocabulary, unknown kinds after the known, then battery and "measured". */
export const inOrder = (features: ReadonlyArray<Feature>): ReadonlyArray<Feature> =>
  features.toSorted((a, b) => {
    const [rankA, rankB] = [rankOf(a), rankOf(b)]
    if (rankA !== rankB) return rankA < rankB ? -1 : 1
    return a.key === b.key ? 0 : a.key < b.key ? -1 : 1
  })
