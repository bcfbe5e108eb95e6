import process from "node:process"
import { Console, Effect, Layer, Queue, Ref, Schedule } from "effect"
import { Bridge, HouseholdFeed, type Household } from "@withings-bridge/core"
import { startApp } from "../app/AppProcess.ts"
import { manualCode } from "../app/matterCode.ts"
import type { AppStarter, DemoPlace } from "./AppStarter.ts"
import { arrivalsText, toldText, watchArrivals, type AppName } from "./arrivals.ts"
import { demoCommand } from "./calledAs.ts"
import { homekitCode, matterCode, waitForPairing } from "./codes.ts"
import { serveControl } from "./Control.ts"
import { runningDemo } from "./controlClient.ts"
import { CommandError } from "../CommandError.ts"
import { generatedPersons, writeDemoConfig } from "./demoConfig.ts"
import { keptSettings, prepareSettings, type AskedPorts } from "./DemoSettings.ts"
import { firstHistory } from "./firstHistory.ts"
import { dayOf, sentence, type Happening } from "./Happening.ts"
import { readyOrEnded, waitForPort } from "../app/ready.ts"
import { logTo } from "./logTo.ts"
import { otherNews } from "./otherNews.ts"
import { signInEveryone } from "./signInEveryone.ts"
import { letHappen, startSimulator } from "./simulator.ts"
import { startConsole } from "./startConsole.ts"
import { startGladys } from "./startGladys.ts"
import { startHomebridge } from "./startHomebridge.ts"
import { startMatter } from "./startMatter.ts"
import { banner, done, happened, note, noteMissingNetwork, runs, whatToTry } from "./story.ts"
import { isWarning, showWarnings, tellWhenEnded, type Warning } from "./watchApps.ts"

export interface DemoOptions {
  /** Absolute path. */
  readonly home: string
  /** Folder of recorded answers that become one more person. */
  readonly recorded: string | null
  readonly loopback: boolean
  /** Seconds between two happenings; 0 for none. */
  readonly every: number
  readonly ports: AskedPorts
}

const starters = {
  homebridge: startHomebridge,
  matter: startMatter,
  gladys: startGladys,
  console: startConsole,
} satisfies Readonly<Record<AppName | "console", AppStarter>>
type Started = keyof typeof starters
const starterNames = Object.keys(starters) as ReadonlyArray<Started>

/** Waits until the app can be paired with, asked or opened. */
const readiness = (name: Started, { home, settings: { ports } }: DemoPlace) =>
  name === "matter" ? waitForPairing(home) : waitForPort(ports[name === "homebridge" ? "homekit" : name])

/** Starts the apps side by side. One that does not come up is told of, and the others go on without it. */
const startApps = (place: DemoPlace) =>
  Effect.forEach(
    starterNames,
    (name) =>
      Effect.gen(function* () {
        const app = yield* starters[name](place)
        yield* readyOrEnded(app, readiness(name, place))
        yield* runs(app)
        return { name, app }
      }).pipe(Effect.catchAll((error) => Effect.as(note(error.message), null))),
    { concurrency: "unbounded" },
  ).pipe(
    Effect.parallelFinalizers,
    Effect.map((started) => started.filter((app) => app !== null)),
  )

const lastWeight = ({ descriptors }: Household, person: string): number | null =>
  descriptors
    .filter(({ personName }) => personName === person)
    .flatMap(({ features }) => features)
    .find(({ key }) => key === "weight")?.reading?.value ?? null

/** People type names as they like: "ann" is Ann. */
const canonical = (persons: ReadonlyArray<string>, name: string): string =>
  persons.find((person) => person.toLowerCase() === name.toLowerCase()) ?? name

/** Tells what comes by other ways than this terminal's: the simulator's page, a life that goes on by itself. */
const tellOtherNews = (
  seen: Ref.Ref<Household>,
  homes: ReadonlyArray<AppName>,
  oneAtATime: Effect.Semaphore,
) =>
  Effect.gen(function* () {
    const now = yield* (yield* HouseholdFeed).current
    const news = otherNews(yield* Ref.getAndSet(seen, now), now)
    if (news.length === 0) return
    const told = yield* toldText(now.revision, homes)
    yield* Effect.forEach(news, (line) => happened(line, told))
  }).pipe(
    oneAtATime.withPermits(1),
    Effect.catchAll((error) => note(error.message)),
    Effect.schedule(Schedule.spaced("1 second")),
  )

/** Lets the household do one thing after the other, one at a time, for ever. */
const keepHappening = (
  every: number,
  happen: (happening: Happening) => Effect.Effect<unknown, { readonly message: string }>,
) =>
  every === 0
    ? Effect.never
    : Effect.gen(function* () {
        const feed = yield* HouseholdFeed
        yield* Effect.sleep("5 seconds")
        for (let round = 0; ; round += 1) {
          const household = yield* feed.current
          const happening = dayOf(generatedPersons, round, (person) => lastWeight(household, person))
          yield* Effect.catchAll(happen(happening), (error) => note(error.message))
          yield* Effect.sleep(`${every} seconds`)
        }
      })

