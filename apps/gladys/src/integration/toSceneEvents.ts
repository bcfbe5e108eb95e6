import type { Household, Moment } from "@withings-bridge/core"

const triggers = {
  weighed: "weighed",
  measured: "measured",
  "night-available": "night_available",
  "went-to-bed": "went_to_bed",
  "got-up": "got_up",
  "goal-reached": "goal_reached",
} as const satisfies Readonly<Record<Moment["kind"], string>>

/** Something that happened, by the keys of the manifest's `scene_triggers`. */
export interface SceneEvent {
  readonly key: (typeof triggers)[Moment["kind"]] | "sign_in_needed"
  readonly data: { readonly person: string; readonly value: number | null }
}

/** Moments in Gladys' words, and who has to sign in now; `before` is null at the start, which announces nothing. */
export const toSceneEvents = (
  before: Household | null,
  after: Household,
  moments: ReadonlyArray<Moment>,
): ReadonlyArray<SceneEvent> => [
  ...moments.map(({ kind, personId, value }) => {
    const person = after.persons.find(({ id }) => id === personId)?.name ?? ""
    return { key: triggers[kind], data: { person, value } }
  }),
  ...(before === null ? [] : ofStanding(before, after)),
]

const ofStanding = (before: Household, after: Household): ReadonlyArray<SceneEvent> =>
  after.persons.flatMap(({ id, name, standing }) => {
    const last = before.persons.find((person) => person.id === id)?.standing.state
    return standing.state === "needs-sign-in" && last !== undefined && last !== standing.state
      ? [{ key: "sign_in_needed", data: { person: name, value: null } } as const]
      : []
  })
