/**
 * The first history end to end: a simulated cloud in a process of its own, the bridge in another one, from sign-in to
 * the last measure on disk. Next to it, in the same run, the floor: JSON.parse of the same answers plus one prepared
 * insert for each measure in one transaction, into the same table.
 */
import { History, SyncStatus } from "@withings-bridge/core"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, Schedule } from "effect"
import { fork } from "node:child_process"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { fileURLToPath } from "node:url"
import { signIn } from "../packages/core/test/authorize.ts"
import { unhurriedBridge } from "../packages/core/test/unhurried.ts"
import { configFor } from "../packages/core/test/withingsLayer.ts"

const persons = Number(process.env["BENCH_PERSONS"] ?? 4)
const years = Number(process.env["BENCH_YEARS"] ?? 10)

interface Ready {
  readonly url: string
  readonly names: ReadonlyArray<string>
}

interface Outcome {
  readonly measures: number
  readonly milliseconds: number
  /** Megabytes. */
  readonly rss: number
  readonly megabytes?: number
}

const serve = async () => {
  const simulator = await startSimulator({ persons, years, requestsPerMinute: Infinity })
  const ready: Ready = { url: simulator.url, names: simulator.persons.map(({ name }) => name) }
  process.send?.(ready)
}

const sampleEvery = 20
let peak = 0
/** The most memory the process has had at any time, sampled. Not maxRSS: a child inherits its parent's. */
const watchRss = () => {
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss() / 1e6)
  }
  look()
  setInterval(look, sampleEvery).unref()
}
const peakRss = () => peak

const sync = async ({ names, url }: Ready) => {
  const config = configFor(url)
  await Effect.runPromise(
    Effect.gen(function* () {
      const status = yield* SyncStatus
      const history = yield* History
      const before = performance.now()
      yield* Effect.forEach(names, (name) => signIn(name))
      yield* Effect.retry(
        Effect.filterOrFail(
          status.progress,
          (all) => all.filter(({ finishedAt }) => finishedAt !== null).length === names.length * 4,
          () => "not finished",
        ),
        Schedule.spaced("50 millis"),
      )
      const milliseconds = performance.now() - before
      const rss = peakRss()
      const measures = (yield* history.counts).reduce((sum, count) => sum + count.measures, 0)
      const outcome: Outcome = { measures, milliseconds, rss }
      process.send?.(outcome)
    }).pipe(Effect.provide(unhurriedBridge(config))),
  )
  process.exit()
}

const feeds = [
  ["/measure", "getmeas", "measuregrps"],
  ["/v2/sleep", "getsummary", "series"],
  ["/v2/measure", "getactivity", "activities"],
  ["/v2/measure", "getworkouts", "series"],
] as const

const tokenOf = async (url: string, person: string): Promise<string> => {
  const redirect_uri = "http://127.0.0.1:1/"
  const scope = "user.info,user.metrics,user.activity,user.sleepevents"
  const asked = { response_type: "code", client_id: "demo-client", state: "x", scope, redirect_uri, person }
  const form = new URLSearchParams(asked)
  const page = await fetch(`${url}/oauth2_user/authorize2`, {
    method: "POST",
    redirect: "manual",
    body: form,
  })
  const code = new URL(page.headers.get("location") ?? "").searchParams.get("code") ?? ""
  const client = { client_id: "demo-client", client_secret: "demo-secret", redirect_uri, code }
  const answer = await fetch(`${url}/v2/oauth2`, {
    method: "POST",
    body: new URLSearchParams({ action: "requesttoken", grant_type: "authorization_code", ...client }),
  })
  const { body }: { body: { access_token: string } } = JSON.parse(await answer.text())
  return body.access_token
}

/** Every page of every feed, as text. Not timed. */
const download = async ({ names, url }: Ready): Promise<ReadonlyArray<string>> => {
  const texts: Array<string> = []
  const end = Math.floor(Date.now() / 1000) + 86_400
  const fields = Object.fromEntries(
    await Promise.all(
      (["night", "day", "workout"] as const).map(async (feed) => {
        const { feedRequests } = await import("../packages/core/src/withings/feedRequests.ts")
        const { params } = feedRequests[feed].request({ _tag: "Between", from: 1, to: end })
        return [feed, String(params["data_fields"])] as const
      }),
    ),
  )
  const fieldsOf: Readonly<Record<string, string | undefined>> = {
    getsummary: fields["night"],
    getactivity: fields["day"],
    getworkouts: fields["workout"],
  }
  for (const name of names) {
    const token = await tokenOf(url, name)
    for (const [path, action] of feeds) {
      for (let offset: number | null = 0; offset !== null;) {
        const body = new URLSearchParams({
          action,
          startdate: "1",
          enddate: String(end),
          startdateymd: "1970-01-01",
          enddateymd: new Date(end * 1000).toISOString().slice(0, 10),
          data_fields: fieldsOf[action] ?? "",
          ...(offset > 0 ? { offset: String(offset) } : {}),
        })
        const headers = { authorization: `Bearer ${token}` }
        const text = await (await fetch(url + path, { method: "POST", headers, body })).text()
        texts.push(text)
        const answer: { body: { more?: boolean | number; offset?: number } } = JSON.parse(text)
        offset = answer.body.more ? (answer.body.offset ?? null) : null
      }
    }
  }
  return texts
}

