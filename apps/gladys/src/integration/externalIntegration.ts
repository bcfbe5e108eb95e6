import { Socket } from "@effect/platform"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { HouseholdFeed } from "@withings-bridge/core"
import { Effect, Layer, Ref, Schedule } from "effect"
import { BridgeHost, type CoreLayer, type Credentials } from "../BridgeHost.ts"
import type { IntegrationConfig } from "../GladysConfig.ts"
import { applyConfig, carryOut } from "./commands.ts"
import { HistoryImport } from "./HistoryImport.ts"
import { HostApi } from "./HostApi.ts"
import { keepConnected } from "./HostSocket.ts"
import { statusMessage } from "./messages.ts"
import { Publisher } from "./Publisher.ts"
import { Settings } from "./Settings.ts"
import { gladysBudget, type StateBudget, StateSender } from "./StateSender.ts"
import { ToldLedger } from "./ToldLedger.ts"
import { relayedWebhook, webhookStanding } from "./webhooks.ts"

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
      HistoryImport.layer(budget).pipe(
        Layer.provideMerge(Publisher.layer),
        Layer.provideMerge(StateSender.layer(budget)),
        Layer.provideMerge(ToldLedger.layer),
        Layer.provideMerge(Settings.layer(config.selector)),
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
    const ledger = yield* ToldLedger
    const known = yield* Effect.makeLatch(false)
    const inTurn = yield* Effect.makeSemaphore(1)
    const lastStatus = yield* Ref.make("")
    const lastDevices = yield* Ref.make("")

    const household = Effect.orDie(bridge.use(Effect.flatMap(HouseholdFeed, (feed) => feed.current)))

    /** Gladys keeps the status in memory only, and shows every change at once. */
    const tellStatus = Effect.gen(function* () {
      const { clientId } = yield* bridge.credentials
      const status = statusMessage(
        clientId !== "",
        yield* household,
        yield* history.progress,
        yield* webhookStanding,
      )
      const text = JSON.stringify(status)
      if ((yield* Ref.getAndSet(lastStatus, text)) !== text) yield* host.connectionStatus(status)
    }).pipe(
      Effect.catchAll((error) => Effect.logWarning(error.message)),
      Effect.provideService(BridgeHost, bridge),
    )

    /** Nothing is queued for who is away: everything is told again at each connection. */
    const resync = Effect.gen(function* () {
      const values = yield* host.config
      yield* ledger.load(values)
      yield* applyConfig(values, { relayedWebhook: yield* relayedWebhook })
      yield* publisher.setCreated(yield* host.createdDevices)
      yield* Ref.set(lastStatus, "")
      yield* tellStatus
      yield* publisher.discover
      yield* known.open
      yield* publisher.publishCurrent
      yield* history.wake
    }).pipe(
      Effect.tapError((error) => Effect.logWarning(error.message)),
      Effect.retry(Schedule.spaced("5 seconds")),
      Effect.orDie,
    )

    yield* bridge
      .follow(({ household, measured }) =>
        Effect.gen(function* () {
          yield* known.await
          const devices = household.descriptors.map(({ id, features }) => `${id}:${features.length}`).join()
          if ((yield* Ref.getAndSet(lastDevices, devices)) !== devices) yield* publisher.discover
          yield* publisher.publish(household, measured)
          yield* tellStatus
          yield* history.wake
        }),
      )
      .pipe(Effect.forkScoped)
    yield* Effect.forkScoped(known.await.pipe(Effect.zipRight(history.run(tellStatus))))
    yield* keepConnected(
      config,
      () => inTurn.withPermits(1)(resync),
      (message, send) => {
        const command = carryOut(message, send, tellStatus)
        return oneAfterTheOther.has(message.type) ? inTurn.withPermits(1)(command) : command
      },
    )
  }).pipe(Effect.scoped)

/**
 * Mixed with a resync, these would be overwritten by what Gladys answered just before; and who presses Connect right
 * after Save means the credentials just saved.
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
