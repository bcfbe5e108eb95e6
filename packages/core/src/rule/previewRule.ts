import { nightHolds } from "../device/stale.ts"
import { toFeature } from "../device/toFeature.ts"
import { toReading } from "../device/latest.ts"
import { baselineFeatures } from "../insight/insightFeatures.ts"
import { baselineKinds } from "../insight/insightKinds.ts"
import { localDay } from "../measure/localDay.ts"
import type { Measure } from "../measure/Measure.ts"
import type { Person } from "../measure/Person.ts"
import { settle, type Held } from "./Held.ts"
import { bedOfNights, endOfNights, looksAtBeds, timeInBed } from "./bedOfNights.ts"
import { pastOfRules } from "./pastOfRules.ts"
import type { Facts, Known, Rule } from "./Rule.ts"

const quarter = 900
const hour = 3600
const day = 24 * hour

/** How far back a preview looks. */
export const previewDays = 90

/** A time for which a rule would have held, epoch seconds; `to` is null when it still does. */
export interface Span {
  readonly from: number
  readonly to: number | null
}

/** Conditions without a history. */
const withoutPast: ReadonlySet<Rule["when"]> = new Set(["sign-in-needed", "battery-low"] as const)

/** The measures that a rule looks at; null when they have no history. */
export const kindsOfRule = ({ given, when }: Rule): ReadonlyArray<string> | null => {
  if (withoutPast.has(when)) return null
  if (looksAtBeds({ when })) return [timeInBed]
  if (when === "afib-found") return ["afib-ecg", "afib-ppg"]
  if (when === "short-night") return ["sleep-duration"]
  const { measure, value } = given
  if (when === "unusual") return typeof measure === "string" ? [measure] : baselineKinds
  if (typeof measure !== "string") return null
  const goal = { weight: "goal-weight", steps: "goal-steps", "sleep-duration": "goal-sleep" }[measure]
  return [measure, ...(typeof value === "string" ? [value] : []), ...(goal === undefined ? [] : [goal])]
}

/** With more measures than this, only full hours are checked, because someone waits for the preview. */
const mostMoments = 5000

/** Days of values that a usual range needs. */
const usualDays = 61

/**
 * When a rule would have held during the last 90 days, checked each hour and at each measure. Rules about beds use nights
 * instead, checked each quarter of an hour until the end of the last night.
 * @param measures of the kinds in `kindsOfRule`, in any order, starting some time before those days
 */
export const previewRule = (
  rule: Rule,
  person: Person,
  measures: ReadonlyArray<Measure>,
  now: number,
): ReadonlyArray<Span> => {
  const sorted = measures.toSorted((a, b) => a.at - b.at)
  const spans: Array<Span> = []
  const newest = new Map<string, Measure>()
  const days = rule.when === "unusual" ? usualDays : pastOfRules([rule]).days
  let insights: ReadonlyArray<Known> = []
  let first = 0
  let next = 0
  let held: Held | null = null
  const isOfBeds = looksAtBeds(rule)
  const until = isOfBeds ? (endOfNights(sorted) ?? -Infinity) : now
  for (const moment of momentsUntil(now, sorted, isOfBeds ? quarter : hour)) {
    if (moment > until) break
    const known = next
    for (let measure = sorted[next]; measure !== undefined && measure.at <= moment; measure = sorted[++next])
      newest.set(measure.kind, measure)
    while (first < next && (sorted[first]?.at ?? moment) < moment - days * day) first++
    // Lazy: few conditions need it, and copies for each moment took a minute with 40,000 heart rates.
    const past = () => sorted.slice(first, next)
    if (rule.when === "unusual" && next !== known) insights = insightsOf(past())
    if (isOfBeds) insights = bedOfNights(sorted, moment)
    const facts = factsAt(moment, person, { newest, insights }, past)
    const before: boolean = held?.value === true
    held = settle(
      held,
      { raw: rule.test(facts, before), since: moment },
      { on: rule.minimum, off: 0 },
      moment,
    )
    if (held.value === true && !before) spans.push({ from: held.since, to: null })
    const last = spans.at(-1)
    if (held.value !== true && before && last !== undefined) spans.splice(-1, 1, { ...last, to: moment })
  }
  return spans
}

const momentsUntil = (now: number, measures: ReadonlyArray<Measure>, step: number): ReadonlyArray<number> => {
  const from = now - previewDays * day
  const steps = Array.from({ length: (previewDays * day) / step }, (_, index) => from + index * step)
  const taken =
    measures.length > mostMoments ? [] : measures.map(({ at }) => at).filter((at) => at > from && at <= now)
  return [...new Set([...steps, ...taken, now])].toSorted((a, b) => a - b)
}

/** Whether the newest values were usual. The store does not keep these verdicts. */
const insightsOf = (past: ReadonlyArray<Measure>): ReadonlyArray<Known> =>
  baselineKinds
    .flatMap((kind) =>
      baselineFeatures(
        kind,
        past.filter((measure) => measure.kind === kind),
        () => false,
      ),
    )
    .flatMap(({ reading, ...feature }) => (reading === null ? [] : [{ ...feature, reading }]))

interface KnownThen {
  readonly newest: ReadonlyMap<string, Measure>
  readonly insights: ReadonlyArray<Known>
}

const factsAt = (
  now: number,
  person: Person,
  { insights, newest }: KnownThen,
  past: () => ReadonlyArray<Measure>,
): Facts => {
  const { timezone } = person
  const clock = { now, today: timezone === null || timezone === undefined ? null : localDay(now, timezone) }
  const features = [...newest.values()].map((measure): Known => {
    const reading = toReading(measure, clock)
    return { ...toFeature(measure.kind, null, reading), reading }
  })
  const aged = insights.map((insight) => ({
    ...insight,
    reading: { ...insight.reading, stale: now - insight.reading.at > nightHolds },
  }))
  return {
    now,
    person,
    features: [...features, ...aged].toSorted((one, other) => other.reading.at - one.reading.at),
    past: (kind) => past().filter((measure) => measure.kind === kind),
  }
}