interface Wire {
  readonly [key: string]: unknown
}

/** What is a measure in an answer, read with as little as can be done. */
const rowsOf = (body: Wire): ReadonlyArray<ReadonlyArray<string | number | null>> => {
  const rows: Array<ReadonlyArray<string | number | null>> = []
  const groups = (body["measuregrps"] ?? []) as ReadonlyArray<Wire & { measures: ReadonlyArray<Wire> }>
  for (const group of groups) {
    for (const one of group.measures) {
      const value = Number(`${one["value"]}e${one["unit"]}`)
      rows.push(
        ["p", "getmeas", String(group["grpid"]), `k${one["type"]}`, Number(one["position"] ?? -1)].concat([
          Number(group["date"]),
          value,
          String(group["deviceid"]),
          "device",
          Number(group["modified"]),
        ]),
      )
    }
  }
  for (const list of ["series", "activities"]) {
    for (const record of (body[list] ?? []) as ReadonlyArray<Wire>) {
      const data = (record["data"] ?? record) as Wire
      const group = String(record["id"] ?? record["date"])
      const at = Number(record["enddate"] ?? Date.parse(String(record["date"])) / 1000)
      for (const [key, value] of Object.entries(data)) {
        if (typeof value !== "number" || (data === record && at === value)) continue
        rows.push([
          "p",
          list,
          group,
          key,
          -1,
          at,
          value,
          String(record["deviceid"]),
          "device",
          Number(record["modified"]),
        ])
      }
    }
  }
  return rows
}

const floor = async (ready: Ready) => {
  const texts = await download(ready)
  const file = join(configFor("").home, "floor.db")
  const config = { ...configFor(""), home: join(file, "..") }
  // The table as the bridge makes it, with its indexes.
  await Effect.runPromise(Effect.provide(Effect.void, unhurriedBridge(config)))
  const database = new DatabaseSync(join(config.home, "bridge.db"))
  database.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF")
  const insert = database.prepare("INSERT OR REPLACE INTO measure VALUES (?,?,?,?,?,?,?,?,?,?,0,0,0)")
  const before = performance.now()
  let measures = 0
  database.exec("BEGIN")
  for (const [nth, text] of texts.entries()) {
    const { body }: { body: Wire } = JSON.parse(text)
    for (const [, source, group, ...rest] of rowsOf(body)) {
      insert.run(`p${nth}`, source ?? "", group ?? "", ...rest)
      measures++
    }
  }
  database.exec("COMMIT")
  const milliseconds = performance.now() - before
  database.close()
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6
  process.send?.({ measures, milliseconds, rss: peakRss(), megabytes } satisfies Outcome)
  process.exit()
}

const child = <A>(role: string, message?: unknown) => {
  const started = fork(fileURLToPath(import.meta.url), [role])
  if (message !== undefined) started.send(message as object)
  const answer = new Promise<A>((resolve, reject) => {
    started.once("message", (message) => resolve(message as A))
    started.once("exit", (code) => reject(new Error(`${role} ended with ${code}`)))
  })
  return { started, answer }
}

const line = ({ measures, milliseconds, rss }: Outcome) =>
  `${measures} measures in ${(milliseconds / 1000).toFixed(1)} s, ` +
  `${Math.round((measures / milliseconds) * 1000)} a second, ${((milliseconds / measures) * 1000).toFixed(1)} µs each, ` +
  `${Math.round(rss)} MB at the most`

const run = async () => {
  const cloud = child<Ready>("serve")
  const ready = await cloud.answer
  const bridge = await child<Outcome>("sync", ready).answer
  const least = await child<Outcome>("floor", ready).answer
  cloud.started.kill()
  console.log(`${persons} persons, ${years} years, ${least.megabytes?.toFixed(0)} MB of answers`)
  console.log(`bridge  ${line(bridge)}`)
  console.log(`floor   ${line(least)} (the answers are held in memory)`)
  const ratio = bridge.milliseconds / bridge.measures / (least.milliseconds / least.measures)
  console.log(
    `The bridge takes ${ratio.toFixed(2)} times the floor for a measure, with network, sign-in and start.`,
  )
}

const received = () =>
  new Promise<Ready>((resolve) => process.once("message", (message) => resolve(message as Ready)))

watchRss()
switch (process.argv[2]) {
  case "serve":
    await serve()
    break
  case "sync":
    await sync(await received())
    break
  case "floor":
    await floor(await received())
    break
  default:
    await run()
}
