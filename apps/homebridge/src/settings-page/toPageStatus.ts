import type { Household, Person, SyncProgress } from "@withings-bridge/core"
import type { PageLanguage } from "../pageLanguage.ts"
import type { AccessoryPlan, ServicePlan } from "../Plan.ts"
import { isSignedIn, standingText } from "../standing.ts"
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
  /** null: a name in the settings for which nobody has signed in yet. */
  readonly id: string | null
  readonly name: string
  readonly signedIn: boolean
  /** "Signed in, 3 devices" or what is wrong. */
  readonly sentence: string
  /** Epoch seconds. */
  readonly lastSync: number | null
  readonly history: Progress | null
}

/** The first history: measures read, and how many there will be where Withings tells. */
export interface Progress {
  readonly read: number
  readonly total: number | null
  readonly finished: boolean
}

/** Every feed has a history of its own; the page shows one bar for a person. */
export const toProgress = (feeds: ReadonlyArray<SyncProgress>): ReadonlyMap<string, Progress> =>
  feeds.reduce((progress, { personId, done, total, finishedAt }) => {
    const before = progress.get(personId) ?? { read: 0, total: 0, finished: true }
    return progress.set(personId, {
      read: before.read + done,
      total: before.total === null || total === null ? null : before.total + total,
      finished: before.finished && finishedAt !== null,
    })
  }, new Map<string, Progress>())

export const toRows = (
  household: Household,
  wanted: ReadonlyArray<string>,
  progress: ReadonlyMap<string, Progress>,
  language: PageLanguage,
): ReadonlyArray<PageRow> => [
  ...household.persons
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((person) => rowOf(household, person, progress.get(person.id) ?? null, language)),
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

const rowOf = (
  household: Household,
  person: Person,
  history: Progress | null,
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
    signedIn: isSignedIn(state),
    sentence: asSentence(reason === null ? sentence : `${sentence}. ${reason}`),
    lastSync: lastSuccess,
    history: history?.finished === true ? null : history,
  }
}

const asSentence = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

export const toInHome = (plans: ReadonlyArray<AccessoryPlan>, language: PageLanguage): PageStatus["inHome"] =>
  plans.map((plan) => ({
    name: plan.name,
    shows: [...new Set(plan.services.filter(isSeen).map((service) => shows(service, language)))].join(", "),
  }))

/** The numbers of several buttons are nothing of their own to anyone. */
const isSeen = ({ type }: ServicePlan): boolean => type !== "ServiceLabel"

/** A rule's contact says where it stands: "contact sensor of a rule: open now". */
const shows = ({ characteristics, type }: ServicePlan, language: PageLanguage): string => {
  const name = shownAs[type][language]
  const contact = characteristics.find((one) => one.type === "ContactSensorState")
  if (contact === undefined) return name
  const state = contact.value === null ? "unknown" : contact.value === 1 ? "open" : "closed"
  return `${name}: ${contactStates[state][language]}`
}
