import { assert } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { externalIntegration } from "../src/integration/externalIntegration.ts"
import { credentialsOf, withingsCore } from "../src/withingsCore.ts"
import { authorize } from "./asking.ts"
import type { GladysHost } from "./GladysHost.ts"
import { budget, selector } from "./integrationFor.ts"

const redirect_uri = "https://my.gladysassistant.com/redirect/oauth"

export const configFor = (home: string, url: string) => ({
  home,
  clientId: "",
  clientSecret: Redacted.make(""),
  callbackUrl: redirect_uri,
  profiles: [],
  accountUrl: url,
  apiUrl: url,
  pollEvery: 300,
  webhook: null,
})

/** Presses Connect in Gladys and authorizes at Withings. */
export const signIn = (host: GladysHost, name: string) =>
  Effect.gen(function* () {
    const asked = yield* host.command("oauth.get-authorize-url", { key: "connect", redirect_uri }, 20_000)
    const landedOn = new URL(yield* authorize(String(Object(asked["data"]).authorize_url), name))
    const [code, state] = ["code", "state"].map((each) => landedOn.searchParams.get(each))
    const done = yield* host.command("oauth.callback", { code, state, redirect_uri }, 20_000)
    assert.isTrue(done["success"], JSON.stringify(done))
  })

/** The integration with a core of its own behind it. */
export const integrationOf = (host: GladysHost, config: ReturnType<typeof configFor>) =>
  externalIntegration(
    { url: host.url, token: Redacted.make(host.token), selector },
    withingsCore(config),
    { ...credentialsOf(config), relayedWebhook: null },
    budget,
  )
