/* oxlint-disable vitest/no-standalone-expect -- the linter does not see that the generator runs inside the test */
import { it as effectIt } from "@effect/vitest"
import { startSimulator, type LoggedRequest, type SimulatorOptions } from "@withings-bridge/simulator"
import { Chunk, Effect, Redacted, Stream } from "effect"
import { rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { join } from "node:path"
import { describe, expect } from "vitest"
import { BridgeConfig } from "../src/BridgeConfig.ts"
import type { PersonId } from "../src/measure/Person.ts"
import { listenForCallback } from "../src/withings/account/CallbackListener.ts"
import { makeKeyFile } from "../src/withings/account/keyRing.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { SignIn } from "../src/withings/account/SignIn.ts"
import { TokenStore } from "../src/withings/account/TokenStore.ts"
import { feeds } from "../src/withings/client/Feed.ts"
import { WithingsApi } from "../src/withings/client/WithingsApi.ts"
import { WithingsOAuth } from "../src/withings/account/WithingsOAuth.ts"
import { webhookSecret, webhookUrl } from "../src/withings/account/webhookUrl.ts"
import { authorize, signIn } from "./authorize.ts"
import { configFor, withingsLayer } from "./withingsLayer.ts"

const it = effectIt.live
const simulator = (options: SimulatorOptions = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startSimulator({ years: 0.3, ...options })),
    (simulator) => Effect.promise(() => simulator.close()),
  )
const everything = { _tag: "ChangedSince", modified: 0 } as const

const withCloud = <A, E>(
  test: (
    cloud: Effect.Effect.Success<ReturnType<typeof simulator>>,
  ) => Effect.Effect<A, E, BridgeConfig | SignIn | WithingsApi | WithingsOAuth | PersonStore | TokenStore>,
  options: SimulatorOptions = {},
  config: Partial<BridgeConfig> = {},
) =>
  Effect.scoped(
    Effect.flatMap(simulator(options), (cloud) =>
      Effect.provide(test(cloud), withingsLayer(configFor(cloud.url, config))),
    ),
  )

