import { Cloud } from "./cloud/Cloud.ts"
import { restoreState, saveState } from "./cloud/stateFile.ts"
import { cancelAfterTwentyDays } from "./cloud/Webhooks.ts"
import { Clock } from "./household/Clock.ts"
import { Household } from "./household/Household.ts"
import { live } from "./household/life.ts"
import { serveApi } from "./http/apiServer.ts"
import { serveAuthorize } from "./http/authorizePage.ts"
import { listen } from "./http/listen.ts"
import { serveAdmin } from "./admin/adminServer.ts"
import { certificatesFor } from "./tls/certificates.ts"
import { makeActs } from "./Acts.ts"
import { makeFaults } from "./Faults.ts"
import type { SimulatedPerson, Simulator } from "./Simulator.ts"
import type { SimulatorOptions } from "./SimulatorOptions.ts"

const personOf = ({ userid, name, timezone, devices }: Household["persons"][number]): SimulatedPerson => ({
  userid,
  name,
  timezone,
  devices: devices.map(({ deviceid, type, model, model_id, battery }) => ({
    deviceid,
    type,
    model,
    model_id,
    battery,
  })),
})

/** The first moment that is asked for, epoch milliseconds. */
const startOf = (time: string): number => {
  const at = Date.parse(time)
  if (Number.isNaN(at)) {
    throw new Error(`The household's time has to be one like 2026-03-01T07:30:00Z, not "${time}".`)
  }
  return at
}

const cloudOf = (options: SimulatorOptions, clientId: string, clientSecret: string): Cloud => {
  const clock = new Clock({
    now: options.now ?? Date.now,
    speed: options.speed ?? 1,
    startsAt: options.time === undefined ? null : startOf(options.time),
  })
  const household = new Household({
    seed: options.seed ?? "withings",
    years: options.years ?? 3,
    persons: options.persons ?? 2,
    recorded: options.recorded ?? null,
    clock,
  })
  return new Cloud({
    household,
    clock,
    clients: { ...options.otherClients, [clientId]: clientSecret },
    requestsPerMinute: options.requestsPerMinute ?? 120,
    callbackUrl: options.callbackUrl ?? null,
    mostUsers: options.linkedUsers ?? Infinity,
    strictCallbacks: options.strictCallbacks ?? false,
    cancellation: options.cancellation ?? cancelAfterTwentyDays,
  })
}

/** Where Withings answers, so that a client with these names built in believes this server. */
const withingsNames = ["wbsapi.withings.net", "account.withings.com"]

/** How often a living household is looked after, and a state file is written. */
const heartbeat = 1000

/** Lets the household live up to now, and sends what is due. */
const pass = async (cloud: Cloud): Promise<void> => {
  await cloud.webhooks.tell(live(cloud.household, cloud.clock.now()))
  await cloud.webhooks.deliverDue()
}

/** Starts the cloud: a server for applications, and one for who plays with it. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const host = options.host ?? "127.0.0.1"
  const clientId = options.clientId ?? "demo-client"
  const clientSecret = options.clientSecret ?? "demo-secret"
  const cloud = cloudOf(options, clientId, clientSecret)
  const { household, clock, webhooks } = cloud
  const { stateFile } = options
  if (stateFile !== undefined) restoreState(cloud, stateFile)

  const tls = options.tls ? certificatesFor([...withingsNames, "localhost", "127.0.0.1"], Date.now()) : null
  const api = await listen({ name: "simulator", host, port: options.port ?? 0, tls }, (request, response) => {
    const url = new URL(request.url ?? "/", "http://cloud")
    return url.pathname.startsWith("/oauth2_user/authorize2")
      ? serveAuthorize(cloud, request, response, url)
      : serveApi(cloud, request, response, url)
  })

  const timer = setInterval(() => {
    if (options.lives) void pass(cloud)
    if (stateFile !== undefined) saveState(cloud, stateFile)
  }, heartbeat)
  timer.unref()

  const adminPlace = { name: "simulator's admin page", host, port: options.adminPort ?? 0 }
  const admin = await listen(adminPlace, (request, response) =>
    serveAdmin(simulator, request, response),
  ).catch(async (error: unknown) => {
    await api.close()
    throw error
  })

  const simulator: Simulator = {
    ...makeActs(cloud),
    url: api.url,
    adminUrl: admin.url,
    certificateAuthority: tls?.authority ?? null,
    clientId,
    clientSecret,
    get persons() {
      return household.persons.map(personOf)
    },
    now: () => clock.milliseconds(),
    counts: (person) => household.counts(person),
    faults: makeFaults(cloud),
    get requests() {
      return cloud.log.entries()
    },
    get deliveries() {
      return webhooks.reports()
    },
    advance: async (seconds) => {
      clock.advance(seconds)
      await pass(cloud)
    },
    close: async () => {
      clearInterval(timer)
      webhooks.close()
      await Promise.all([api.close(), admin.close()])
      if (stateFile !== undefined) saveState(cloud, stateFile)
    },
  }
  return simulator
}
