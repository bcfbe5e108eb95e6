import { HttpApiBuilder } from "@effect/platform"
import { HouseholdFeed, PersonRemoval } from "@withings-bridge/core"
import { Effect, Layer, Redacted } from "effect"
import { timingSafeEqual } from "node:crypto"
import { HouseholdCores } from "../HouseholdCores.ts"
import { Hub } from "../HubConfig.ts"
import { accessTo, noteAccess } from "../store/householdAccess.ts"
import { invite, newKey, revokeKey } from "../store/householdKeys.ts"
import { allHouseholds, createHousehold, eraseHousehold, householdOf } from "../store/householdRows.ts"
import { hashOf } from "../store/secrets.ts"
import { AdminApi, NotFound, Operator, Refused } from "./AdminApi.ts"

const layerOperator = Layer.effect(
  Operator,
  Effect.map(Hub, ({ adminKey }) => {
    const expected = Buffer.from(hashOf(Redacted.value(adminKey)))
    return Operator.of({
      bearer: (key) =>
        timingSafeEqual(Buffer.from(hashOf(Redacted.value(key))), expected)
          ? Effect.void
          : Effect.fail(new Refused({ message: "Wanted: Authorization: Bearer, with the operator's key." })),
    })
  }),
)

const orNotFound = <A, R>(effect: Effect.Effect<A, { readonly message: string }, R>) =>
  Effect.mapError(effect, ({ message }) => new NotFound({ message }))

const noted = (id: string, what: string) => noteAccess(id, "operator", what)

/** Deletes a household with everything that is known of its persons, and signs them out at Withings. */
const deleteHousehold = Effect.fn("hub.deleteHousehold")(function* (id: string) {
  yield* householdOf(id)
  const cores = yield* HouseholdCores
  yield* cores.of(id)(
    Effect.gen(function* () {
      const removal = yield* PersonRemoval
      const { persons } = yield* (yield* HouseholdFeed).current
      const before = yield* removal.removed
      for (const person of [...persons, ...before]) yield* removal.remove(person.id, { history: "delete" })
    }),
  )
  yield* cores.drop(id)
  yield* eraseHousehold(id)
}, orNotFound)

const inviteTo = Effect.fn("hub.inviteTo")(function* (id: string, days: number) {
  const { expiresAt, token } = yield* invite(id, days)
  yield* noted(id, "invite")
  return { url: `${(yield* Hub).publicUrl}/join/${token}`, expiresAt }
}, orNotFound)

const layerHouseholds = HttpApiBuilder.group(AdminApi, "households", (handlers) =>
  handlers
    .handle("list", () => allHouseholds)
    .handle("create", ({ payload }) => createHousehold(payload.name))
    .handle("one", ({ path }) => orNotFound(householdOf(path.id)))
    .handle("delete", ({ path }) => deleteHousehold(path.id))
    .handle("invite", ({ path, payload }) => inviteTo(path.id, payload.days))
    .handle("addKey", ({ path, payload }) =>
      orNotFound(newKey(path.id, payload.name)).pipe(
        Effect.map((key) => ({ key })),
        Effect.tap(noted(path.id, `addKey ${payload.name}`)),
      ),
    )
    .handle("revokeKey", ({ path }) =>
      Effect.zipRight(noted(path.id, `revokeKey ${path.name}`), revokeKey(path.id, path.name)),
    )
    .handle("access", ({ path }) => orNotFound(Effect.zipRight(householdOf(path.id), accessTo(path.id)))),
).pipe(Layer.provide(layerOperator))

export const layerAdminApi = HttpApiBuilder.api(AdminApi).pipe(Layer.provide(layerHouseholds))
