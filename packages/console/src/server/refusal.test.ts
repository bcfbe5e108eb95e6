import { ConfigError, SignInError } from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { refusalOf } from "./refusal.ts"

describe("a refusal", () => {
  it("points to the form for missing keys, not to a file", () => {
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

  it("says in French and German what is wrong with a setting, and where", () => {
    const mistake = { source: "config.yaml", line: 3, key: "withings.poll_every", found: "0" }
    const error = new ConfigError({
      mistakes: [{ ...mistake, wanted: "a whole number of seconds, 1 to 86400" }],
    })
    expect(refusalOf(error)).toEqual({
      message: error.message,
      french:
        "Ces réglages ne peuvent pas servir. config.yaml, ligne 3, withings.poll_every : trouvé : 0 ; attendu : un nombre entier de secondes, de 1 à 86400.",
      german:
        "Diese Einstellungen sind unbrauchbar. config.yaml, Zeile 3, withings.poll_every: gefunden: 0; erwartet: eine ganze Zahl von Sekunden, 1 bis 86400.",
    })
  })

  it("leaves out details that the system gives in English", () => {
    const error = ConfigError.one("/home/x/config.yaml", "the file", "EACCES: permission denied", {
      wanted: "a file that this user may write to",
    })
    expect(refusalOf(error).german).toBe(
      "Diese Einstellungen sind unbrauchbar. /home/x/config.yaml: nötig ist eine Datei, in die dieser Benutzer schreiben darf.",
    )
  })

  it("answers a body that is nested too deeply to be printed", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`)
    const error = Effect.runSync(
      Effect.flip(Schema.decodeUnknown(Schema.Struct({ id: Schema.String }))(deep)),
    )
    expect(refusalOf(error).message).toBe("The request was not understood.")
  })
})
