import { dataSource } from "@withings-bridge/core"
import { Context, Effect, Layer, Ref } from "effect"
import { askCore, household } from "../askCore.ts"
import { BridgeHost } from "../BridgeHost.ts"
import { Refresh } from "../Refresh.ts"
import { type Circumstances, connectionStatus } from "./connectionStatus.ts"
import { unready } from "./discover.ts"
import { HistoryImport } from "./HistoryImport.ts"
import { HostApi } from "./HostApi.ts"
import { Settings } from "./Settings.ts"
import { LastRefusal } from "./signInRefusal.ts"
import { webhookStanding } from "./webhooks.ts"

/** Keeps the status on Gladys' configuration page right. */
export class StatusTeller extends Context.Tag("withings-gladys/integration/StatusTeller")<
  StatusTeller,
  {
    /** Tells where everything stands, unless Gladys was told the same before. */
    readonly tell: Effect.Effect<void>
    /** Gladys keeps the status in memory only: after its restart it has to be told again. */
    readonly forget: Effect.Effect<void>
  }
>() {
  static readonly layer = Layer.effect(
    StatusTeller,
    Effect.gen(function* () {
      const host = yield* HostApi
      const context = yield* Effect.context<Needs>()
      const last = yield* Ref.make("")
      const oneAtATime = yield* Effect.makeSemaphore(1)
      return {
        tell: Effect.gen(function* () {
          const status = connectionStatus(yield* circumstances)
          const text = JSON.stringify(status)
          if ((yield* Ref.getAndSet(last, text)) !== text) yield* host.connectionStatus(status)
        }).pipe(
          // Told again at the next occasion.
          Effect.catchAll((error) => Effect.zipRight(Ref.set(last, ""), Effect.logInfo(error.message))),
          Effect.provide(context),
          // What was looked at first must not be told last.
          oneAtATime.withPermits(1),
        ),
        forget: Ref.set(last, ""),
      }
    }),
  )
}

type Needs = BridgeHost | HistoryImport | LastRefusal | Settings

const circumstances = Effect.gen(function* () {
  const credentials = yield* (yield* BridgeHost).credentials
  const { persons } = yield* (yield* Settings).get
  return {
    configured: dataSource(credentials) !== null,
    household: yield* household,
    wanted: persons,
    refusal: yield* (yield* LastRefusal).get,
    unready: yield* unready,
    historyShare: yield* askCore(Refresh, (sync) => sync.historyShare),
    progress: yield* (yield* HistoryImport).progress,
    webhooks: yield* webhookStanding,
  } satisfies Circumstances
})
