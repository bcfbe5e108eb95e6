import { SqlClient } from "@effect/sql"
import { Context, Effect, Layer } from "effect"
import { type Application, Hub } from "./HubConfig.ts"
import { accessTo, householdSigningIn, noteAccess, personOfUser } from "./store/householdAccess.ts"
import {
  householdOfKey,
  invite,
  invited,
  keyOfInvitation,
  type KeyRefused,
  newKey,
  revokeKey,
} from "./store/householdKeys.ts"
import {
  allHouseholds,
  createHousehold,
  eraseHousehold,
  householdOf,
  type HubHousehold,
  NoHousehold,
} from "./store/householdRows.ts"

type Sql<A, E = never> = Effect.Effect<A, E>

/** The households of the hub, who may ask for them, and who may sign in to them. */
export class Households extends Context.Tag("withings-hub/Households")<
  Households,
  {
    readonly all: Sql<ReadonlyArray<HubHousehold>>
    readonly one: (id: string) => Sql<HubHousehold, NoHousehold>
    /** With the application that has the fewest persons. */
    readonly create: (name: string) => Sql<HubHousehold>
    /** The last step of a deletion: everything that names the household itself. */
    readonly erase: (id: string) => Sql<void>
    readonly applicationOf: (id: string) => Sql<Application, NoHousehold>
    /** Answers the key, which is not kept. */
    readonly newKey: (id: string, name: string) => Sql<string, NoHousehold>
    readonly revokeKey: (id: string, name: string) => Sql<void>
    /** Answers which household may be asked with a key. */
    readonly opens: (key: string) => Sql<string, KeyRefused>
    readonly invite: (id: string, days: number) => Sql<{ token: string; expiresAt: number }, NoHousehold>
    readonly invited: (token: string) => Sql<HubHousehold, NoHousehold>
    /** The key for the home of whoever has the invitation: once. */
    readonly keyOfInvitation: (token: string) => Sql<string, NoHousehold>
    /** Which household a sign-in at Withings was started for. */
    readonly signingIn: (state: string) => Sql<string | null>
    /** Whose webhook it is. */
    readonly ofUser: (
      clientId: string,
      withingsUserId: string,
    ) => Sql<{ id: string; household: string } | null>
    readonly note: (id: string, who: string, what: string) => Sql<void>
    readonly access: (id: string) => Sql<ReadonlyArray<{ at: number; who: string; what: string }>>
  }
>() {
  static readonly layer: Layer.Layer<Households, never, SqlClient.SqlClient | Hub> = Layer.suspend(() =>
    Layer.effect(Households, make),
  )
}

const applicationNamed = (applications: ReadonlyArray<Application>, name: string) => {
  const found = applications.find(({ clientId }) => clientId === name)
  return found === undefined
    ? Effect.fail(new NoHousehold({ message: `The application ${name} is not configured any more.` }))
    : Effect.succeed(found)
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const { applications } = yield* Hub
  return Households.of({
    all: allHouseholds(sql),
    one: (id) => householdOf(sql, id),
    create: (name) => createHousehold(sql, applications, name),
    erase: (id) => eraseHousehold(sql, id),
    applicationOf: (id) =>
      Effect.flatMap(householdOf(sql, id), ({ application }) => applicationNamed(applications, application)),
    newKey: (id, name) => newKey(sql, id, name),
    revokeKey: (id, name) => revokeKey(sql, id, name),
    opens: (key) => householdOfKey(sql, key),
    invite: (id, days) => invite(sql, id, days),
    invited: (token) => invited(sql, token),
    keyOfInvitation: (token) => keyOfInvitation(sql, token),
    signingIn: (state) => householdSigningIn(sql, state),
    ofUser: (clientId, withingsUserId) => personOfUser(sql, clientId, withingsUserId),
    note: (id, who, what) => noteAccess(sql, id, who, what),
    access: (id) => accessTo(sql, id),
  })
})
