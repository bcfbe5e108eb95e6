import { SignIn, type StoreError, type Text } from "@withings-bridge/core"
import { Data, Effect, Schema } from "effect"
import { askCore, household, refresh } from "../askCore.ts"
import type { BridgeHost } from "../BridgeHost.ts"
import { personsInOrder } from "../persons.ts"
import { createdPairings, type CreatedFeatures } from "./CreatedFeatures.ts"
import { diagnosis } from "./diagnosis.ts"
import { HistoryImport } from "./HistoryImport.ts"
import {
  connectionWorks,
  importStarted,
  nobodySignedIn,
  nothingToImport,
  signedOut,
  syncAsked,
  whoToSignOut,
} from "./messages.ts"
import { Settings } from "./Settings.ts"
import { webhookStanding } from "./webhooks.ts"

/** Why a command was not carried out, for the user. */
export class CommandFailed extends Data.TaggedError("CommandFailed")<{ readonly message: string }> {}

/** The key of an action in the manifest, and what the user filled in. */
export const ActionRun = Schema.Struct({
  key: Schema.String,
  fields: Schema.optionalWith(Schema.Record({ key: Schema.String, value: Schema.Unknown }), {
    default: () => ({}),
  }),
})

/** The household with its persons in the order in which the user listed them. */
const householdInOrder = Effect.gen(function* () {
  const { persons } = yield* (yield* Settings).get
  const now = yield* household
  return { ...now, persons: personsInOrder(now.persons, persons) }
})

type Fields = (typeof ActionRun.Type)["fields"]

const importHistory = ({ days }: Fields) =>
  Effect.gen(function* () {
    const { historyDays } = yield* (yield* Settings).get
    const wanted = typeof days === "number" ? days : historyDays
    const progress = yield* (yield* HistoryImport).want({ essential: wanted, others: wanted })
    return { message: progress === null ? nothingToImport : importStarted(progress) }
  })

const testConnection = Effect.gen(function* () {
  yield* refresh(null)
  const { persons } = yield* householdInOrder
  const signedIn = persons.filter(({ standing }) => standing.state === "signed-in")
  return { message: signedIn.length === 0 ? nobodySignedIn : connectionWorks(signedIn) }
})

const diagnose = Effect.gen(function* () {
  const progress = yield* (yield* HistoryImport).progress
  const pairings = yield* createdPairings
  return { message: diagnosis(yield* householdInOrder, pairings.length, progress, yield* webhookStanding) }
})

/** Gladys shows the answer of an action but not why it failed, so an unknown name is an answer, too. */
const signOut = (fields: Fields) =>
  Effect.gen(function* () {
    const name = String(fields["person"] ?? "").trim()
    const { persons } = yield* householdInOrder
    const signedIn = persons.filter(({ standing }) => standing.state !== "never-signed-in")
    if (signedIn.length === 0) return { message: nobodySignedIn }
    const person = signedIn.find((each) => each.name.toLowerCase() === name.toLowerCase())
    if (person === undefined) return { message: whoToSignOut(name, signedIn) }
    yield* askCore(SignIn, (signIn) => signIn.signOut(person.id))
    return { message: signedOut(person.name) }
  })

type Answered = Effect.Effect<
  { readonly message: Text },
  CommandFailed | StoreError,
  BridgeHost | CreatedFeatures | HistoryImport | Settings
>

export const runAction = ({ key, fields }: typeof ActionRun.Type): Answered => {
  switch (key) {
    case "sync_now":
      return Effect.as(refresh(null), { message: syncAsked })
    case "import_history":
      return importHistory(fields)
    case "test_connection":
      return testConnection
    case "diagnose":
      return diagnose
    case "sign_out":
      return signOut(fields)
    default:
      return Effect.fail(new CommandFailed({ message: `This integration has no action ${key}.` }))
  }
}
