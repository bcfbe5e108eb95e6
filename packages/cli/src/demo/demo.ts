import process from "node:process"
import { Bridge, HouseholdFeed, type BridgeConfig, type Home, type Household } from "@withings-bridge/core"
import { Console, Deferred, Effect, Layer, Queue, Ref, Schedule } from "effect"
import { startApp } from "../app/AppProcess.ts"
import { manualCode } from "../app/matterCode.ts"
import { runnable } from "../app/parts.ts"
import { lastWords } from "../app/ready.ts"
import { CommandError } from "../CommandError.ts"
import { knownName } from "../command/personNamed.ts"
import { makeLiveLines } from "../terminal/LiveLines.ts"
import { arrivalsText, shownText, watchArrivals, type Running } from "./arrivals.ts"
import { demoCommand } from "./calledAs.ts"
import { homekitCode, pairingCode } from "./codes.ts"
import { serveControl } from "./Control.ts"
import { controlPort, runningDemo } from "./controlClient.ts"
import { generatedPersons, writeDemoConfig } from "./demoConfig.ts"
import { demoLog, type Warning } from "./demoLog.ts"
import { portOf, releasePorts, type DemoPlace } from "./DemoPlace.ts"
import { keptSettings, prepareSettings } from "./DemoSettings.ts"
import { dayOf, sentence, type Happening } from "./Happening.ts"
import { otherNews } from "./otherNews.ts"
import { showWarnings } from "./showWarnings.ts"
import { signInEveryone } from "./signInEveryone.ts"
import { letHappen, startSimulator } from "./simulator.ts"
import { startHomebridge } from "./startHomebridge.ts"
import { startParts, type StartedPart } from "./startParts.ts"
import { banner, done, happened, note, noteMissingNetwork, whatToTry } from "./story.ts"
import { firstHistory, todaysValues } from "./todaysValues.ts"

export interface DemoOptions {
  /** Absolute path. */
  readonly home: string
  readonly homes: ReadonlyArray<Home>
  /** Folder of recorded answers, shown as one more person. */
  readonly recorded: string | null
  readonly loopback: boolean
  /** Seconds between two happenings; 0: none. */
  readonly every: number
  /** Requested ports by purpose. */
  readonly ports: Readonly<Record<string, number>>
}

/** Whether Homebridge came up; the other homes go on without it. */
const startsHomebridge = (place: DemoPlace) =>
  Effect.gen(function* () {
    const app = yield* startHomebridge(place)
    yield* done(`${app.title} runs`, "its code is below")
    yield* Deferred.await(app.ended).pipe(
      Effect.flatMap((how) =>
        note(
          `${app.title} ended (${how}); the others go on. Its last lines, from ${app.log}:\n${lastWords(app)}`,
        ),
      ),
      Effect.forkScoped,
    )
    return true
  }).pipe(Effect.catchAll((error) => Effect.as(note(error.message), false)))

const lastWeight = ({ descriptors }: Household, person: string): number | null =>
  descriptors
    .filter(({ personName }) => personName === person)
    .flatMap(({ features }) => features)
    .find(({ key }) => key === "weight")?.reading?.value ?? null

/** Prints what did not happen by command: from the simulator's page, or because the household lives on. */
const showOtherNews = (
  seen: Ref.Ref<Household>,
  homes: ReadonlyArray<Running>,
  oneAtATime: Effect.Semaphore,
) =>
  Effect.gen(function* () {
    const now = yield* (yield* HouseholdFeed).current
    const news = otherNews(yield* Ref.getAndSet(seen, now), now)
    if (news.length === 0) return
    const where = yield* shownText(now.revision, homes)
    yield* Effect.forEach(news, (line) => happened(line, where))
  }).pipe(
    oneAtATime.withPermits(1),
    Effect.catchAll((error) => note(error.message)),
    Effect.schedule(Schedule.spaced("1 second")),
  )

/** Lets one thing after another happen, for ever. */
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

/** Shows the codes to scan; returns them as one line, to be repeated further down. */
const showCodes = (place: DemoPlace, parts: ReadonlyArray<StartedPart>, hasHomebridge: boolean) =>
  Effect.gen(function* () {
    const codes: Array<string> = []
    if (hasHomebridge) {
      yield* Console.log(`\n${yield* homekitCode(place)}`)
      codes.push(`Apple Home ${place.settings.homekit.pin}`)
    }
    for (const { access, title } of parts) {
      if (access.pairing === undefined) continue
      yield* Console.log(`\n${pairingCode(title, access.pairing, place.home)}`)
      codes.push(`${title} ${manualCode(access.pairing.code)}`)
    }
    return codes.join("   ")
  })

/** Starts all homes at once. Fails when none came up. */
const startHomes = (place: DemoPlace, config: BridgeConfig) =>
  Effect.gen(function* () {
    const [parts, hasHomebridge] = yield* Effect.all([startParts(place, config), startsHomebridge(place)], {
      concurrency: 2,
    })
    if (parts.length === 0 && !hasHomebridge)
      return yield* new CommandError("app-not-started", `No home could start: see ${place.home}/logs.`)
    return { parts, hasHomebridge }
  })

