import { HttpApiBuilder } from "@effect/platform"
import { HouseholdFeed, SignIn, SignInError } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import { BridgeHost, type CoreFailed } from "../BridgeHost.ts"
import { gladysDevices } from "../GladysHousehold.ts"
import { GladysState, Remembered } from "../GladysState.ts"
import { Refresh } from "../Refresh.ts"
import { answerable, devices } from "./deviceRoutes.ts"
import { selected } from "./deviceQuery.ts"
import { GladysApi } from "./GladysApi.ts"
import { BadRequest, NotFound } from "./schemas.ts"
import { serviceOf } from "./toGladysAnswer.ts"

/** The Withings service once proposed to Gladys asked for this path below the address of Gladys. */
export const settingsPath = "/dashboard/integration/health/withings/settings"

/** The routes of that service, for a front that was written for it. */
export const serviceRoutes = HttpApiBuilder.group(GladysApi, "service", (handlers) =>
  handlers
    .handle("service", () =>
      Effect.map(
        Effect.flatMap(GladysState, (state) => state.get),
        ({ since }) => serviceOf(since),
      ),
    )
    .handle("added", ({ urlParams }) =>
      Effect.gen(function* () {
        const { added } = yield* (yield* GladysState).get
        const all = yield* devices
        return yield* selected(
          all.filter((device) => added.includes(device.external_id)),
          urlParams,
        )
      }),
    )
    .handle("initDevices", () =>
      Effect.gen(function* () {
        const { added } = yield* (yield* GladysState).get
        const all = yield* devices
        return {
          withingsDevices: all.map((device) => ({ ...device, inDB: added.includes(device.external_id) })),
        }
      }),
    )
    .handle("reset", ({ request, urlParams }) =>
      Effect.gen(function* () {
        if (!isMeant(request.headers["sec-fetch-dest"]) && urlParams.confirm !== "yes")
          return yield* Effect.fail(unconfirmed)
        return yield* reset
      }).pipe(answerable),
    )
    .handle("authorizationUri", ({ payload, headers }) =>
      Effect.gen(function* () {
        const host = yield* BridgeHost
        if (headers.referer !== undefined) {
          const callbackUrl = yield* callbackFrom(headers.referer)
          yield* (yield* GladysState).update({ callbackUrl })
          yield* host.configure({ callbackUrl })
        }
        const options = payload.person_name === undefined ? {} : { personName: payload.person_name }
        const { authorizeUrl } = yield* host.use(Effect.flatMap(SignIn, (signIn) => signIn.start(options)))
        return { authorizationUri: authorizeUrl }
      }).pipe(signInAnswerable),
    )
    .handle("accessToken", ({ payload, headers }) =>
      Effect.gen(function* () {
        const state = payload.state ?? stateIn(headers.referer)
        if (state === null) return yield* Effect.fail(noState)
        const host = yield* BridgeHost
        const { callbackUrl } = yield* host.credentials
        const landedOn = new URL(callbackUrl)
        landedOn.searchParams.set("code", payload.authorization_code)
        landedOn.searchParams.set("state", state)
        const person = yield* host.use(Effect.flatMap(SignIn, (signIn) => signIn.finish(landedOn.href)))
        return { result: { id: person.id, name: person.name } }
      }).pipe(signInAnswerable),
    )
    .handle("client", () =>
      Effect.map(
        Effect.flatMap(BridgeHost, (host) => host.credentials),
        ({ clientId }) => ({ client_id: clientId === "" ? null : clientId }),
      ),
    )
    .handle("variable", ({ path, payload }) =>
      Effect.gen(function* () {
        const host = yield* BridgeHost
        const change =
          path.name === "OAUTH2_CLIENT_ID"
            ? { clientId: payload.value }
            : { clientSecret: Redacted.make(payload.value) }
        yield* (yield* GladysState).update(change)
        yield* host.configure(change)
        return { name: path.name }
      }).pipe(answerable),
    )
    .handle("poll", ({ path }) =>
      Effect.gen(function* () {
        const wanted = (yield* gladysDevices).find(({ device }) => device.selector === path.selector)
        if (wanted === undefined) return yield* Effect.fail(NotFound.because("Device not found"))
        yield* refresh(wanted.descriptor.personId)
        return { success: true } as const
      }).pipe(answerable),
    ),
)

const refresh = (personId: string | null) =>
  Effect.flatMap(BridgeHost, (host) => host.use(Effect.flatMap(Refresh, (sync) => sync.now(personId))))

/**
 * The documented flow resets with a plain GET, by a script of its page or by a program. A browser that opens the
 * address (typed, linked, previewed, as an image) says so, and may do it without anyone wanting it.
 */
const isMeant = (fetchedAs: string | undefined) => fetchedAs === undefined || fetchedAs === "empty"

const unconfirmed = BadRequest.because(
  "This signs every person out and forgets the credentials. If that is meant, add ?confirm=yes to the address.",
)

const reset = Effect.gen(function* () {
  const host = yield* BridgeHost
  const state = yield* GladysState
  yield* host.use(
    Effect.gen(function* () {
      const signIn = yield* SignIn
      const { persons } = yield* (yield* HouseholdFeed).current
      yield* Effect.forEach(persons, (person) => signIn.signOut(person.id))
    }),
  )
  const { apiKeyHash, since } = yield* state.get
  yield* state.update({ ...Remembered.nothing, apiKeyHash, since })
  return { success: true } as const
})

/** The address Gladys' page is under is the one registered at Withings: whatever stands before the page's path. */
const callbackFrom = (referer: string) => {
  if (!URL.canParse(referer)) return Effect.fail(BadRequest.because("The Referer header is no address."))
  const page = new URL(referer)
  if (page.protocol !== "http:" && page.protocol !== "https:") {
    return Effect.fail(BadRequest.because("The Referer header is no web address."))
  }
  const base = page.pathname.replace(/\/dashboard(\/.*)?$/, "").replace(/\/$/, "")
  return Effect.succeed(`${page.origin}${base}${settingsPath}`)
}

const stateIn = (referer: string | undefined): string | null =>
  referer !== undefined && URL.canParse(referer) ? new URL(referer).searchParams.get("state") : null

const noState = BadRequest.because(
  "Send the state that Withings gave back as `state`, or let the browser send the Referer.",
)

/** What the user can mend at a sign-in is a bad request, with the sentence that says how. */
const signInAnswerable = <A, R>(
  effect: Effect.Effect<A, SignInError | BadRequest | { readonly message: string } | CoreFailed, R>,
) =>
  effect.pipe(
    Effect.mapError((error) => (error instanceof SignInError ? BadRequest.because(error.message) : error)),
    answerable,
  )
