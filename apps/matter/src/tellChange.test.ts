import { type Moment, PersonId } from "@withings-bridge/core"
import { Effect } from "effect"
import { expect, it } from "vitest"
import * as the from "../test/household.ts"
import { tellChange } from "./tellChange.ts"
import { buttonId } from "./toMatter.ts"

const button = buttonId(the.mat.id, "measured")
const weighed: Moment = {
  kind: "measured",
  id: "getmeas:1",
  descriptorId: the.mat.id,
  personId: PersonId("person-Ann"),
  at: the.at,
  value: null,
}

/** What is done to a node that has the button from the start, or once the household was shown. */
const done = (isThere: boolean, moments: ReadonlyArray<Moment>) => {
  const acts: Array<string> = []
  const node = {
    press: (id: string) =>
      Effect.sync(() => {
        if (isThere) acts.push(`press ${id}`)
        return isThere
      }),
    show: () =>
      Effect.sync(() => {
        acts.push("show")
        isThere = true
      }),
  }
  Effect.runSync(tellChange({ household: the.everything, measured: [], moments }, node))
  return acts
}

it("presses before it shows values, since a later report waits for the controller's minimum interval", () => {
  expect(done(true, [weighed])).toEqual([`press ${button}`, "show"])
  expect(done(true, [])).toEqual(["show"])
})

it("presses a button that comes with the change, once", () => {
  expect(done(false, [weighed])).toEqual(["show", `press ${button}`])
})
