import {
  type Bridge,
  EcgCurves,
  History,
  HouseholdFeed,
  PersonRemoval,
  SignIn,
  SyncStatus,
  PersonId,
} from "@withings-bridge/core"
import { type Context, Effect, Stream } from "effect"
import * as fc from "effect/FastCheck"

type Question = (personId: PersonId) => Effect.Effect<unknown, { readonly message: string }, Bridge>

const past = (personId: PersonId, from: number) => ({ personId, feature: "weight", from, to: from + 86_400 })

/** Everything that a home can ask about a person. */
const reading: Readonly<Record<string, (from: number) => Question>> = {
  latest: () => (id) => Effect.flatMap(History, (history) => history.latest(id)),
  range: (from) => (id) => Effect.flatMap(History, (history) => history.range(past(id, from))),
  newest: (from) => (id) =>
    Effect.flatMap(History, (history) => history.newest({ ...past(id, from), take: 5 })),
  count: (from) => (id) => Effect.flatMap(History, (history) => history.count(past(id, from))),
  reduced: (from) => (id) =>
    Effect.flatMap(History, (history) => history.reduced({ ...past(id, from), points: 5 })),
  by: (from) => (id) => Effect.flatMap(History, (history) => history.by("day", past(id, from))),
  all: () => (id) => Effect.flatMap(History, (history) => Stream.runHead(history.all(id))),
  curve: (from) => (id) => Effect.flatMap(EcgCurves, (curves) => curves.at(id, from)),
  request: () => (id) => Effect.flatMap(SyncStatus, (status) => status.request(id, "getmeas")),
}

/** What nobody may do to someone of another household. */
const changing: Readonly<Record<string, Question>> = {
  signOut: (id) => Effect.flatMap(SignIn, (signIn) => signIn.signOut(id)),
  remove: (id) => Effect.flatMap(PersonRemoval, (removal) => removal.remove(id, { history: "delete" })),
  deleteHistory: (id) => Effect.flatMap(PersonRemoval, (removal) => removal.deleteHistory(id)),
}

export interface Asking {
  readonly core: Context.Context<Bridge>
  readonly own: string
}

/**
 * Whatever a home asks, about whichever id: it is answered for its own person, and for nobody else.
 * @param guesses ids that a home might try
 */
export const nobodySeesAnother = async (homes: ReadonlyArray<Asking>, guesses: ReadonlyArray<string>) => {
  const isRight = async (home: Asking, id: string, question: Question) =>
    (await answers(home, question(PersonId(id)))) === (id === home.own)
  const known = [...homes.map(({ own }) => own), ...guesses]
  for (const home of homes)
    for (const id of known)
      for (const [name, question] of Object.entries(reading))
        if (!(await isRight(home, id, question(0)))) throw new Error(`${name} is wrong about ${id}`)
  const asked = fc.record({
    home: fc.constantFrom(...homes),
    id: fc.oneof(fc.constantFrom(...known), fc.string()),
    question: fc.constantFrom(...Object.values(reading)),
    from: fc.integer({ min: 0, max: 2_000_000_000 }),
  })
  await fc.assert(
    fc.asyncProperty(asked, ({ from, home, id, question }) => isRight(home, id, question(from))),
    { numRuns: 60 },
  )
  for (const home of homes)
    for (const { own } of homes.filter((other) => other !== home))
      for (const [name, question] of Object.entries(changing))
        if (await answers(home, question(PersonId(own)))) throw new Error(`${name} reached another household`)
  for (const home of homes) {
    const shown = JSON.stringify(
      await Effect.runPromise(
        Effect.provide(
          Effect.flatMap(HouseholdFeed, (feed) => feed.current),
          home.core,
        ),
      ),
    )
    for (const { own } of homes.filter((other) => other !== home))
      if (shown.includes(own)) throw new Error("A household shows another one's person.")
  }
}

const answers = ({ core }: Asking, question: Effect.Effect<unknown, { readonly message: string }, Bridge>) =>
  Effect.runPromise(
    question.pipe(
      Effect.as(true),
      Effect.catchAll(({ message }) =>
        message.includes("no such person") ? Effect.succeed(false) : Effect.dieMessage(message),
      ),
      Effect.provide(core),
    ),
  )
