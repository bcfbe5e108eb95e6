import { type HouseholdChange, HouseholdFeed } from "@withings-bridge/core"
import { Cause, Effect, Fiber, HashMap, Logger, LogLevel, Schedule } from "effect"
import type { Logging } from "homebridge"
import { coreLayer, NotSetUp } from "./coreLayer.ts"
import { unknownMeasures } from "./misspelt.ts"
import { ownRules, whereRulesHoldEverywhere } from "./ownRules.ts"
import type { Settings } from "./settings.ts"

export interface Following {
  readonly settings: Settings
  /** Homebridge's storage folder. */
  readonly storagePath: string
  readonly log: Logging
  readonly onChange: (change: HouseholdChange) => void
}

/** The name under which the core keeps how far Apple Home was told. */
const consumer = "homebridge"

/** Tells which of the plugin's own rules cannot be used, and where rules hold in every home. */
const tellRules = (settings: Settings, log: Logging) => {
  const { mistakes, rules } = ownRules(settings)
  for (const { reason, setting } of [...mistakes, ...unknownMeasures(settings)])
    log.error(`The setting "${setting}" ${reason}.`)
  if (rules.length > 0) log.info(whereRulesHoldEverywhere)
}

/** Runs the core until it is stopped; what goes wrong is told once and tried again. Answers how to stop. */
export const followHousehold = (following: Following): (() => Promise<void>) => {
  tellRules(following.settings, following.log)
  const fiber = Effect.runFork(
    tellHome(following.onChange, following.storagePath).pipe(
      Effect.provide(coreLayer(following.settings, following.storagePath)),
      Effect.sandbox,
      Effect.tapError((cause) => Effect.sync(() => complain(following.log, Cause.squash(cause)))),
      Effect.retry(tryAgain),
      Effect.provide(Logger.replace(Logger.defaultLogger, toHomebridge(following.log))),
      Logger.withMinimumLogLevel(LogLevel.Debug),
      Effect.catchAllCause(() => Effect.void),
    ),
  )
  return async () => {
    await Effect.runPromise(Fiber.interrupt(fiber))
  }
}

const tryAgain = Schedule.exponential("5 seconds", 2).pipe(Schedule.union(Schedule.spaced("5 minutes")))

/** Tells every change, and once a minute where everything stands: some things change by time alone. */
export const tellHome = (onChange: (change: HouseholdChange) => void, storagePath: string) =>
  Effect.gen(function* () {
    const feed = yield* HouseholdFeed
    const tell = (change: HouseholdChange) => Effect.sync(() => onChange(change))
    const everyMinute = feed.current.pipe(
      Effect.flatMap((household) => tell({ household, measured: [], moments: [] })),
      Effect.delay("1 minute"),
      Effect.forever,
    )
    return yield* Effect.raceFirst(feed.follow(consumer, tell, { instance: storagePath }), everyMinute)
  })

const complained = new WeakMap<Logging, string>()

/** The same complaint at every try would only bury the others. */
const complain = (log: Logging, error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error)
  if (complained.get(log) === sentence) return
  complained.set(log, sentence)
  if (error instanceof NotSetUp) log.info(sentence)
  else log.error(sentence)
}

const toHomebridge = (log: Logging) =>
  Logger.make(({ annotations, logLevel, message }) => {
    const sentence = (Array.isArray(message) ? message : [message]).map(String).join(" ")
    if (LogLevel.greaterThanEqual(logLevel, LogLevel.Error)) log.error(sentence)
    else if (LogLevel.greaterThanEqual(logLevel, LogLevel.Warning)) log.warn(sentence)
    else if (HashMap.has(annotations, "trouble")) log.info(sentence)
    else log.debug(sentence)
  })
