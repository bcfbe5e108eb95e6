import { HouseholdKey, HubRefusal, layerAnswers } from "@withings-bridge/core/hub"
import { Effect, Layer } from "effect"
import type { SqlClient } from "@effect/sql"
import { count } from "../counters.ts"
import { HouseholdCores } from "../HouseholdCores.ts"
import { noteAccess } from "../store/householdAccess.ts"
import { householdOfKey } from "../store/householdKeys.ts"

const bearer = (authorization: string | undefined): string =>
  /^Bearer (?<key>\S+)$/u.exec(authorization ?? "")?.groups?.["key"] ?? ""

/** Finds the household of a key, and logs who asked for what. */
const layerKey = Layer.effect(
  HouseholdKey,
  Effect.map(Effect.context<SqlClient.SqlClient>(), (context) =>
    HouseholdKey.of(({ headers, rpc }) =>
      Effect.gen(function* () {
        const household = yield* householdOfKey(bearer(headers["authorization"]))
        yield* noteAccess(household, "home", rpc._tag)
        yield* count("questions")
        return household
      }).pipe(
        Effect.mapError(
          ({ gone, message }) => new HubRefusal({ reason: gone ? "gone" : "key-refused", message }),
        ),
        Effect.provide(context),
      ),
    ),
  ),
)

/** Answers homes by the core of their household. */
export const layerQuestions = Layer.merge(
  Layer.unwrapEffect(Effect.map(HouseholdCores, ({ of, streamOf }) => layerAnswers({ of, streamOf }))),
  layerKey,
)
