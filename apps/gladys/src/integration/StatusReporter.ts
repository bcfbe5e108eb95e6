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
export class StatusReporter extends Context.Tag("withings-gladys/integration/StatusReporter")<
  StatusReporter,
  {
    /** Sends the status, unless Gladys has it already. */
    readonly report: Effect.Effect<void>
    /** Sends it again next time: Gladys keeps the status in memory only, until its restart. */
    readonly forget: Effect.Effect<void>
  }
>() {
  static readonly layer = Layer.effect(
    StatusReporter,
    Effect.gen(function* () {
      const host = yield* HostApi
      const context = yield* Effect.context<Needs>()
      const last = yield* Ref.make("")
      const oneAtATime = yield* Effect.makeSemaphore(1)
      return {
        report: Effect.gen(function* () {
          const status = connectionStatus(yield* circumstances)
          const text = JSON.stringify(status)
          if ((yield* Ref.getAndSet(last, text)) !== text) yield* host.connectionStatus(status)
        }).pipe(
          // Sent again next time.
          Effect.catchAll((error) => Effect.zipRight(Ref.set(last, ""), Effect.logInfo(error.message))),
          Effect.provide(context),
          // An older status must not overtake a newer one.
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
