import { type Person, type StandingState, PersonId } from "@withings-bridge/core"
import { describe, expect, it } from "vitest"
import { household, person } from "../../test/TestCore.ts"
import { type Circumstances, connectionStatus } from "./connectionStatus.ts"
import { diagnosis } from "./diagnosis.ts"

const someone = (name: string, state: StandingState): Person => ({
  ...person,
  id: PersonId(name.toLowerCase()),
  name,
  standing: { ...person.standing, state },
})

const home = (...persons: ReadonlyArray<Person>) => ({ ...household(), persons })

const status = (persons: ReadonlyArray<Person>, over: Partial<Circumstances> = {}) =>
  connectionStatus({
    configured: true,
    household: home(...persons),
    wanted: ["Ben", "Ann"],
    refusal: null,
    unready: new Set(),
    historyShare: null,
    progress: null,
    webhooks: "off",
    ...over,
  })

const [ann, ben] = [someone("Ann", "signed-in"), someone("Ben", "signed-in")]

describe("the status beside the badge", () => {
  it("names the persons in the order in which the user listed them", () => {
    expect(status([ann, ben])).toEqual({
      connected: true,
      message: { en: "Connected to Withings: Ben, Ann.", fr: "Connecté à Withings : Ben, Ann." },
    })
  })

  it("asks to press Connect only while someone is missing", () => {
    expect(status([]).message.fr).toBe("Cliquez sur Connecter pour associer Ben.")
    expect(status([ben]).message.en).toBe("Connected to Withings: Ben. Press Connect again to sign in Ann.")
    expect(status([ann, ben]).message.en).not.toContain("Press Connect")
    expect(status([ann], { wanted: [] }).message.en).not.toContain("Press Connect")
  })

  it("asks once for who lost their sign-in", () => {
    const { connected, message } = status([ann, someone("Ben", "needs-sign-in")])
    expect(connected).toBe(false)
    expect(message).toEqual({
      en: "Press Connect again for Ben: Withings asks for a new sign-in. Connected to Withings: Ann.",
      fr: "Cliquez de nouveau sur Connecter pour Ben : Withings demande une nouvelle connexion. Connecté à Withings : Ann.",
    })
  })

  it("tells what holds it up, and how far it is", () => {
    // Noon here: days are told in the machine's time zone.
    const reached = new Date(2025, 2, 2, 12).getTime() / 1000
    const { connected, message } = status([someone("Ann", "offline"), someone("Ben", "throttled")], {
      wanted: ["Ann", "Ben"],
      historyShare: 0.426,
      progress: { left: 1200, minutesLeft: 65, reached },
    })
    expect(connected).toBe(true)
    expect(message.en).toContain("Withings has not been reached for Ann since ")
    expect(message.en).toContain("Withings allows no more requests for Ben at the moment.")
    const reading = status([ben], {
      wanted: ["Ben"],
      historyShare: 0.426,
      progress: { left: 1200, minutesLeft: 65, reached },
    })
    expect(reading.message.fr).toBe(
      "Connecté à Withings : Ben. Lecture de l'historique chez Withings : 42 %. Import de l'historique dans Gladys : " +
        "remonté jusqu'au 2 mars 2025, encore 1200 valeurs, environ 1\u00a0h 5\u00a0min.",
    )
  })
})

describe("the diagnosis", () => {
  it("tells every standing in words of its language", () => {
    const states = ["signed-in", "needs-sign-in", "throttled", "offline", "never-signed-in"] as const
    for (const state of states) {
      const { en, fr } = diagnosis(home(someone("Ann", state)), 0, null, "off")
      expect(`${en} ${fr}`).not.toContain(state === "offline" ? "offline" : `: ${state}`)
      expect(fr).not.toContain(en.split(",")[0])
    }
    expect(diagnosis(home(someone("Ann", "never-signed-in")), 0, null, "off").fr).toContain(
      "Ann : sans connexion",
    )
  })
})
