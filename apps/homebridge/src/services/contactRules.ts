import type { DeviceDescriptor, Feature, Household, Person } from "@withings-bridge/core"
import { homeKitName } from "../homeKitName.ts"
import type { AccessoryPlan } from "../Plan.ts"
import type { Rule, Settings } from "../settings.ts"
import { status } from "./status.ts"

const secondsPerDay = 86_400
const secondsPerHour = 3600
/** "Positive" of Withings' verdicts, without a word on the heart rate and with one. */
const positive: ReadonlySet<number> = new Set([1, 11, 12])

/** What can reach a goal, and the kind that holds the goal. */
const goals: Readonly<Record<string, string>> = {
  weight: "goal-weight",
  steps: "goal-steps",
  "sleep-duration": "goal-sleep",
}

interface Facts {
  readonly rule: Rule
  readonly now: number
  /** The person's newest feature of a kind, over all of their devices. */
  readonly newest: (kind: string) => Feature | undefined
  readonly measuredAt: number | null
  readonly inBedSince: number | null | undefined
}

/** Whether each rule holds; undefined as long as nothing is known that could decide it. */
const conditions: Record<Rule["when"], (facts: Facts) => boolean | undefined> = {
  above: ({ rule, newest }) => compare(newest(rule.measure)?.reading?.value, (value) => value > rule.value),
  below: ({ rule, newest }) => compare(newest(rule.measure)?.reading?.value, (value) => value < rule.value),
  "goal-reached": ({ rule, newest }) => {
    const goal = newest(goals[rule.measure] ?? "")?.reading?.value
    const now = newest(rule.measure)?.reading
    if (goal === undefined || now === undefined || now === null) return undefined
    // A weight goal is approached from above, every other goal from below; yesterday's steps reach nothing today.
    return rule.measure === "weight" ? now.value <= goal : !now.stale && now.value >= goal
  },
  "afib-found": ({ newest }) => {
    const verdicts = ["afib-ecg", "afib-ppg"].flatMap((kind) => newest(kind)?.reading ?? [])
    return verdicts.length === 0 ? undefined : verdicts.some((verdict) => positive.has(verdict.value))
  },
  "no-measure-for-days": ({ rule, now, newest, measuredAt }) => {
    const at = rule.measure === "" ? measuredAt : (newest(rule.measure)?.reading?.at ?? null)
    return at === null ? undefined : now - at > rule.value * secondsPerDay
  },
  "in-bed-longer-than-hours": ({ rule, now, inBedSince }) =>
    inBedSince === undefined
      ? undefined
      : inBedSince !== null && now - inBedSince > rule.value * secondsPerHour,
}

const compare = (value: number | undefined, holds: (value: number) => boolean) =>
  value === undefined ? undefined : holds(value)

/**
 * One accessory for each rule and person: a contact that opens when the rule begins to hold, so that Home can
 * notify and automate. It is no part of a device, so that a new scale does not break the automation.
 */
export const contactRules = (
  household: Household,
  settings: Settings,
  now: number,
): ReadonlyArray<AccessoryPlan> =>
  settings.rules.flatMap((rule) =>
    household.persons
      .filter((person) => rule.person === null || rule.person === person.name)
      .flatMap((person) => ruleFor(household, person, rule, now)),
  )

export const ruleId = (rule: Rule, person: Person): string => `rule:${person.id}:${rule.name}`

const ruleFor = (
  household: Household,
  person: Person,
  rule: Rule,
  now: number,
): ReadonlyArray<AccessoryPlan> => {
  const own = household.descriptors.filter((descriptor) => descriptor.personId === person.id)
  const holds = conditions[rule.when]({ rule, now, ...factsOf(own) })
  if (holds === undefined) return []
  const name = homeKitName(`${rule.name} ${person.name}`)
  const signedOut = own.some((descriptor) => descriptor.availability === "sign-in-needed")
  return [
    {
      id: ruleId(rule, person),
      personId: person.id,
      name,
      model: "Rule",
      services: [
        {
          type: "ContactSensor",
          subtype: "rule",
          name,
          characteristics: [
            { type: "ContactSensorState", value: holds ? 1 : 0 },
            ...status(signedOut ? "sign-in-needed" : "available", false),
          ],
        },
      ],
    },
  ]
}

const factsOf = (own: ReadonlyArray<DeviceDescriptor>): Omit<Facts, "rule" | "now"> => {
  const features = own
    .flatMap((descriptor) => descriptor.features)
    .filter((feature) => feature.reading !== null)
    .toSorted((one, other) => (other.reading?.at ?? 0) - (one.reading?.at ?? 0))
  const presence = features.find((feature) => feature.nature === "presence")?.reading
  return {
    newest: (kind) => features.find((feature) => feature.kind === kind),
    measuredAt: features.find((feature) => feature.nature === "measured")?.reading?.at ?? null,
    inBedSince:
      presence === undefined || presence === null ? undefined : presence.value === 1 ? presence.at : null,
  }
}