/** Functions that let something happen and print when each home showed it, one thing at a time. */
const happenings = (place: DemoPlace, persons: ReadonlyArray<string>, homes: ReadonlyArray<Running>) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const oneAtATime = yield* Effect.makeSemaphore(1)
    const seen = yield* Ref.make(yield* feed.current)
    const markSeen = Effect.flatMap(feed.current, (household) => Ref.set(seen, household))
    const happen = (asked: Happening) => {
      const happening = { ...asked, person: knownName(persons, asked.person) }
      return watchArrivals(happening.person, homes, letHappen(place, happening)).pipe(
        Effect.map((arrivals) => ({ sentence: sentence(happening), arrivals })),
        Effect.tap(({ arrivals, sentence }) => happened(sentence, arrivalsText(arrivals, homes))),
        Effect.tap(() => markSeen),
        oneAtATime.withPermits(1),
        Effect.provideService(HouseholdFeed, feed),
      )
    }
    return { happen, showOtherNews: Effect.zipRight(markSeen, showOtherNews(seen, homes, oneAtATime)) }
  })

interface Shown {
  readonly options: DemoOptions
  readonly place: DemoPlace
  readonly persons: ReadonlyArray<string>
  readonly config: BridgeConfig
}

const showTheHousehold = ({ config, options, persons, place }: Shown) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    yield* signInEveryone(persons, (yield* feed.current).persons)
    yield* todaysValues(persons)
    const { hasHomebridge, parts } = yield* startHomes(place, config)
    const running = options.homes.filter(({ name }) =>
      name === "homebridge" ? hasHomebridge : parts.some((part) => part.name === name),
    )
    const codes = yield* showCodes(place, parts, hasHomebridge)
    const lines = yield* makeLiveLines
    yield* Effect.gen(function* () {
      const { happen, showOtherNews } = yield* happenings(place, persons, running)
      yield* releasePorts(place, "control")
      yield* Layer.build(
        serveControl({ home: place.home, pid: process.pid }, portOf(place, "control"), happen),
      )
      yield* whatToTry(place, { parts, person: generatedPersons[0], every: options.every, codes })
      yield* Effect.addFinalizer(() => Console.log("\nStopping"))
      yield* firstHistory(persons, lines)
      yield* Effect.forkScoped(showOtherNews)
      yield* keepHappening(options.every, happen)
    }).pipe(lines.above)
  })

const refuseSecondDemo = (home: string) =>
  Effect.gen(function* () {
    const kept = yield* keptSettings(home)
    const other = kept === null ? null : yield* runningDemo(home, controlPort(kept))
    if (other !== null)
      return yield* new CommandError(
        "demo-running",
        `A demo runs in ${home} already (process ${other.pid}). Stop that one with Ctrl-C, ` +
          `or make something happen in it: \`${demoCommand(home, "weigh", "Ann", "94.6")}\`.`,
      )
  })

/** Runs the demo until Ctrl-C. */
export const runDemo = (options: DemoOptions) =>
  Effect.gen(function* () {
    yield* refuseSecondDemo(options.home)
    const parts = runnable(options.homes)
    yield* banner(
      options.home,
      parts.map(({ title }) => title),
    )
    const { notes, reserved, settings } = yield* prepareSettings(options.home, parts, options.ports)
    yield* Effect.forEach(notes, note)
    yield* noteMissingNetwork
    yield* Effect.addFinalizer(() => Console.log("Stopped. The next start keeps pairings and history."))

    const logs = `${options.home}/logs`
    const warnings = yield* Queue.unbounded<Warning>()
    yield* Effect.forkScoped(showWarnings(warnings, logs))
    const warn = (warning: Warning) => void Queue.unsafeOffer(warnings, warning)
    const place: DemoPlace = {
      home: options.home,
      settings,
      reserved,
      parts,
      loopback: options.loopback,
      // Homebridge writes warnings to standard error.
      start: (app) => startApp({ ...app, logs, onError: (text) => warn({ title: app.title, text }) }),
    }
    const persons = yield* startSimulator(place, options.recorded)
    yield* done("Simulated Withings cloud runs", `http://127.0.0.1:${portOf(place, "simulatorAdmin")}`)
    const config = yield* writeDemoConfig(place, persons)
    yield* releasePorts(place, "webhook")
    const titles = new Map(parts.map(({ name, title }) => [name, title]))
    yield* showTheHousehold({ options, place, persons, config }).pipe(
      // Stop the homes before the store that they read.
      Effect.scoped,
      Effect.provide(Bridge.layer(config)),
      Effect.provide(demoLog(`${logs}/demo.log`, titles, warn)),
    )
  }).pipe(Effect.scoped)
