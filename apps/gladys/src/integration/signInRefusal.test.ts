import { SignInError, type SignInReason } from "@withings-bridge/core"
import { assert, describe, it } from "@effect/vitest"
import { Effect, TestClock } from "effect"
import { LastRefusal, TookTooLong } from "./signInRefusal.ts"

const reasons: Readonly<Record<SignInReason, true>> = {
  "not-configured": true,
  "unknown-state": true,
  "expired-state": true,
  cancelled: true,
  "code-refused": true,
  "redirect-mismatch": true,
  "wrong-secret": true,
  "missing-scope": true,
  "other-person": true,
  "other-household": true,
  unreachable: true,
}

describe("why a sign-in was refused", () => {
  it.effect("is told for ten minutes", () =>
    Effect.gen(function* () {
      const refusal = yield* LastRefusal
      yield* refusal.keep(new SignInError({ reason: "cancelled", message: "core's own words" }))
      yield* TestClock.adjust("9 minutes")
      assert.deepStrictEqual(yield* refusal.get, {
        en: "The access was not allowed at Withings. Press Connect again and allow it.",
        fr: "L'accès n'a pas été autorisé chez Withings. Cliquez de nouveau sur Connecter et autorisez-le.",
      })
      yield* TestClock.adjust("2 minutes")
      assert.isNull(yield* refusal.get)
    }).pipe(Effect.provide(LastRefusal.layer)),
  )

  it.effect("is told in both languages and by what there is in Gladys", () =>
    Effect.gen(function* () {
      const refusal = yield* LastRefusal
      const errors = Object.keys(reasons)
        .filter((reason): reason is SignInReason => reason in reasons)
        .map((reason) => new SignInError({ reason, message: "see config.yaml" }))
      for (const error of [...errors, new TookTooLong()]) {
        yield* refusal.keep(error)
        const text = yield* refusal.get
        assert.match(text?.en ?? "", /press Connect/i)
        assert.match(text?.fr ?? "", /cliquez (de nouveau )?sur Connecter/i)
        assert.notMatch(`${text?.en}${text?.fr}`, /config\.yaml|WITHINGS_|undefined/)
      }
    }).pipe(Effect.provide(LastRefusal.layer)),
  )
})
