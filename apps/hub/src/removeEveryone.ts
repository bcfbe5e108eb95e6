import { HouseholdFeed, PersonRemoval } from "@withings-bridge/core"
import { type Context, Effect } from "effect"
import type { HouseholdCores } from "./HouseholdCores.ts"
import type { Households } from "./Households.ts"

/** Deletes a household with everything that is known of its persons, and signs them out at Withings. */
export const removeEveryone = Effect.fn("removeEveryone")(function* (
  households: Context.Tag.Service<Households>,
  cores: Context.Tag.Service<HouseholdCores>,
  id: string,
) {
  yield* households.one(id)
  yield* cores.of(id)(
    Effect.gen(function* () {
      const removal = yield* PersonRemoval
      const { persons } = yield* (yield* HouseholdFeed).current
      const before = yield* removal.removed
      for (const person of [...persons, ...before]) yield* removal.remove(person.id, { history: "delete" })
    }),
  )
  yield* cores.drop(id)
  yield* households.erase(id)
})
