import { type Household, type Moment, PersonId, DescriptorId, Revision } from "@withings-bridge/core"
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { toSceneEvents } from "./toSceneEvents.ts"

const ann = {
  id: PersonId("ann"),
  name: "Ann",
  withingsUserId: "1",
  timezone: null,
  standing: { state: "signed-in", since: 0, lastSuccess: null, nextTry: null, reason: null },
} as const
const household: Household = {
  revision: Revision(1),
  persons: [ann],
  values: "essential",
  descriptors: [],
  leftOut: [],
}
const withoutSignIn: Household = {
  ...household,
  persons: [{ ...ann, standing: { ...ann.standing, state: "needs-sign-in" } }],
}

/** Each kind of moment there is: the compiler wants them all. */
const kinds: Readonly<Record<Moment["kind"], true>> = {
  weighed: true,
  measured: true,
  "night-available": true,
  "went-to-bed": true,
  "got-up": true,
  "goal-reached": true,
}
const declared: { readonly scene_triggers: ReadonlyArray<{ readonly key: string }> } = JSON.parse(
  readFileSync(new URL("../../gladys-5.1.json", import.meta.url), "utf8"),
)

it("has a trigger of the manifest for each moment and for a lost sign-in, and no other", () => {
  const moments = (Object.keys(kinds) as ReadonlyArray<Moment["kind"]>).map((kind): Moment => ({
    kind,
    id: kind,
    descriptorId: DescriptorId("d"),
    personId: PersonId("ann"),
    at: 0,
    value: null,
  }))
  const events = toSceneEvents(household, withoutSignIn, moments)
  expect(events.map(({ key }) => key).toSorted()).toEqual(
    declared.scene_triggers.map(({ key }) => key).toSorted(),
  )
  expect(events.map(({ data }) => data)).toEqual(events.map(() => ({ person: "Ann", value: null })))
})
