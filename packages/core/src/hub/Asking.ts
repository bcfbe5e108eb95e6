import { type Context, Effect, Stream } from "effect"
import type { Bridge } from "../Bridge.ts"
import type { PersonId } from "../measure/Person.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { SignInError } from "../withings/account/SignInError.ts"
import { CallingHousehold, HubRefusal } from "./HubRpcs.ts"

/** The services of a household that answer its home. */
type Answering = Bridge | HouseholdStore

export interface Readable {
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

/** Uses a service of the household whose key came with the request. */
export const askingOf = <E extends Readable>(cores: Cores<E>) => {
  const ask = <I extends Answering, S, A, E1 extends Readable>(
    service: Context.Tag<I, S>,
    question: (service: S) => Effect.Effect<A, E1, Answering>,
  ): Effect.Effect<A, HubRefusal, CallingHousehold> =>
    Effect.flatMap(CallingHousehold, (household) =>
      cores.of(household)(Effect.flatMap(service, question)),
    ).pipe(Effect.mapError(toRefusal))
  return {
    ask,
    /** Only about a person of that household, since ids come from outside. */
    about: <I extends Answering, S, A, E1 extends Readable>(
      personId: PersonId,
      service: Context.Tag<I, S>,
      question: (service: S) => Effect.Effect<A, E1, Answering>,
    ) => ask(service, (service) => Effect.zipRight(isOwn(personId), question(service))),
    listen: <I extends Answering, S, A, E1 extends Readable>(
      service: Context.Tag<I, S>,
      question: (service: S) => Stream.Stream<A, E1, Answering>,
    ): Stream.Stream<A, HubRefusal, CallingHousehold> =>
      Stream.flatMap(CallingHousehold, (household) =>
        cores.streamOf(household)(Stream.flatMap(service, question)),
      ).pipe(Stream.mapError(toRefusal)),
  }
}

const notYours = new HubRefusal({
  reason: "not-yours",
  message: "The household of this key has no such person.",
})

/** Fails unless the person belongs to this household. */
export const isOwn = (personId: PersonId) =>
  Effect.filterOrFail(
    Effect.flatMap(HouseholdStore, (household) => household.person(personId)),
    (person) => person !== null,
    () => notYours,
  )

const toRefusal = (error: Readable): HubRefusal => {
  if (error instanceof HubRefusal) return error
  if (error instanceof SignInError) {
    const { detail, message, reason } = error
    return new HubRefusal({ reason, message, ...(detail === undefined ? {} : { detail }) })
  }
  return new HubRefusal({ reason: "failed", message: error.message })
}
