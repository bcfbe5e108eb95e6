import { HttpApiBuilder } from "@effect/platform"
import { Clock, Effect, Schema } from "effect"
import { refresh } from "../askCore.ts"
import { gladysDevices } from "../GladysHousehold.ts"
import { GladysState } from "../GladysState.ts"
import { selected } from "./deviceQuery.ts"
import { GladysApi } from "./GladysApi.ts"
import { BadRequest, NotFound, ServerError } from "./schemas.ts"
import { toGladysAnswer } from "./toGladysAnswer.ts"

export const deviceRoutes = HttpApiBuilder.group(GladysApi, "device", (handlers) =>
  handlers
    .handle("list", ({ urlParams }) => Effect.flatMap(devices, (all) => selected(all, urlParams)))
    .handle("get", ({ path }) => bySelector(path.selector))
    .handle("add", ({ payload }) =>
      Effect.gen(function* () {
        const all = yield* devicesWithPersons
        const wanted = all.find(({ device }) => device.external_id === payload.external_id)
        if (wanted === undefined) return yield* Effect.fail(NotFound.because(unknownDevice))
        const state = yield* GladysState
        const { added } = yield* state.get
        if (!added.includes(payload.external_id))
          yield* state.update({ added: [...added, payload.external_id] })
        yield* refresh(wanted.descriptor.personId)
        return wanted.device
      }).pipe(answerable),
    )
    .handle("remove", ({ path }) =>
      Effect.gen(function* () {
        const device = yield* bySelector(path.selector)
        const state = yield* GladysState
        const { added } = yield* state.get
        if (!added.includes(device.external_id)) return yield* Effect.fail(NotFound.because(notAdded))
        yield* state.update({ added: added.filter((id) => id !== device.external_id) })
        return { success: true } as const
      }).pipe(answerable),
    ),
)

const unknownDevice = "No such device: ask init_devices which ones there are."
const notAdded = "This device was not added to Gladys."

const isAnswer = Schema.is(Schema.Union(NotFound, BadRequest))
type Answerable = typeof NotFound.Type | typeof BadRequest.Type | typeof ServerError.Type

/** Turns any other failure into Gladys' own shape of an error, with the same message for the user. */
export const answerable = <A, E extends { readonly message: string }, R>(
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<A, Answerable, R> =>
  Effect.mapError(effect, (error) => (isAnswer(error) ? error : ServerError.because(error.message)))

const devicesWithPersons = Effect.gen(function* () {
  const { since } = yield* (yield* GladysState).get
  const now = (yield* Clock.currentTimeMillis) / 1000
  const all = yield* gladysDevices.pipe(answerable)
  return all.map(({ device, descriptor }) => ({ descriptor, device: toGladysAnswer(device, now, since) }))
})

export const devices = Effect.map(devicesWithPersons, (all) => all.map(({ device }) => device))

const bySelector = (selector: string) =>
  Effect.flatMap(devices, (all) => {
    const found = all.find((device) => device.selector === selector)
    return found === undefined ? Effect.fail(NotFound.because("Device not found")) : Effect.succeed(found)
  })
