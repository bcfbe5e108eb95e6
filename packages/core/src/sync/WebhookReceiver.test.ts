import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Scope } from "effect"
import { freePort } from "../../test/freePort.ts"
import { layerWith, matOf } from "../../test/hearing.ts"
import { signedIn } from "../../test/signedIn.ts"
import { HouseholdStore } from "../store/HouseholdStore.ts"
import { PersonStore } from "../withings/account/PersonStore.ts"
import { webhookUrl } from "../withings/account/webhookUrl.ts"
import { listen } from "./WebhookReceiver.ts"

const secret = "secret"

it.live("stores what it has answered before it ends, since Withings tells it once", () =>
  Effect.gen(function* () {
    const household = yield* HouseholdStore
    const { id } = yield* (yield* PersonStore).keep(signedIn("7", "Ann"))
    yield* household.keepDevices(id, [matOf(id)])
    const port = yield* Effect.promise(freePort)
    const listening = yield* Scope.make()
    yield* Scope.extend(listen({ host: "127.0.0.1", port, secret }), listening)

    const [taken, free] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
    const sql = yield* SqlClient.SqlClient
    const busy = yield* Effect.fork(
      sql.withTransaction(Effect.zipRight(Deferred.succeed(taken, undefined), Deferred.await(free))),
    )
    yield* Deferred.await(taken)
    const bed = { userid: "7", appli: "50", deviceid: "mat", date: String(Math.floor(Date.now() / 1000)) }
    const { status } = yield* Effect.promise(() =>
      fetch(webhookUrl(`http://127.0.0.1:${port}`, secret), {
        method: "POST",
        body: new URLSearchParams(bed),
      }),
    )
    assert.strictEqual(status, 200)
    const ended = yield* Effect.fork(Scope.close(listening, Exit.void))
    // Long enough for what is interrupted to be gone.
    yield* Effect.sleep("100 millis")
    yield* Deferred.succeed(free, undefined)
    yield* Effect.all([Fiber.join(busy), Fiber.join(ended)])
    assert.strictEqual((yield* household.presences).length, 1)
  }).pipe(Effect.provide(layerWith(() => Effect.succeed([])))),
)
