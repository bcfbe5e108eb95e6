import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Bridge, BridgeConfig, SignIn } from "@withings-bridge/core"
import { startSimulator } from "@withings-bridge/simulator"
import { Effect, Fiber } from "effect"
import { expect, it } from "vitest"
import { freePort } from "../../core/test/freePort.ts"
import { walkAuthorizePage } from "../src/demo/walkAuthorizePage.ts"
import { until } from "./RunningDemo.ts"
import { signInByCallback } from "../src/signIn/signInByCallback.ts"

/** What the browser shows there, once something listens. */
const page = async (url: string): Promise<string> => {
  for (;;) {
    const answer = await fetch(url).catch(() => null)
    if (answer !== null) return answer.text()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

it("goes on waiting after a made-up state, and shows the browser the outcome", async () => {
  const home = mkdtempSync(join(tmpdir(), "withings-connect-"))
  const simulator = await startSimulator({ years: 0, persons: 1 })
  const port = await freePort()
  const callbackUrl = `http://127.0.0.1:${port}/callback`
  const config = await Effect.runPromise(
    BridgeConfig.loadWith({
      home,
      env: {},
      settings: {
        client_id: simulator.clientId,
        client_secret: simulator.clientSecret,
        account_url: simulator.url,
        api_url: simulator.url,
        callback_url: callbackUrl,
      },
    }),
  )
  const name = simulator.persons[0]?.name ?? ""
  const connect = Effect.gen(function* () {
    const { authorizeUrl, state } = yield* (yield* SignIn).start({ personName: name })
    const waiting = yield* Effect.fork(signInByCallback({ host: "127.0.0.1", port }, state))
    const madeUp = yield* Effect.promise(() => page(`${callbackUrl}?code=made-up&state=made-up`))
    expect(madeUp).toContain("The sign-in did not work")
    const landedOn = yield* walkAuthorizePage(authorizeUrl, name)
    const real = yield* Effect.promise(() => page(landedOn))
    expect(real).toContain(`Welcome, ${name}`)
    expect((yield* Fiber.join(waiting)).name).toBe(name)
  })
  await Effect.runPromise(connect.pipe(Effect.scoped, Effect.provide(Bridge.layerFollower(config))))
  await simulator.close()
  rmSync(home, { recursive: true, force: true })
})

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url))

it("asks again after an address that is mistyped, cut short or from another sign-in", async () => {
  const home = mkdtempSync(join(tmpdir(), "withings-connect-"))
  const simulator = await startSimulator({ years: 0, persons: 1 })
  const name = simulator.persons[0]?.name ?? ""
  const withings = {
    client_id: simulator.clientId,
    client_secret: simulator.clientSecret,
    account_url: simulator.url,
    api_url: simulator.url,
    // Of another machine, so that the address has to be pasted.
    callback_url: "https://bridge.invalid/callback",
  }
  writeFileSync(join(home, "config.yaml"), JSON.stringify({ withings }), { mode: 0o600 })
  const connect = spawn(process.execPath, [program, "connect", name, "--home", home])
  let said = ""
  for (const stream of [connect.stdout, connect.stderr]) stream.on("data", (text) => (said += String(text)))
  const says = (sentence: string) => until(sentence, () => said.includes(sentence) || undefined)
  const paste = (line: string) => connect.stdin.write(`${line}\n`)

  await says("paste it here")
  paste("what I had copied before")
  await says("That address has no code in it")
  paste("https://bridge.invalid/callback?code=made-up&state=of-another-sign-in")
  await says("paste it again")
  const authorizeUrl = /http\S+authorize2\S+/u.exec(said)?.[0] ?? ""
  paste(await Effect.runPromise(walkAuthorizePage(authorizeUrl, name)))
  // Its input is still open, which must not keep it.
  const [status] = await once(connect, "close")
  expect(said).toContain(`${name} is signed in`)
  expect(status).toBe(0)
  await simulator.close()
  rmSync(home, { recursive: true, force: true })
})
