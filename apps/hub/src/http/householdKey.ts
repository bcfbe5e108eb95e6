import { HouseholdKey, HubRefusal, layerAnswers } from "@withings-bridge/core/hub"
import { Effect, Layer } from "effect"
import { Counters } from "../Counters.ts"
import { HouseholdCores } from "../HouseholdCores.ts"
import { Households } from "../Households.ts"

const bearer = (authorization: string | undefined): string =>
  /^Bearer (?<key>\S+)$/u.exec(authorization ?? "")?.groups?.["key"] ?? ""

/** Finds the household by its key, and notes who asked for what. */
const layerKey = Layer.effect(
  HouseholdKey,
  Effect.gen(function* () {
    const households = yield* Households
    const counters = yield* Counters
    return HouseholdKey.of(({ headers, rpc }) =>
      Effect.gen(function* () {
        const household = yield* households.opens(bearer(headers["authorization"]))
        yield* households.note(household, "home", rpc._tag)
        yield* counters.count("questions")
        return household
      }).pipe(
        Effect.mapError(
          ({ gone, message }) => new HubRefusal({ reason: gone ? "gone" : "key-refused", message }),
        ),
      ),
    )
  }),
)

/** What homes ask, answered by the core of their household. */
export const layerQuestions = Layer.merge(
  Layer.unwrapEffect(Effect.map(HouseholdCores, ({ of, streamOf }) => layerAnswers({ of, streamOf }))),
  layerKey,
)
