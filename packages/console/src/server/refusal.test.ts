import { ConfigError, SignInError } from "@withings-bridge/core"
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

  it("says in French why a sign-in failed", () => {
    const { french } = refusalOf(
      new SignInError({ reason: "missing-scope", message: "", detail: "user.info" }),
    )
    expect(french).toContain("Ces autorisations n’ont pas été données : user.info")
  })

  it("leads in French to what is only told in English", () => {
    const error = ConfigError.one("the file", "poll_every", "0", { wanted: "1 to 86400" })
    expect(refusalOf(error)).toEqual({
      message: error.message,
      french: `Ces réglages ne peuvent pas servir. En anglais : ${error.message}`,
    })
  })
})
