import { HttpApiBuilder } from "@effect/platform"
import { dataSource, SignIn, SignInError } from "@withings-bridge/core"
import { Effect, Redacted } from "effect"
import { askCore, finishSignIn, household, refresh, startSignIn } from "../askCore.ts"
import { BridgeHost } from "../BridgeHost.ts"
import { gladysDevices } from "../GladysHousehold.ts"
import { GladysState, nothing } from "../GladysState.ts"
import { answerable, devices } from "./deviceRoutes.ts"
import { selected } from "./deviceQuery.ts"
import { GladysApi } from "./GladysApi.ts"
import { BadRequest, NotFound } from "./schemas.ts"
import { serviceOf } from "./toGladysAnswer.ts"

/** The path that the Withings service once proposed to Gladys used below the address of Gladys. */
export const settingsPath = "/dashboard/integration/health/withings/settings"

/** The routes of that service, for a front that was written for it. */
export const serviceRoutes = HttpApiBuilder.group(GladysApi, "service", (handlers) =>
  handlers
    .handle("service", () => Effect.map(remembered, ({ since }) => serviceOf(since)))
    .handle("added", ({ urlParams }) => Effect.flatMap(addedDevices, (added) => selected(added, urlParams)))
    .handle("initDevices", () => discoveredDevices)
    .handle("reset", ({ request, urlParams }) =>
      isMeant(request.headers["sec-fetch-dest"]) || urlParams.confirm === "yes"
        ? answerable(reset)
        : Effect.fail(unconfirmed),
    )
    .handle("authorizationUri", ({ payload, headers }) =>
      signInFrom(payload.person_name, headers.referer).pipe(signInAnswerable),
    )
    .handle("accessToken", ({ payload, headers }) =>
      signedInWith(payload.authorization_code, payload.state ?? stateIn(headers.referer)).pipe(
        signInAnswerable,
      ),
    )
    .handle("client", () => clientOf)
    .handle("variable", ({ path, payload }) => setVariable(path.name, payload.value).pipe(answerable))
    .handle("poll", ({ path }) => poll(path.selector).pipe(answerable)),
)

const remembered = Effect.flatMap(GladysState, (state) => state.get)

const addedDevices = Effect.gen(function* () {
  const { added } = yield* remembered
  return (yield* devices).filter((device) => added.includes(device.external_id))
})

const discoveredDevices = Effect.gen(function* () {
  const { added } = yield* remembered
  const all = yield* devices
  return { withingsDevices: all.map((device) => ({ ...device, inDB: added.includes(device.external_id) })) }
})

const clientOf = Effect.map(
  Effect.flatMap(BridgeHost, (host) => host.credentials),
  (credentials) => ({
    client_id: credentials.clientId === "" ? null : credentials.clientId,
    configured: dataSource(credentials) !== null,
  }),
)

const signInFrom = (personName: string | undefined, referer: string | undefined) =>
  Effect.gen(function* () {
    if (referer !== undefined) {
      const callbackUrl = yield* callbackFrom(referer)
      yield* (yield* GladysState).update({ callbackUrl })
      yield* (yield* BridgeHost).configure({ callbackUrl })
    }
    const { authorizeUrl } = yield* startSignIn(personName)
    return { authorizationUri: authorizeUrl }
  })

const signedInWith = (code: string, state: string | null) =>
  Effect.gen(function* () {
    if (state === null) return yield* Effect.fail(noState)
    const { callbackUrl } = yield* (yield* BridgeHost).credentials
    const { id, name } = yield* finishSignIn(callbackUrl, code, state)
    return { result: { id, name } }
  })

const setVariable = (name: "OAUTH2_CLIENT_ID" | "OAUTH2_CLIENT_SECRET", value: string) =>
  Effect.gen(function* () {
    const change = name === "OAUTH2_CLIENT_ID" ? { clientId: value } : { clientSecret: Redacted.make(value) }
    yield* (yield* GladysState).update(change)
    yield* (yield* BridgeHost).configure(change)
    return { name }
  })

const poll = (selector: string) =>
  Effect.gen(function* () {
    const wanted = (yield* gladysDevices).find(({ device }) => device.selector === selector)
    if (wanted === undefined) return yield* Effect.fail(NotFound.because("Device not found"))
    yield* refresh(wanted.descriptor.personId)
    return { success: true } as const
  })

/**
 * The documented flow resets with a plain GET from a script or a program. A browser that navigates to the address (typed,
 * linked, previewed, as an image) says so in `Sec-Fetch-Dest`, and may do it by accident.
 */
const isMeant = (fetchedAs: string | undefined) => fetchedAs === undefined || fetchedAs === "empty"

const unconfirmed = BadRequest.because(
  "This signs every person out and forgets the credentials. If that is meant, add ?confirm=yes to the address.",
)

const reset = Effect.gen(function* () {
  const state = yield* GladysState
  const { persons } = yield* household
  yield* Effect.forEach(persons, ({ id }) => askCore(SignIn, (signIn) => signIn.signOut(id)))
  const { apiKeyHash, since } = yield* state.get
  yield* state.update({ ...nothing, apiKeyHash, since })
  return { success: true } as const
})

/** The callback address registered at Withings: that of Gladys' page, up to the path of the page. */
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

/** A failed sign-in is a bad request with a message for the user, who can mend it. */
const signInAnswerable = <A, R>(effect: Effect.Effect<A, { readonly message: string }, R>) =>
  effect.pipe(
    Effect.mapError((error) => (error instanceof SignInError ? BadRequest.because(error.message) : error)),
    answerable,
  )