const showTheHousehold = (
  options: DemoOptions,
  place: DemoPlace,
  persons: ReadonlyArray<string>,
  warnings: Queue.Dequeue<Warning>,
) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    yield* signInEveryone(persons, (yield* feed.current).persons)
    yield* firstHistory(persons)
    const apps = yield* startApps(place)
    if (apps.length === 0)
      return yield* new CommandError({
        code: "app-not-started",
        message: `No app could start: look into ${place.home}/logs.`,
      })
    yield* Effect.forkScoped(showWarnings(warnings))
    yield* Effect.forEach(apps, ({ app }) => Effect.forkScoped(tellWhenEnded(app)))
    const homes = apps.map(({ name }) => name).filter((name) => name !== "console")
    const codes = yield* showCodes(place, homes)

    const oneAtATime = yield* Effect.makeSemaphore(1)
    const seen = yield* Ref.make(yield* feed.current)
    const context = yield* Effect.context<HouseholdFeed>()
    const happen = (asked: Happening) => {
      const happening = { ...asked, person: canonical(persons, asked.person) }
      return watchArrivals(happening.person, homes, letHappen(place, happening)).pipe(
        Effect.map((arrivals) => ({ sentence: sentence(happening), arrivals })),
        Effect.tap(({ arrivals, sentence }) => happened(sentence, arrivalsText(arrivals))),
        Effect.tap(() => Effect.flatMap(feed.current, (household) => Ref.set(seen, household))),
        oneAtATime.withPermits(1),
        Effect.provide(context),
      )
    }
    yield* Layer.build(
      serveControl({ home: place.home, pid: process.pid }, place.settings.ports.control, happen),
    )
    yield* whatToTry(place, generatedPersons[0], options.every, codes)
    yield* Effect.addFinalizer(() => Console.log("\nStopping"))
    yield* Effect.forkScoped(tellOtherNews(seen, homes, oneAtATime))
    yield* keepHappening(options.every, happen)
  })

/** Shows what a phone scans, and answers the codes alone, for who has scrolled past. */
const showCodes = (place: DemoPlace, running: ReadonlyArray<AppName>) =>
  Effect.gen(function* () {
    const codes: Array<string> = []
    if (running.includes("homebridge")) {
      yield* Console.log(`\n${yield* homekitCode(place)}`)
      codes.push(`Apple Home ${place.settings.homekit.pin}`)
    }
    if (running.includes("matter")) {
      const pairing = yield* waitForPairing(place.home)
      yield* Console.log(`\n${matterCode(pairing, place.home)}`)
      codes.push(`Matter ${manualCode(pairing.manualPairingCode)}`)
    }
    return codes.join("   ")
  })

const refuseSecondDemo = (home: string) =>
  Effect.gen(function* () {
    const kept = yield* keptSettings(home)
    const other = kept === null ? null : yield* runningDemo(home, kept.ports.control)
    if (other !== null)
      return yield* new CommandError({
        code: "demo-running",
        message:
          `A demo runs in ${home} already (process ${other.pid}). Stop that one with Ctrl-C, ` +
          `or let something happen in it: \`${demoCommand(home, "weigh", "Ann", "72.4")}\`.`,
      })
  })

/** Everything from the first line on the screen until Ctrl-C. */
export const runDemo = (options: DemoOptions) =>
  Effect.gen(function* () {
    yield* refuseSecondDemo(options.home)
    yield* banner(options.home)
    const { notes, settings } = yield* prepareSettings(options.home, options.ports)
    yield* Effect.forEach(notes, note)
    yield* noteMissingNetwork
    yield* Effect.addFinalizer(() => Console.log("Stopped. The next start keeps pairings and history."))

    const warnings = yield* Queue.unbounded<Warning>()
    const place: DemoPlace = {
      home: options.home,
      settings,
      loopback: options.loopback,
      start: (app) =>
        startApp({
          ...app,
          logs: `${options.home}/logs`,
          onLine: (running, line, isError) => {
            if (isWarning(app.name, line, isError)) Queue.unsafeOffer(warnings, { app: running, line })
          },
        }),
    }
    const persons = yield* startSimulator(place, options.recorded)
    yield* done("Simulated Withings cloud runs", `http://127.0.0.1:${settings.ports.simulatorAdmin}`)
    const config = yield* writeDemoConfig(place, persons)
    yield* showTheHousehold(options, place, persons, warnings).pipe(
      Effect.provide(Bridge.layer(config)),
      Effect.provide(logTo(`${options.home}/logs/demo.log`)),
    )
  }).pipe(Effect.scoped)
