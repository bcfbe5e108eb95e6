import { Bridge, BridgeConfig, HouseholdFeed, SignIn, SyncStatus } from "@withings-bridge/core"
import { type Simulator, startSimulator } from "@withings-bridge/simulator"
import { Effect, Layer, Logger, LogLevel, Schedule } from "effect"
import { mkdtempSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "../../../packages/core/test/freePort.ts"

/** A home folder whose persons are signed in with a simulated Withings, ready for a bridge to start on. */
export interface WithingsHousehold {
  readonly home: string
  readonly simulator: Simulator
  /** Where the simulator sends its webhooks. */
  readonly webhookPort: number
}

/** @param matter the section of that name in config.yaml */
export const signedInHousehold = async (
  matter: object = {},
  years = 1,
  persons = 2,
): Promise<WithingsHousehold> => {
  const simulator = await startSimulator({ years, persons, requestsPerMinute: 100_000 })
  const home = mkdtempSync(join(tmpdir(), "withings-matter-"))
  const webhookPort = await freePort()
  const withings = {
    client_id: simulator.clientId,
    client_secret: simulator.clientSecret,
    callback_url: "http://localhost:7333/callback",
    profiles: simulator.persons.map(({ name }) => name),
    account_url: simulator.url,
    api_url: simulator.url,
    webhook: { public_url: `http://127.0.0.1:${webhookPort}`, host: "127.0.0.1", port: webhookPort },
  }
  writeFileSync(join(home, "config.yaml"), JSON.stringify({ withings, matter }))

  const everyoneHasDevices = Effect.flatMap(HouseholdFeed, ({ current }) =>
    Effect.repeat(current, {
      until: ({ persons, descriptors }) =>
        persons.length === simulator.persons.length &&
        persons.every(({ id }) => descriptors.some(({ personId }) => personId === id)),
      schedule: Schedule.spaced("50 millis"),
    }),
  )
  const signInAll = Effect.gen(function* () {
    const signIn = yield* SignIn
    for (const { name } of simulator.persons) {
      const { authorizeUrl } = yield* signIn.start({ personName: name })
      yield* signIn.finish(yield* Effect.promise(() => authorize(authorizeUrl, name)))
    }
    yield* everyoneHasDevices
  })
  const core = Layer.unwrapEffect(Effect.map(BridgeConfig.loadWith({ home, env: {} }), Bridge.layer))
  await Effect.runPromise(signInAll.pipe(Effect.provide(core), Logger.withMinimumLogLevel(LogLevel.Warning)))
  return { home, simulator, webhookPort }
}

/** Waits until a bridge that runs on the home has brought the whole first history. */
export const historyIsDone = (home: string): Promise<unknown> => {
  const core = Layer.unwrapEffect(Effect.map(BridgeConfig.loadWith({ home, env: {} }), Bridge.layerFollower))
  return Effect.flatMap(SyncStatus, ({ progress }) =>
    Effect.repeat(progress, {
      until: (all) => all.length > 0 && all.every(({ finishedAt }) => finishedAt !== null),
      schedule: Schedule.spaced("1 second"),
    }),
  ).pipe(Effect.provide(core), Effect.runPromise)
}

/** Whether something listens there. */
export const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy()
      resolve(true)
    }).once("error", () => resolve(false))
  })

/** Whether the bridge hears of a person's weigh-ins and of their bed: before that, Withings tells nobody. */
export const isSubscribed = ({ requests }: Simulator, person: string): boolean =>
  ["1", "50", "51"].every((appli) =>
    requests.some(
      ({ action, params, status, ...of }) =>
        action === "subscribe" && of.person === person && params["appli"] === appli && status === 0,
    ),
  )

/** What a person does in the browser; answers the address that Withings redirects to. */
const authorize = async (authorizeUrl: string, person: string): Promise<string> => {
  const page = await (await fetch(authorizeUrl)).text()
  const plain = (text = "") => text.replaceAll("&amp;", "&").replaceAll("&quot;", '"')
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name, value]): [string, string] => [plain(name), plain(value)],
  )
  const answer = await fetch(new URL(plain(/<form[^>]*action="([^"]*)"/.exec(page)?.[1]), authorizeUrl), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams([...fields, ["person", person], ["decision", "authorize"]]),
  })
  const landedOn = answer.headers.get("location")
  if (landedOn === null)
    throw new Error(`The simulator let nobody named ${person} sign in (HTTP ${answer.status})`)
  return landedOn
}
