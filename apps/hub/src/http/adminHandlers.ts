import { HttpApiBuilder } from "@effect/platform"
import { removeEveryone } from "../removeEveryone.ts"
import { Effect, Layer, Redacted } from "effect"
import { timingSafeEqual } from "node:crypto"
import { HouseholdCores } from "../HouseholdCores.ts"
import { Households } from "../Households.ts"
import { Hub } from "../HubConfig.ts"
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

const layerHouseholds = HttpApiBuilder.group(AdminApi, "households", (handlers) =>
  Effect.gen(function* () {
    const households = yield* Households
    const cores = yield* HouseholdCores
    const { publicUrl } = yield* Hub
    const noted = (id: string, what: string) => households.note(id, "operator", what)
    return handlers
      .handle("list", () => households.all)
      .handle("create", ({ payload }) => households.create(payload.name))
      .handle("one", ({ path }) => orNotFound(households.one(path.id)))
      .handle("delete", ({ path }) => orNotFound(removeEveryone(households, cores, path.id)))
      .handle("invite", ({ path, payload }) =>
        orNotFound(households.invite(path.id, payload.days)).pipe(
          Effect.map(({ expiresAt, token }) => ({ url: `${publicUrl}/join/${token}`, expiresAt })),
          Effect.tap(noted(path.id, "invite")),
        ),
      )
      .handle("addKey", ({ path, payload }) =>
        orNotFound(households.newKey(path.id, payload.name)).pipe(
          Effect.map((key) => ({ key })),
          Effect.tap(noted(path.id, `addKey ${payload.name}`)),
        ),
      )
      .handle("revokeKey", ({ path }) =>
        Effect.zipRight(noted(path.id, `revokeKey ${path.name}`), households.revokeKey(path.id, path.name)),
      )
      .handle("access", ({ path }) =>
        orNotFound(Effect.zipRight(households.one(path.id), households.access(path.id))),
      )
  }),
).pipe(Layer.provide(layerOperator))

export const layerAdminApi = HttpApiBuilder.api(AdminApi).pipe(Layer.provide(layerHouseholds))
