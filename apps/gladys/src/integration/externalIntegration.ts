import { Socket } from "@effect/platform"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type { Household, HouseholdChange } from "@withings-bridge/core"
import { Effect, Layer, Ref, Schedule } from "effect"
import { household } from "../askCore.ts"
import { BridgeHost, type CoreLayer, type Credentials } from "../BridgeHost.ts"
import type { IntegrationConfig } from "../GladysConfig.ts"
import { applyConfig, carryOut, type Needs, reachOf } from "./commands.ts"
import { createdPairings, CreatedFeatures } from "./CreatedFeatures.ts"
import { discover, unready } from "./discover.ts"
import { HistoryImport } from "./HistoryImport.ts"
import { HostApi } from "./HostApi.ts"
import { keepConnected } from "./HostSocket.ts"
import { Publisher, publishCurrent } from "./Publisher.ts"
import { sceneEvents } from "./sceneEvents.ts"
import { Settings } from "./Settings.ts"
import { LastRefusal } from "./signInRefusal.ts"
import { gladysBudget, type StateBudget, StateSender } from "./StateSender.ts"
import { StatusReporter } from "./StatusReporter.ts"
import { SentLedger } from "./SentLedger.ts"
import { relayedWebhook } from "./webhooks.ts"

/**
 * The app as an external integration of Gladys: no port, one websocket for Gladys' commands, its host API for all
 * else. Runs until Gladys refuses its token.
 */
export const externalIntegration = (
  config: IntegrationConfig,
  core: CoreLayer,
  credentials: Credentials,
  budget: StateBudget = gladysBudget,
) =>
  live(config).pipe(
    Effect.provide(
      StatusReporter.layer.pipe(
        Layer.provideMerge(Layer.merge(HistoryImport.layer(budget), Publisher.layer)),
        Layer.provideMerge(CreatedFeatures.layer),
        Layer.provideMerge(StateSender.layer(budget)),
        Layer.provideMerge(SentLedger.layer),
        Layer.provideMerge(Layer.merge(Settings.layer(config.selector), LastRefusal.layer)),
        Layer.provideMerge(HostApi.layer(config)),
        Layer.provideMerge(BridgeHost.layer(core, credentials)),
        Layer.provide(FetchHttpClient.layer),
        Layer.provideMerge(Socket.layerWebSocketConstructorGlobal),
      ),
    ),
  )

const live = (config: IntegrationConfig) =>
  Effect.gen(function* () {
    const host = yield* HostApi
    const bridge = yield* BridgeHost
    const publisher = yield* Publisher
    const history = yield* HistoryImport
    const startScenes = yield* sceneEvents
    const status = yield* StatusReporter
    const known = yield* Effect.makeLatch(false)
    const inTurn = yield* Effect.makeSemaphore(1)
    const lastOffer = yield* Ref.make("")

    /** Offers the devices again when they or their features have changed. */
    const offer = (household: Household) =>
      Effect.gen(function* () {
        const waiting = yield* unready
        const now = offerOf(household, waiting)
        if ((yield* Ref.getAndSet(lastOffer, now)) !== now) yield* discover
        return waiting
      })

    const sendChange = ({ household, measured, moments }: HouseholdChange) =>
      Effect.zipRight(
        // First, and uninterrupted even while the integration stops: core announces each moment only once.
        startScenes(household, moments),
        Effect.gen(function* () {
          yield* offer(household)
          yield* publisher.publish(household, measured)
          yield* status.report
          yield* history.wake
        }).pipe(Effect.interruptible),
      )
    yield* Effect.forkScoped(known.await.pipe(Effect.zipRight(bridge.follow(sendChange))))
    yield* Effect.forkScoped(known.await.pipe(Effect.zipRight(history.run(status.report))))
    yield* Effect.forkScoped(known.await.pipe(Effect.zipRight(keepCurrent(offer))))
    const session = resync.pipe(Effect.zipRight(known.open), Effect.zipRight(catchUp))
    yield* Effect.raceFirst(
      host.tokenRefused,
      keepConnected<Needs | StatusReporter | SentLedger>(
        config,
        () => inTurn.withPermits(1)(persistently(session)),
        (message, send) => {
          const command = carryOut(message, send, status.report)
          return oneAfterTheOther.has(message.type) ? inTurn.withPermits(1)(command) : command
        },
      ),
    )
  }).pipe(Effect.scoped)

const offerOf = ({ descriptors }: Household, unready: ReadonlySet<string>): string =>
  JSON.stringify([descriptors.map(({ id, name, features }) => [id, name, features.length]), [...unready]])

/** Gladys queues nothing for a client that is away: send everything again at each connection. */
const resync = Effect.gen(function* () {
  const host = yield* HostApi
  const status = yield* StatusReporter
  const values = yield* host.config
  yield* (yield* SentLedger).load(values)
  yield* applyConfig(values, { relayedWebhook: yield* relayedWebhook })
  yield* (yield* CreatedFeatures).set(yield* host.createdDevices)
  yield* status.forget
  yield* status.report
  yield* discover
})

/** Sends what Gladys missed: values, and the past of devices that were added meanwhile. */
const catchUp = Effect.gen(function* () {
  const history = yield* HistoryImport
  yield* publishCurrent
  const { historyDays } = yield* (yield* Settings).get
  if ((yield* createdPairings).length > 0) yield* history.want(reachOf(historyDays))
  yield* history.wake
})

const persistently = <A, E extends { readonly message: string }, R>(effect: Effect.Effect<A, E, R>) =>
  effect.pipe(
    Effect.tapError((error) => Effect.logWarning(error.message)),
    Effect.retry(Schedule.spaced("5 seconds")),
    Effect.ignore,
  )

/** Updates what changes with time alone: a refusal expires, first values turn out to be none. */
const keepCurrent = <E extends { readonly message: string }, R>(
  offer: (household: Household) => Effect.Effect<ReadonlySet<string>, E, R>,
) =>
  Effect.gen(function* () {
    const status = yield* StatusReporter
    const waiting = yield* Effect.flatMap(household, offer)
    yield* status.report
    yield* Effect.sleep(waiting.size > 0 ? "3 seconds" : "1 minute")
  }).pipe(
    Effect.catchAll((error) => Effect.zipRight(Effect.logWarning(error.message), Effect.sleep("1 minute"))),
    Effect.forever,
  )

/**
 * Commands that wait for a resync, which would overwrite them with Gladys' earlier answer. Connect right after Save means
 * the credentials just saved.
 */
const oneAfterTheOther = new Set(
  [
    "device-created",
    "device-updated",
    "device-deleted",
    "config-updated",
    "webhook-updated",
    "oauth.get-authorize-url",
  ].map((type) => `external-integration.${type}`),
)
