import type { StoreError, PersonId } from "@withings-bridge/core"
import { Context, type Effect } from "effect"

/** The parts of the sync that Gladys uses. */
export class Refresh extends Context.Tag("withings-gladys/Refresh")<
  Refresh,
  {
    /** Asks Withings at once for what is new of a person, or of everyone. */
    readonly now: (personId: PersonId | null) => Effect.Effect<void, StoreError>
    /**
     * True once the newest values of a person were looked for in every list of Withings: from then on their devices
     * have all the features that they are likely to have.
     */
    readonly firstValuesKnown: (personId: PersonId) => Effect.Effect<boolean, StoreError>
    /** How much of the first histories is in the store, 0 to 1; null when all of it is. */
    readonly historyShare: Effect.Effect<number | null, StoreError>
    /** True when the first history of the person is in the store as a whole. */
    readonly historyComplete: (personId: PersonId) => Effect.Effect<boolean, StoreError>
  }
>() {}
