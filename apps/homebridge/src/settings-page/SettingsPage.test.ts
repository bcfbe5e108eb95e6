import { existsSync } from "node:fs"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { freePort } from "../../../../packages/core/test/freePort.ts"
import { SettingsPage } from "./SettingsPage.ts"

let storage: string
let page: SettingsPage

const status = (more: object) =>
  page.status({
    config: {
      clientId: "client",
      clientSecret: "secret",
      accountUrl: "http://127.0.0.1:9",
      apiUrl: "http://127.0.0.1:9",
      ...more,
    },
    language: "en",
  })

beforeEach(async () => {
  storage = await mkdtemp(path.join(tmpdir(), "settings-page-"))
  page = new SettingsPage(storage, () => {})
})

afterEach(async () => {
  await page.close()
  await rm(storage, { recursive: true, force: true })
})

it("neither makes nor touches a shared folder that is still being typed", async () => {
  for (const home of [path.join(storage, "sha"), storage]) {
    const { configured, mistakes } = await status({ home })
    expect(configured).toBe(false)
    expect(mistakes).toEqual([
      `The setting "home" names ${home}, which Withings Bridge does not use yet; it is set up there at the first sign-in.`,
    ])
  }
  expect(await readdir(storage)).toEqual([])
  const { authorizeUrl } = await page.connect(
    {
      config: { clientId: "client", clientSecret: "secret", home: path.join(storage, "shared") },
      language: "en",
    },
    "Ann",
  )
  expect(authorizeUrl).toContain("client_id=client")
  expect(existsSync(path.join(storage, "shared", "bridge.db"))).toBe(true)
})

it("says of a public address why Withings would refuse it", async () => {
  expect((await status({})).webhook).toBeNull()
  expect((await status({ webhook: { publicUrl: "https://192.0.2.1" } })).webhook).toEqual({
    publicUrl: "https://192.0.2.1",
    refused: "it is an IP address, and Withings wants a domain name",
  })
  expect(
    await page.tryWebhook({ config: { webhook: { publicUrl: "https://bridge.invalid" } }, language: "en" }),
  ).toMatchObject({ trouble: expect.any(String) })
})

it("tells of a sign-in that came back to this machine in another tab", async () => {
  const told: Array<unknown> = []
  await page.close()
  page = new SettingsPage(storage, (...news) => told.push(news))
  const port = await freePort()
  const config = {
    clientId: "client",
    clientSecret: "secret",
    callbackUrl: `http://localhost:${port}/callback`,
  }
  const { authorizeUrl } = await page.connect({ config, language: "de" }, "Ann")
  const state = new URL(authorizeUrl).searchParams.get("state")
  const answer = await fetch(`http://localhost:${port}/callback?error=access_denied&state=${state}`)
  expect(answer.status).toBe(400)
  expect(told).toEqual([["sign-in-failed", { message: expect.stringContaining("Withings") }]])
})
