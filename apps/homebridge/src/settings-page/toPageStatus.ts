import type { Household, Person, SyncProgress } from "@withings-bridge/core"
import type { AccessoryPlan, ServiceType } from "../Plan.ts"

/** What the settings page shows, as its script receives it. */
export interface PageStatus {
  /** False until there is a client id and secret. */
  readonly configured: boolean
  readonly callbackUrl: string
  /** The folder in use. */
  readonly home: string
  readonly people: ReadonlyArray<PageRow>
  readonly inHome: ReadonlyArray<{ readonly name: string; readonly shows: string }>
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

const shownAs: Record<ServiceType, string> = {
  OccupancySensor: "in bed",
  Battery: "battery",
  StatelessProgrammableSwitch: "button: just measured",
  ContactSensor: "contact sensor of a rule",
  TemperatureSensor: "temperature",
  CarbonDioxideSensor: "carbon dioxide",
  LightSensor: "stand-in as lux",
  HumiditySensor: "stand-in as humidity",
  Measures: "measures (in Eve and Controller)",
}

export const toRows = (
  household: Household,
  wanted: ReadonlyArray<string>,
  progress: ReadonlyMap<string, Progress>,
): ReadonlyArray<PageRow> => [
  ...household.persons
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((person) => rowOf(household, person, progress.get(person.id) ?? null)),
  ...wanted
    .filter((name) => !household.persons.some((person) => person.name === name))
    .map((name) => ({
      id: null,
      name,
      signedIn: false,
      sentence: "Not connected",
      lastSync: null,
      history: null,
    })),
]

const rowOf = (household: Household, person: Person, history: Progress | null): PageRow => {
  const { state, lastSuccess, reason } = person.standing
  const signedIn = state !== "needs-sign-in" && state !== "never-signed-in"
  const devices = new Set(
    household.descriptors
      .filter((one) => one.personId === person.id && one.availability !== "unlinked")
      .flatMap((one) => one.deviceId ?? []),
  ).size
  const counted = `${devices} ${devices === 1 ? "device" : "devices"}`
  const standing = signedIn
    ? `Signed in as ${person.name}, ${counted}`
    : "Has to sign in again; the last values are kept"
  return {
    id: person.id,
    name: person.name,
    signedIn,
    sentence: reason === null ? standing : `${standing}. ${reason}`,
    lastSync: lastSuccess,
    history: history?.finished === true ? null : history,
  }
}

export const toInHome = (plans: ReadonlyArray<AccessoryPlan>): PageStatus["inHome"] =>
  plans.map((plan) => ({
    name: plan.name,
    shows: [...new Set(plan.services.map((service) => shownAs[service.type]))].join(", "),
  }))
