import { type HouseholdChange, HouseholdFeed, messageText, moments } from "@withings-bridge/core"
import { Cause, Effect, Fiber, HashMap, Logger, LogLevel, Schedule } from "effect"
import type { API, Logging } from "homebridge"
import type { Shown } from "./accessory.ts"
import { accessoryUuid, applyPlan } from "./applyPlan.ts"
import { pressButton } from "./applyService.ts"
import { coreLayer, NotSetUp } from "./coreLayer.ts"
import { Journal } from "./Journal.ts"
import { mistakeText, readSettings, type Settings, strangers } from "./settings.ts"
import { mayBeRemoved, toHomeKit } from "./toHomeKit.ts"

export interface Platform {
  readonly api: API
  readonly log: Logging
  /** The platform's block, as the user has written it. */
  readonly config: unknown
  /** The accessories that Homebridge knows, by UUID. Is kept up to date. */
  readonly shown: Map<string, Shown>
}

/** Under this name the core remembers which changes Apple Home has. */
const consumer = "homebridge"

const whereRulesHoldEverywhere =
  'Rules of this plugin are shown in Apple Home alone. Written in the same words under "rules:" in config.yaml, ' +
  "they are shown in every home: see docs/rules.md."

/** Runs the core until the returned function is called. A failure is logged once and tried again. */
export const followHousehold = (platform: Platform): (() => Promise<void>) => {
  const { api, config, log } = platform
  const { mistakes, settings } = readSettings(config)
  for (const mistake of mistakes) log.error(mistakeText(mistake))
  if (settings.rules.length > 0) log.info(whereRulesHoldEverywhere)
  const storagePath = api.user.storagePath()
  const show = showing(platform, settings)
  const complain = complaining(log)
  const fiber = Effect.runFork(
    HouseholdFeed.pipe(
      Effect.flatMap((feed) =>
        feed.follow(consumer, (change) => Effect.sync(() => show(change)), { instance: storagePath }),
      ),
      Effect.provide(coreLayer(settings, storagePath)),
      Effect.sandbox,
      Effect.tapError((cause) => Effect.sync(() => complain(Cause.squash(cause)))),
      Effect.retry(tryAgain),
      Effect.provide(Logger.replace(Logger.defaultLogger, toHomebridge(log))),
      Logger.withMinimumLogLevel(LogLevel.Debug),
      Effect.catchAllCause(() => Effect.void),
    ),
  )
  return async () => {
    await Effect.runPromise(Fiber.interrupt(fiber))
  }
}

const tryAgain = Schedule.exponential("5 seconds", 2).pipe(Schedule.union(Schedule.spaced("5 minutes")))

/** Brings Homebridge's accessories to each change of the household. */
const showing = ({ api, log, shown }: Platform, settings: Settings) => {
  const journal = new Journal(log)
  // An empty store at the start does not mean that someone was removed.
  let hadPersons = false
  return ({ household, moments: happened }: HouseholdChange) => {
    const plans = toHomeKit(household, settings)
    const changes = applyPlan(api, shown, plans, (accessory) =>
      mayBeRemoved(household, settings, accessory, hadPersons),
    )
    hadPersons ||= household.persons.length > 0
    journal.record(household, plans, changes)
    const names = household.persons.map(({ name }) => name)
    // The core reports rules for unknown persons.
    journal.warnOnce(strangers({ ...settings, rules: [] }, [...names, ...settings.people]))
    for (const { descriptorId, kind } of happened) {
      const accessory = shown.get(accessoryUuid(api, descriptorId))
      if (accessory !== undefined && pressButton(api, accessory, moments[kind].button))
        log.debug(`${accessory.displayName}: ${kind}`)
    }
  }
}

/** Does not log the same failure at every try. */
const complaining = (log: Logging) => {
  let last = ""
  return (error: unknown) => {
    const sentence = error instanceof Error ? error.message : String(error)
    if (sentence === last) return
    last = sentence
    if (error instanceof NotSetUp) log.info(sentence)
    else log.error(sentence)
  }
}

const toHomebridge = (log: Logging) =>
  Logger.make(({ annotations, logLevel, message }) => {
    const sentence = messageText(message)
    if (LogLevel.greaterThanEqual(logLevel, LogLevel.Error)) log.error(sentence)
    else if (LogLevel.greaterThanEqual(logLevel, LogLevel.Warning)) log.warn(sentence)
    else if (HashMap.has(annotations, "trouble")) log.info(sentence)
    else log.debug(sentence)
  })
