import {
  hasAccess,
  type Household,
  type Person,
  type PersonHistory,
  personHistory,
  standingText,
  type SyncProgress,
  type PersonId,
} from "@withings-bridge/core"
import type { PageLanguage } from "../pageLanguage.ts"
import type { AccessoryPlan, ServicePlan } from "../Plan.ts"
import type { RuleRow } from "./toRuleRow.ts"
import { contactStates, deviceCount, notConnected, shownAs } from "./pageTexts.ts"

/** What the settings page shows, as its script receives it. */
export interface PageStatus {
  /** False until there is a client id and secret. */
  readonly configured: boolean
  readonly callbackUrl: string
  /** The folder in use. */
  readonly home: string
  readonly people: ReadonlyArray<PageRow>
  readonly inHome: ReadonlyArray<{ readonly name: string; readonly shows: string }>
  readonly rules: ReadonlyArray<RuleRow>
  /** The public address for webhooks; null: none is set. */
  readonly webhook: {
    readonly publicUrl: string
    /** Why Withings would refuse it, in English; null: it may accept it. */
    readonly refused: string | null
  } | null
  /** Sentences for the user: settings that cannot be used. */
  readonly mistakes: ReadonlyArray<string>
}

export interface PageRow {
  /** null: only a name in the settings, not signed in yet. */
  readonly id: string | null
  readonly name: string
  readonly signedIn: boolean
  /** "Signed in, 3 devices" or what is wrong. */
  readonly sentence: string
  /** Epoch seconds. */
  readonly lastSync: number | null
  /** Progress of the first history; null: it is complete. */
  readonly history: PersonHistory | null
}

export const toRows = (
  household: Household,
  wanted: ReadonlyArray<string>,
  progress: ReadonlyArray<SyncProgress>,
  language: PageLanguage,
): ReadonlyArray<PageRow> => [
  ...household.persons
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((person) => rowOf(household, person, historyOf(progress, person.id), language)),
  ...wanted
    .filter((name) => !household.persons.some((person) => person.name === name))
    .map((name) => ({
      id: null,
      name,
      signedIn: false,
      sentence: notConnected[language],
      lastSync: null,
      history: null,
    })),
]

/** null: nothing is being read. A list without permission never starts. */
const historyOf = (progress: ReadonlyArray<SyncProgress>, id: PersonId): PersonHistory | null =>
  progress.some(({ finishedAt, personId }) => personId === id && finishedAt === null)
    ? personHistory(progress, id)
    : null

const rowOf = (
  household: Household,
  person: Person,
  history: PersonHistory | null,
  language: PageLanguage,
): PageRow => {
  const { state, lastSuccess, reason } = person.standing
  const devices = new Set(
    household.descriptors
      .filter((one) => one.personId === person.id && one.availability !== "unlinked")
      .flatMap((one) => one.deviceId ?? []),
  ).size
  const standing = standingText[state][language]
  const sentence = state === "signed-in" ? `${standing}, ${deviceCount(devices, language)}` : standing
  return {
    id: person.id,
    name: person.name,
    signedIn: hasAccess(state),
    sentence: asSentence(reason === null ? sentence : `${sentence}. ${reason}`),
    lastSync: lastSuccess,
    history,
  }
}

const asSentence = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

export const toInHome = (plans: ReadonlyArray<AccessoryPlan>, language: PageLanguage): PageStatus["inHome"] =>
  plans.map((plan) => ({
    name: plan.name,
    shows: [...new Set(plan.services.flatMap((service) => shows(service, language) ?? []))].join(", "),
  }))

/** A rule's contact says where it stands: "contact sensor of a rule: open now". */
const shows = ({ characteristics, type }: ServicePlan, language: PageLanguage): string | undefined => {
  const name = shownAs[type]?.[language]
  const contact = characteristics.find((one) => one.type === "ContactSensorState")
  if (contact === undefined) return name
  const state = contact.value === null ? "unknown" : contact.value === 1 ? "open" : "closed"
  return `${name}: ${contactStates[state][language]}`
}
