import { Effect, Stream } from "effect"
import type { Bridge } from "../Bridge.ts"
import type { PersonId } from "../measure/Person.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { SignInError } from "../withings/account/SignInError.ts"
import { CallingHousehold, HubRefusal } from "./HubRpcs.ts"

/** What of a household answers its home. */
type Answering = Bridge | HouseholdStore

interface Readable {
  readonly message: string
}

/** Runs an effect with the core of a household. */
export interface Cores<E> {
  readonly of: (
    household: string,
  ) => <A, E1>(effect: Effect.Effect<A, E1, Answering>) => Effect.Effect<A, E | E1>
  readonly streamOf: (
    household: string,
  ) => <A, E1>(stream: Stream.Stream<A, E1, Answering>) => Stream.Stream<A, E | E1>
}

/** Asks the core of the household whose key came with the question. */
export interface Asking {
  readonly ask: <A, E extends Readable>(
    effect: Effect.Effect<A, E, Answering>,
  ) => Effect.Effect<A, HubRefusal, CallingHousehold>
  /** Only about a person of that household: ids come from outside. */
  readonly about: <A, E extends Readable>(
    personId: PersonId,
    effect: Effect.Effect<A, E, Answering>,
  ) => Effect.Effect<A, HubRefusal, CallingHousehold>
  readonly listen: <A, E extends Readable>(
    stream: Stream.Stream<A, E, Answering>,
  ) => Stream.Stream<A, HubRefusal, CallingHousehold>
}

export const askingOf = <E extends Readable>(cores: Cores<E>): Asking => {
  const ask: Asking["ask"] = (effect) =>
    Effect.mapError(
      Effect.flatMap(CallingHousehold, (household) => cores.of(household)(effect)),
      toRefusal,
    )
  return {
    ask,
    about: (personId, effect) => ask(Effect.zipRight(isOwn(personId), effect)),
    listen: (stream) =>
      Stream.unwrap(Effect.map(CallingHousehold, (household) => cores.streamOf(household)(stream))).pipe(
        Stream.mapError(toRefusal),
      ),
  }
}

const notYours = new HubRefusal({
  reason: "not-yours",
  message: "The household of this key has no such person.",
})

/** Fails unless the person is of this household. */
export const isOwn = (personId: PersonId) =>
  Effect.filterOrFail(
    Effect.flatMap(HouseholdStore, (household) => household.person(personId)),
    (person) => person !== null,
    () => notYours,
  )

const toRefusal = (error: Readable): HubRefusal => {
  if (error instanceof HubRefusal) return error
  if (isSignInError(error))
    return new HubRefusal({
      reason: error.reason,
      message: error.message,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
    })
  return new HubRefusal({ reason: "failed", message: error.message })
}

const isSignInError = (error: Readable): error is SignInError => error instanceof SignInError
