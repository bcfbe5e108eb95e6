import { ConfigError, SignInError } from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { refusalOf } from "./refusal.ts"

describe("a refusal", () => {
  it("points to the form where the keys are missing, to no file", () => {
    const { french, message } = refusalOf(
      new SignInError({ reason: "not-configured", message: "in config.yaml" }),
    )
    expect(message).toContain("“Your Withings application”")
    expect(french).toContain("Votre application Withings")
    expect(message + french).not.toMatch(/yaml|WITHINGS_/)
  })

  it("says in French and German why a sign-in failed", () => {
    const { french, german } = refusalOf(
      new SignInError({ reason: "missing-scope", message: "", detail: "user.info" }),
    )
    expect(german).toContain("Diese Berechtigungen wurden nicht erteilt: user.info")
    expect(french).toContain("Ces autorisations n’ont pas été données : user.info")
  })

  it("leads to what is only told in English", () => {
    const error = ConfigError.one("the file", "poll_every", "0", { wanted: "1 to 86400" })
    expect(refusalOf(error)).toEqual({
      message: error.message,
      french: `Ces réglages ne peuvent pas servir. En anglais : ${error.message}`,
      german: `Diese Einstellungen sind unbrauchbar. Auf Englisch: ${error.message}`,
    })
  })

  it("says in German what is wrong with a field of the page", () => {
    const error = ConfigError.one("what was entered", "callback_url", '"hier"', { wanted: "a URL" })
    expect(refusalOf(error).german).toBe(
      'Diese Einstellungen sind unbrauchbar. callback_url: "hier"; erwartet: eine vollständige Adresse wie http://localhost:7333/callback.',
    )
  })

  it("answers a body that is nested too deeply to be written out", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`)
    const error = Effect.runSync(
      Effect.flip(Schema.decodeUnknown(Schema.Struct({ id: Schema.String }))(deep)),
    )
    expect(refusalOf(error).message).toBe("The request was not understood.")
  })
})
