import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { walkAuthorizePage } from "./walkAuthorizePage.ts"

describe("walkAuthorizePage", () => {
  let simulator: Simulator
  const address = (state: string) =>
    `${simulator.url}/oauth2_user/authorize2?${new URLSearchParams({
      response_type: "code",
      client_id: simulator.clientId,
      scope: "user.info,user.metrics",
      redirect_uri: "http://localhost:7333/callback",
      state,
    })}`

  beforeAll(async () => {
    simulator = await startSimulator({ years: 1 })
  })
  afterAll(() => simulator.close())

  it("lands on the callback with a code and the state as it was, whatever is in it", async () => {
    const state = `a"b&c<d>'`
    const landedOn = new URL(await Effect.runPromise(walkAuthorizePage(address(state), "Ben")))
    expect(landedOn.origin + landedOn.pathname).toBe("http://localhost:7333/callback")
    expect(landedOn.searchParams.get("state")).toBe(state)
    expect(landedOn.searchParams.get("code")).toMatch(/./u)
  })

  it("says who cannot sign in", async () => {
    const { message } = await Effect.runPromise(Effect.flip(walkAuthorizePage(address("s"), "Zoe")))
    expect(message).toContain("Zoe")
  })
})
