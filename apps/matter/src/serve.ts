import { type Household, type HouseholdChange, HouseholdFeed } from "@withings-bridge/core"
import { Clock, Duration, Effect, Ref, Runtime, Schedule } from "effect"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { serveControl } from "./control.ts"
import { MatterFailure, matterFailure } from "./MatterFailure.ts"
import { nodeId } from "./BridgeServer.ts"
import { MatterNode } from "./MatterNode.ts"
import { type Pairing, tellPairing } from "./pairing.ts"
import type { Settings } from "./settings.ts"
import { aboutStrangers } from "./strangers.ts"
import { keepDamagedAside } from "./storedNode.ts"
import { tellChange } from "./tellChange.ts"
import { toMatter } from "./toMatter.ts"
import { tryNetwork } from "./tryNetwork.ts"

const oldContacts =
  "`contacts` under `matter` in config.yaml still hold, now in every home. Write them under `rules` instead, like " +
  "{name: Heavy, person: Ann, when: above, measure: weight, value: 75}: see docs/rules.md."

const oldBedUnknown =
  "`bed_unknown` under `matter` in config.yaml still holds, now in every home. Write it under `withings` instead: see " +
  "docs/settings.md#beds."

/** How often staleness and "no measure for N days" are looked at again when nothing else happens. */
const reviewEvery = Duration.minutes(1)

/** The Matter bridge, from its first endpoint until it is interrupted. */
export const serve = (
  settings: Settings,
  tell: (pairing: Pairing) => Effect.Effect<void> = () => Effect.void,
) =>
  Effect.gen(function* () {
    const folder = join(settings.home, "matter")
    const matter = <A>(act: () => Promise<A>) =>
      Effect.tryPromise({ try: act, catch: matterFailure({ ...settings, folder }) })
    const plan = (household: Household) => toMatter(household, settings.choices)

    yield* prepare(folder)
    if (settings.hasOldContacts) yield* Effect.logWarning(oldContacts)
    if (settings.hasOldBedUnknown) yield* Effect.logWarning(oldBedUnknown)
    const troubles = yield* matter(() => tryNetwork(settings.interface, settings.ipv4))
    for (const trouble of troubles) yield* Effect.logWarning(trouble)
    const feed = yield* HouseholdFeed
    const first = plan(yield* feed.current)
    const node = yield* Effect.acquireRelease(
      matter(() => MatterNode.create(folder, settings, first)),
      (node) => Effect.promise(() => node.close()),
    )
    // Withings may have answered meanwhile: what the node shows now is in its first report to controllers.
    const known = yield* feed.current
    yield* matter(() => node.show(plan(known)))
    // Silence matter.js while it shuts down, so that our one-line error stays visible.
    yield* matter(() => node.start()).pipe(Effect.tapError(() => Effect.sync(() => node.hush())))
    yield* Effect.acquireRelease(
      matter(() => serveControl(folder, node, settings.port)),
      (server) => Effect.sync(() => server.close()),
    )

    const fork = Runtime.runFork(yield* Effect.runtime())
    const pairing = () => tell(tellPairing(folder, node, settings.port))
    node.onPairingChanged(() => void fork(pairing()))
    yield* Effect.suspend(pairing)

    // The feed and the review both bring the node to a plan: one at a time.
    const alone = (yield* Effect.makeSemaphore(1)).withPermits(1)
    const warned = yield* Ref.make(false)
    const show = (household: Household) =>
      Effect.zipRight(
        warnOfStrangers(settings, household, warned),
        matter(() => node.show(plan(household))),
      )
    yield* Effect.flatMap(feed.current, show).pipe(
      alone,
      Effect.catchAll((error) => Effect.logWarning(error.message)),
      Effect.schedule(Schedule.spaced(reviewEvery)),
      Effect.forkScoped,
    )
    const isYoungFor =
      settings.announceWithin === null ? {} : { announceWithin: settings.announceWithin * 60 }
    const press = (id: string) => matter(() => node.press(id))
    const tellHome = (change: HouseholdChange) => alone(tellChange(change, { press, show }))
    // Without a node nobody gets an answer: end, so that whoever runs this starts it again.
    return yield* Effect.raceFirst(
      feed.follow("matter", tellHome, isYoungFor),
      matter(() => node.failed),
    )
  }).pipe(Effect.scoped)

/** Once: not before someone has signed in, since until then the household knows nobody. */
const warnOfStrangers = (
  { choices }: Settings,
  { persons }: Household,
  warned: Ref.Ref<boolean>,
): Effect.Effect<void> =>
  Effect.gen(function* () {
    if (persons.length === 0 || (yield* Ref.getAndSet(warned, true))) return
    const text = aboutStrangers(choices, persons)
    if (text !== null) yield* Effect.logWarning(text)
  })

const prepare = (folder: string) =>
  Effect.gen(function* () {
    const stamp = new Date(yield* Clock.currentTimeMillis).toISOString().replaceAll(/[:.]/g, "-")
    const aside = yield* Effect.try({
      try: () => {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        return keepDamagedAside(folder, nodeId, stamp)
      },
      catch: (cause) =>
        new MatterFailure({
          message: `The folder ${folder} cannot be made or read: ${String(cause)}`,
          cause,
        }),
    })
    for (const file of aside)
      yield* Effect.logWarning(
        `A file of Matter's storage was damaged and is kept as ${file}. If controllers do not find the bridge any ` +
          "more, bring the matter folder back from a backup, or pair them again.",
      )
  })
