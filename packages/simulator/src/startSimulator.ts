import { makeCloud, type Cloud } from "./cloud/Cloud.ts"
import { restoreState, saveState } from "./cloud/stateFile.ts"
import { live } from "./household/life.ts"
import type { Person } from "./household/Person.ts"
import { serveApi } from "./http/apiServer.ts"
import { serveAuthorize } from "./http/authorizePage.ts"
import { listen } from "./http/listen.ts"
import { serveAdmin } from "./admin/adminServer.ts"
import { certificatesFor } from "./tls/certificates.ts"
import { makeActs } from "./Acts.ts"
import { makeFaults } from "./Faults.ts"
import type { SimulatedPerson, Simulator } from "./Simulator.ts"
import type { SimulatorOptions } from "./SimulatorOptions.ts"

const personOf = ({ userid, name, timezone, devices }: Person): SimulatedPerson => ({
  userid,
  name,
  timezone,
  devices,
})

/** Names in the certificate, for clients that have them built in. */
const withingsNames = ["wbsapi.withings.net", "account.withings.com"]

/** Milliseconds between two updates of a living household and of the state file. */
const heartbeat = 1000

/** Lets the household live up to now, and sends what is due. */
const pass = async (cloud: Cloud): Promise<void> => {
  await cloud.webhooks.tell(live(cloud.household, cloud.clock.now()))
  await cloud.webhooks.deliverDue()
}

/** Starts the cloud: the API with its sign-in, and the admin server. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const host = options.host ?? "127.0.0.1"
  const cloud = makeCloud(options)
  const { clientId, clientSecret, clock, household, webhooks } = cloud
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
