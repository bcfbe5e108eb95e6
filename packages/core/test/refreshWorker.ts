import { Effect, Layer, Logger, LogLevel, Runtime } from "effect"
import { BridgeConfig } from "../src/BridgeConfig.ts"
import { PersonId } from "../src/measure/Person.ts"
import { ChangeFeed } from "../src/store/ChangeFeed.ts"
import * as Database from "../src/store/Database.ts"
import { Lease } from "../src/store/Lease.ts"
import { AccessToken } from "../src/withings/account/AccessToken.ts"
import { PersonStore } from "../src/withings/account/PersonStore.ts"
import { RequestBudget } from "../src/withings/client/RequestBudget.ts"
import { TokenSeal } from "../src/withings/account/TokenSeal.ts"
import { TokenStore } from "../src/withings/account/TokenStore.ts"
import { WithingsApi } from "../src/withings/client/WithingsApi.ts"
import { WithingsHttp } from "../src/withings/client/WithingsHttp.ts"
import { WithingsOAuth } from "../src/withings/account/WithingsOAuth.ts"
import { configFor } from "./withingsLayer.ts"

/**
 * One of several processes that share a home. For each line "<person id>" of its input it replaces that person's token
 * as if Withings had refused it, uses the new one, and writes "» ok" or the error.
 */
const [home = "", url = ""] = process.argv.slice(2)

/** A thousand refreshes within a test need more requests than Withings allows. */
const boundless = Layer.succeed(RequestBudget, { spend: () => Effect.void, pause: () => Effect.succeed(0) })

const layer = WithingsApi.layer.pipe(
  Layer.provideMerge(AccessToken.layer),
  Layer.provide(WithingsOAuth.layer),
  Layer.provide(WithingsHttp.layer),
  Layer.provide(boundless),
  Layer.provide(TokenStore.layer),
  Layer.provide(TokenSeal.layer),
  Layer.provide(PersonStore.layer),
  Layer.provide(Lease.layer),
  Layer.provide(ChangeFeed.layerFolder(home)),
  Layer.provide(Database.layerSqlite(`${home}/bridge.db`)),
  Layer.provide(BridgeConfig.layer(configFor(url, { home }))),
)

const replace = (personId: PersonId) =>
  Effect.gen(function* () {
    const tokens = yield* AccessToken
    const api = yield* WithingsApi
    yield* tokens.instead(personId, yield* tokens.get(personId))
    yield* api.goals(personId)
    return "ok"
  }).pipe(Effect.catchAll((error) => Effect.succeed(`${error._tag}: ${error.message}`)))

const lines = async function* () {
  let rest = ""
  for await (const chunk of process.stdin) {
    const parts = (rest + String(chunk)).split("\n")
    rest = parts.pop() ?? ""
    yield* parts
  }
}

const work = Effect.gen(function* () {
  const runtime = yield* Effect.runtime<AccessToken | WithingsApi>()
  process.stdout.write("» ready\n")
  yield* Effect.promise(async () => {
    for await (const personId of lines())
      process.stdout.write(`» ${await Runtime.runPromise(runtime)(replace(PersonId(personId)))}\n`)
  })
})

await Effect.runPromise(work.pipe(Effect.provide(layer), Logger.withMinimumLogLevel(LogLevel.All)))
