import { Effect } from "effect"
import { PersonRemoval } from "../PersonRemoval.ts"
import type { PersonId } from "../measure/Person.ts"
import { SignIn } from "../withings/account/SignIn.ts"
import { type Asking, isOwn } from "./Asking.ts"

interface OfPerson {
  readonly personId: PersonId
}

/** Who comes to the household, and who leaves it. */
export const accountAnswers = ({ about, ask }: Asking) => ({
  SignInStart: ({ personName }: { readonly personName: string | null }) =>
    ask(Effect.flatMap(SignIn, (signIn) => signIn.start(personName === null ? {} : { personName }))),
  SignInFinish: ({ landedOn }: { readonly landedOn: string }) =>
    ask(Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn))),
  SignOut: ({ personId }: OfPerson) =>
    about(
      personId,
      Effect.flatMap(SignIn, (signIn) => signIn.signOut(personId)),
    ),
  RemovePerson: ({ history, personId }: OfPerson & { readonly history: "keep" | "delete" }) =>
    ask(
      Effect.zipRight(
        isOwnOrRemoved(personId),
        Effect.flatMap(PersonRemoval, (removal) => removal.remove(personId, { history })),
      ),
    ),
  DeleteHistory: ({ personId, readAgain }: OfPerson & { readonly readAgain: boolean }) =>
    about(
      personId,
      Effect.flatMap(PersonRemoval, (removal) => removal.deleteHistory(personId, { readAgain })),
    ),
  RemovedPersons: () => ask(Effect.flatMap(PersonRemoval, (removal) => removal.removed)),
})

const isOwnOrRemoved = (personId: PersonId) =>
  Effect.flatMap(PersonRemoval, (removal) => removal.removed).pipe(
    Effect.flatMap((removed) =>
      removed.some(({ id }) => id === personId) ? Effect.void : Effect.asVoid(isOwn(personId)),
    ),
  )
