import { HttpApiBuilder } from "@effect/platform"
import { Clock, Effect } from "effect"
import { BridgeHost } from "../BridgeHost.ts"
import { gladysDevices } from "../GladysHousehold.ts"
import { GladysState } from "../GladysState.ts"
import { Refresh } from "../Refresh.ts"
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
        const host = yield* BridgeHost
        yield* host.use(Effect.flatMap(Refresh, (refresh) => refresh.now(wanted.descriptor.personId)))
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

/** What goes wrong beneath becomes Gladys' own shape of an error, with the sentence for the user. */
export const answerable = <A, E extends { readonly message: string }, R>(
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<A, Answerable, R> =>
  Effect.mapError(effect, (error) =>
    error instanceof NotFound || error instanceof BadRequest ? error : ServerError.because(error.message),
  )

type Answerable = NotFound | BadRequest | ServerError

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