/** The address of a server that answers everything, for subscriptions. */
const listening = Effect.acquireRelease(
  Effect.async<Server>((resume) => {
    const server = createServer((_, response) => response.end())
    server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
  }),
  (server) => Effect.sync(() => server.close()),
).pipe(
  Effect.map((server) => {
    const address = server.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`
  }),
)

/** The statuses of the answers to an action. */
const asked = (
  { requests }: { readonly requests: ReadonlyArray<LoggedRequest> },
  path: string,
  action: string,
) => requests.filter((one) => one.path === path && one.action === action).map(({ status }) => status)

describe("signing in", () => {
  it("names the person and reads the whole account", () =>
    withCloud(
      (cloud) =>
        Effect.gen(function* () {
          const [ann, ben] = cloud.persons
          const first = yield* signIn(ann?.name ?? "")
          const second = yield* signIn(ben?.name ?? "")
          expect([first.name, second.name]).toEqual(["Ann", "Person 2"])
          const api = yield* WithingsApi
          const counts = cloud.counts(ann?.name ?? "")
          const read = (feed: (typeof feeds)[number]) =>
            Effect.map(Stream.runCollect(api.pages(first.id, feed, everything)), Chunk.toReadonlyArray)
          const pages = yield* read("getmeas")
          expect(pages.flatMap(({ skipped }) => skipped)).toEqual([])
          expect(pages.reduce((sum, { measures }) => sum + measures.length, 0)).toBe(counts.measures)
          for (const feed of feeds)
            expect((yield* read(feed)).flatMap(({ measures }) => measures).length).toBeGreaterThan(0)
          expect((yield* api.devices(first.id)).map(({ id }) => id).toSorted()).toEqual(
            ann?.devices.map(({ deviceid }) => deviceid).toSorted(),
          )
          expect((yield* api.goals(first.id)).length).toBeGreaterThan(0)
        }),
      {},
      { profiles: ["Ann"] },
    ))

  it("subscribes, lists and unsubscribes", () =>
    withCloud((cloud) =>
      Effect.gen(function* () {
        const person = yield* signIn(cloud.persons[0]?.name ?? "")
        const api = yield* WithingsApi
        const wanted = { appli: 50, callbackUrl: `${yield* listening}/hook` }
        yield* api.subscribe(person.id, wanted)
        expect(yield* api.subscriptions(person.id)).toEqual([wanted])
        yield* api.unsubscribe(person.id, wanted)
        expect(yield* api.subscriptions(person.id)).toEqual([])
      }).pipe(Effect.scoped),
    ))

  it("takes a pasted address of any host, once", () =>
    withCloud((cloud) =>
      Effect.gen(function* () {
        const service = yield* SignIn
        const { authorizeUrl } = yield* service.start({})
        const landed = new URL(yield* authorize(authorizeUrl, cloud.persons[0]?.name ?? ""))
        const pasted = `https://elsewhere.example/?${landed.searchParams}`
        expect((yield* service.finish(pasted)).name).toBe("Person 1")
        expect((yield* Effect.flip(service.finish(pasted))).message).toContain("used already")
      }),
    ))

  it("recognises a person, and changes nothing when someone else signs in", () =>
    withCloud((cloud) =>
      Effect.gen(function* () {
        const [ann, ben] = cloud.persons.map(({ name }) => name)
        const before = yield* signIn(ann ?? "", "Ann")
        expect(yield* signIn(ann ?? "")).toMatchObject({ id: before.id, name: "Ann" })
        const error = yield* Effect.flip(signIn(ben ?? "", "Ann"))
        expect(error).toMatchObject({ reason: "other-person" })
        expect((yield* (yield* PersonStore).all).map(({ person }) => person.name)).toEqual(["Ann"])
      }),
    ))

  it("explains a cancelled sign-in, an invented state and an expired code", () =>
    withCloud((cloud) =>
      Effect.gen(function* () {
        const service = yield* SignIn
        const reason = (landedOn: string) =>
          Effect.map(Effect.flip(service.finish(landedOn)), (error) =>
            "reason" in error ? error.reason : error._tag,
          )
        const name = cloud.persons[0]?.name ?? ""
        const cancelled = yield* authorize((yield* service.start({})).authorizeUrl, name, "cancel")
        expect(yield* reason(cancelled)).toBe("cancelled")
        expect(yield* reason("https://x/?code=1&state=2")).toBe("unknown-state")
        const late = yield* authorize((yield* service.start({})).authorizeUrl, name)
        yield* Effect.promise(() => cloud.advance(31))
        expect(yield* reason(late)).toBe("code-refused")
      }),
    ))

  it("distinguishes a wrong secret from a wrong callback address", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const cloud = yield* simulator()
        const name = cloud.persons[0]?.name ?? ""
        const config = configFor(cloud.url)
        const landed = (service: Effect.Effect.Success<typeof SignIn>) =>
          Effect.flatMap(service.start({}), ({ authorizeUrl }) => authorize(authorizeUrl, name))
        const finishWith = (other: Partial<BridgeConfig>) =>
          Effect.gen(function* () {
            const address = yield* Effect.provide(Effect.flatMap(SignIn, landed), withingsLayer(config))
            const finish = Effect.flatMap(SignIn, (service) => Effect.flip(service.finish(address)))
            return yield* Effect.provide(finish, withingsLayer({ ...config, ...other }))
          })
        expect(yield* finishWith({ clientSecret: Redacted.make("typo") })).toMatchObject({
          reason: "wrong-secret",
        })
        const mismatch = yield* finishWith({ callbackUrl: "http://localhost:1/other" })
        expect(mismatch).toMatchObject({ reason: "redirect-mismatch" })
        expect(mismatch.message).toContain("http://localhost:1/other")
      }),
    ))

  it("starts without a client id and says what is missing", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Effect.flatMap(SignIn, (service) => service.start({})))
      expect(error).toMatchObject({ reason: "not-configured" })
    }).pipe(Effect.provide(withingsLayer(configFor("http://127.0.0.1:1", { clientId: "" })))))

  it("finishes at the callback listener, which also answers HEAD", () =>
    withCloud((cloud) =>
      Effect.gen(function* () {
        const address = yield* listenForCallback({ host: "127.0.0.1", port: 0 })
        const head = yield* Effect.promise(() => fetch(address, { method: "HEAD" }))
        expect(head.status).toBe(200)
        const service = yield* SignIn
        const { authorizeUrl } = yield* service.start({ personName: "<Ann>" })
        const landed = new URL(yield* authorize(authorizeUrl, cloud.persons[0]?.name ?? ""))
        const open = (language = "en") =>
          fetch(`${address}/callback?${landed.searchParams}`, { headers: { "accept-language": language } })
        const welcome = yield* Effect.promise(() => open())
        expect(welcome.status).toBe(200)
        expect(yield* Effect.promise(() => welcome.text())).toContain("Welcome, &#60;Ann&#62;")
        const again = yield* Effect.promise(() => open("fr-CH,fr;q=0.9,en;q=0.8"))
        expect(again.status).toBe(400)
        const page = yield* Effect.promise(() => again.text())
        expect(page).toContain('<html lang="fr">')
        expect(page).toContain("Cette adresse n’appartient à aucune connexion")
        expect((yield* Effect.promise(() => fetch(address))).status).toBe(404)
      }).pipe(Effect.scoped),
    ))

  it("signs out and keeps the person", () =>
    withCloud((cloud) =>
      Effect.gen(function* () {
        const person = yield* signIn(cloud.persons[0]?.name ?? "", "Ann")
        yield* (yield* SignIn).signOut(person.id)
        const api = yield* WithingsApi
        expect(yield* Effect.flip(api.devices(person.id))).toMatchObject({ _tag: "NeedsSignIn" })
        expect((yield* (yield* PersonStore).all)[0]?.person.standing.state).toBe("never-signed-in")
        yield* signIn(cloud.persons[0]?.name ?? "", "Ann")
        expect((yield* api.devices(person.id)).length).toBeGreaterThan(0)
      }),
    ))

  it("withdraws the permission at Withings, and ends only its own webhooks", () =>
    withCloud(
      (cloud) =>
        Effect.gen(function* () {
          const person = yield* signIn(cloud.persons[0]?.name ?? "", "Ann")
          const api = yield* WithingsApi
          const url = yield* listening
          const { home } = yield* BridgeConfig
          const ours = webhookUrl(url, yield* webhookSecret(home))
          yield* api.subscribe(person.id, { appli: 1, callbackUrl: ours })
          yield* api.subscribe(person.id, { appli: 4, callbackUrl: ours })
          // Another bridge of the household, behind the same host.
          yield* api.subscribe(person.id, { appli: 44, callbackUrl: `${url}/another` })
          const tokens = yield* (yield* TokenStore).read(person.id)
          yield* (yield* SignIn).signOut(person.id)
          expect(asked(cloud, "/notify", "revoke")).toEqual([0, 0])
          expect(asked(cloud, "/v2/oauth2", "revoke")).toEqual([0])
          const refresh = tokens?.current?.refresh ?? Redacted.make("")
          expect(yield* Effect.flip((yield* WithingsOAuth).refresh(refresh))).toMatchObject({
            _tag: "InvalidParams",
          })
        }).pipe(Effect.scoped),
      {},
      { webhook: { publicUrl: "http://127.0.0.1", host: "127.0.0.1", port: 0 } },
    ))

  it("signs out even when Withings cannot be reached", () =>
    withCloud((cloud) =>
      Effect.gen(function* () {
        const person = yield* signIn(cloud.persons[0]?.name ?? "", "Ann")
        yield* Effect.promise(() => cloud.faults.failNext("/v2/oauth2 revoke", 503, 9))
        yield* (yield* SignIn).signOut(person.id)
        expect(asked(cloud, "/v2/oauth2", "revoke").length).toBeGreaterThan(0)
        expect(yield* (yield* TokenStore).read(person.id)).toBeNull()
      }),
    ))

  it("keeps two client ids apart", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const cloud = yield* simulator({ otherClients: { other: "hush" } })
        const [ann, ben] = cloud.persons.map(({ name }) => name)
        const one = configFor(cloud.url)
        const other = { ...one, clientId: "other", clientSecret: Redacted.make("hush") }
        const devices = (personId: PersonId) => Effect.flatMap(WithingsApi, (api) => api.devices(personId))
        const first = yield* Effect.provide(signIn(ann ?? ""), withingsLayer(one))
        const second = yield* Effect.provide(signIn(ben ?? ""), withingsLayer(other))
        for (const [config, mine, theirs] of [
          [one, first, second],
          [other, second, first],
        ] as const) {
          const layer = withingsLayer(config)
          expect((yield* Effect.provide(devices(mine.id), layer)).length).toBeGreaterThan(0)
          const error = yield* Effect.provide(Effect.flip(devices(theirs.id)), layer)
          expect(error.message).toContain("another Withings application")
        }
        const states = Effect.flatMap(PersonStore, ({ all }) => all).pipe(Effect.provide(withingsLayer(one)))
        expect((yield* states).map(({ person }) => person.standing.state)).toEqual(["signed-in", "signed-in"])
      }),
    ))

  it("can sign requests for tokens instead of sending the secret", () =>
    withCloud(
      (cloud) =>
        Effect.gen(function* () {
          const person = yield* signIn(cloud.persons[0]?.name ?? "")
          yield* Effect.promise(() => cloud.faults.expireToken(cloud.persons[0]?.name ?? ""))
          expect((yield* (yield* WithingsApi).devices(person.id)).length).toBeGreaterThan(0)
          const asked = cloud.requests.filter(({ action }) => action === "requesttoken")
          expect(asked.map(({ params }) => Object.keys(params).includes("client_secret"))).toEqual([
            false,
            false,
          ])
          expect(asked.map(({ params }) => Object.keys(params).includes("signature"))).toEqual([true, true])
        }),
      {},
      { signRequests: true },
    ))

  it("needs a new sign-in after the key was replaced, and keeps id and name", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const cloud = yield* simulator()
        const name = cloud.persons[0]?.name ?? ""
        const config = configFor(cloud.url)
        const before = yield* Effect.provide(signIn(name, "Ann"), withingsLayer(config))
        rmSync(join(config.home, "key"))
        makeKeyFile(join(config.home, "key"))
        yield* Effect.gen(function* () {
          const api = yield* WithingsApi
          const error = yield* Effect.flip(api.devices(before.id))
          expect(error).toMatchObject({ _tag: "NeedsSignIn" })
          expect(error.message).toContain("a key other than")
          expect(yield* signIn(name)).toMatchObject({ id: before.id, name: "Ann" })
          expect((yield* api.devices(before.id)).length).toBeGreaterThan(0)
        }).pipe(Effect.provide(withingsLayer(config)))
      }),
    ))
})
