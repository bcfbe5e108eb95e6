import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { type Simulator, startSimulator } from "@withings-bridge/simulator"
import type { Browser, BrowserContext, Frame, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest"
import { chromiumPath, launch, newContext } from "../../../packages/console/test/browser.ts"
import { freePort } from "../../../packages/core/test/freePort.ts"
import { HomebridgeUi, installUi, uiVersions } from "./HomebridgeUi.ts"
import { installPacked } from "./packedPlugin.ts"

/** The newest by default; HOMEBRIDGE_UI=4.76.0 is that of Homebridge 1. */
const version = process.env["HOMEBRIDGE_UI"] ?? uiVersions[0]
const pictures = process.env["PICTURES"]

/** The folder of the UI, or why it cannot be tried here. */
const installed =
  chromiumPath === null
    ? { hindrance: "there is no Chromium; CHROMIUM names one that stands elsewhere" }
    : await installUi(version).then(
        (folder) => ({ folder }),
        (cause: unknown) => ({ hindrance: `npm could not install it: ${String(cause).slice(0, 500)}` }),
      )
if ("hindrance" in installed)
  console.log(`SKIPPED: the settings page in the real Homebridge UI ${version}: ${installed.hindrance}.`)

const patient = { timeout: 60_000 }

describe.skipIf("hindrance" in installed)(`the settings page in the real Homebridge UI ${version}`, () => {
  let folder: string
  let simulator: Simulator
  let ui: HomebridgeUi
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let dialog: Frame
  let ann: string

  const picture = async (name: string) => {
    if (pictures !== undefined)
      await page.screenshot({ path: path.join(pictures, `${version}-${name}.png`), fullPage: true })
  }

  const openSettings = async () => {
    await page.goto(`${ui.url}/plugins`)
    const card = page.locator("app-plugin-card", { hasText: "homebridge-withings" }).first()
    const settings = card.locator(".fa-sliders, .fa-cog").first()
    await settings.waitFor({ ...patient, state: "attached" })
    // They are in a menu once there is a block.
    if (!(await settings.isVisible())) await card.locator(".fa-ellipsis-v").first().click(patient)
    await settings.click(patient)
    dialog = await vi.waitFor(() => {
      const found = page.frames().find((one) => one.url().includes("settings-ui"))
      if (found === undefined) throw new Error("there is no settings page")
      return found
    }, patient)
    await vi.waitFor(async () => {
      expect(await dialog.locator("#callback-url").inputValue()).toContain("/callback")
    }, patient)
  }

  /** Opens Withings' page in another tab and answers it. */
  const answerWithings = async (decision: "authorize" | "cancel") => {
    const address = await dialog.locator("#authorize").getAttribute("href", patient)
    const url = new URL(address ?? "")
    const form = new URLSearchParams([...url.searchParams, ["person", ann], ["decision", decision]])
    const answer = await fetch(`${url.origin}${url.pathname}`, {
      method: "POST",
      body: form,
      redirect: "manual",
    })
    const tab = await context.newPage()
    await tab.goto(answer.headers.get("location") ?? "")
    await tab.close()
  }

  const connect = async () => {
    await dialog.locator("#new-person").fill(ann)
    await dialog.locator("#add-person").click()
    await dialog.locator("#sign-in").waitFor(patient)
  }

  const rowOf = (name: string) => dialog.locator("#people > li", { hasText: name })

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "homebridge-ui-"))
    const plugin = await installPacked(path.join(folder, "installed"))
    simulator = await startSimulator({ years: 0.2 })
    ann = simulator.persons[0]?.name ?? ""
    ui = await HomebridgeUi.start({
      ui: "folder" in installed ? installed.folder : "",
      version,
      storage: path.join(folder, "storage"),
      plugins: path.dirname(plugin),
      environment: {
        WITHINGS_ACCOUNT_URL: simulator.url,
        WITHINGS_API_URL: simulator.url,
        WITHINGS_CALLBACK_URL: `http://localhost:${await freePort()}/callback`,
      },
    })
    browser = await launch()
    context = await newContext(browser, { viewport: { width: 1280, height: 1400 } })
    page = await context.newPage()
    await openSettings()
  }, 600_000)

  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return
    await picture("failed")
    console.log(ui.lines.slice(-20).join("\n"))
  })

  afterAll(async () => {
    await browser?.close()
    await ui?.stop()
    await simulator?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  it("shows the form of all settings before anything is saved", async () => {
    expect(await ui.saved()).toBeUndefined()
    await expect.poll(() => page.getByText("What appears in Home").count(), patient).toBeGreaterThan(0)
    await picture("1-first")
  })

  it("says on the page that a sign-in failed in the other tab", async () => {
    await dialog.locator("#client-id").fill(simulator.clientId)
    await dialog.locator("#client-secret").fill(simulator.clientSecret)
    await dialog.locator("#client-secret").blur()
    await connect()
    await answerWithings("cancel")
    await expect.poll(() => dialog.locator("#failure").textContent(), patient).toContain("cancelled")
    expect(await ui.saved()).toBeUndefined()
    await picture("2-failed")
  })

  it("completes the first set-up without leaving the page, and saves it", async () => {
    await connect()
    await answerWithings("authorize")
    await rowOf(ann).getByText("Signed in").waitFor(patient)
    await expect
      .poll(() => ui.saved(), patient)
      .toMatchObject({ clientId: simulator.clientId, clientSecret: simulator.clientSecret, people: [ann] })
    expect(await dialog.locator("#done").textContent()).toContain("Restart Homebridge once")
    expect(await dialog.locator("#new-person").inputValue()).toBe("")
    await expect.poll(() => dialog.locator("#in-home > li").count(), patient).toBeGreaterThan(2)
    await picture("3-connected")
  })

  it("says which words of a rule and a stand-in are misspelt, and what was meant", async () => {
    expect(await dialog.locator("#trouble > div").count()).toBe(0)
    await page
      .locator("legend", { hasText: /^\s*Rules\s*$/ })
      .first()
      .click(patient)
    await page.locator("input[name=name]").last().fill("Heavy")
    await page.locator("input[name=person]").first().fill(`${ann}e`)
    await page.locator("select[name=when]").last().selectOption({ label: "a measure is above the number" })
    await page.locator("input[name=measure]").first().fill("wieght")
    await page.locator("input[name=value]").last().fill("70")
    const mistakes = () => dialog.locator("#trouble").textContent()
    await expect.poll(mistakes, patient).toMatch(/rules\[\d\]\.measure.*weight/)
    expect(await dialog.locator("#rules").textContent()).toContain("not used until it is corrected")
    await picture("7-misspelt")
    await page.locator("input[name=measure]").first().fill("weight")
    await expect
      .poll(mistakes, patient)
      .toContain(`The rule "Heavy" is for "${ann}e", which is nobody's name.`)
  })

  it("says of a rule that is not saved yet how it stands and how often it was open", async () => {
    await page.locator("input[name=person]").first().fill(ann)
    await page.locator("input[name=measure]").first().fill("weight")
    await page.locator("input[name=value]").last().fill("1")
    const rule = () => dialog.locator("#rules").textContent()
    await expect
      .poll(rule, patient)
      .toContain(`Heavy${ann}: open now; opened once in the last 90 days, last `)
    expect(await dialog.locator("#trouble > div").count()).toBe(0)
    expect((await ui.saved())?.["rules"] ?? []).toEqual([])
    await page.locator("input[name=value]").last().fill("500")
    await expect.poll(rule, patient).toContain(`Heavy${ann}: closed; not opened in the last 90 days`)
    await picture("8-rule")
  })

  it("says of a public address whether Withings would take it and whether it answers", async () => {
    await page
      .locator("legend", { hasText: /^\s*Connection\s*$/ })
      .first()
      .click(patient)
    const address = page.locator("input[name=publicUrl]").first()
    await address.fill("http://192.168.1.5:7334")
    const card = () => dialog.locator("#webhook-card").textContent()
    await expect.poll(card, patient).toContain("would refuse http://192.168.1.5:7334")
    await address.fill("https://bridge.invalid")
    await expect.poll(card, patient).toContain("reach the plugin at https://bridge.invalid")
    await dialog.locator("#try-webhook").click()
    await expect.poll(card, patient).toContain("It was tried: ")
    expect(simulator.requests.filter(({ path }) => path === "/notify")).toEqual([])
    await picture("9-webhook")
    await address.fill("")
  })

  it("wants a name", async () => {
    await dialog.locator("#add-person").click()
    await expect.poll(() => dialog.locator("#failure").textContent(), patient).toContain("name")
  })

  it("signs out after a question, and keeps what Home shows", async () => {
    const shown = await dialog.locator("#in-home > li").count()
    await rowOf(ann).getByRole("button", { name: "Sign out" }).click()
    await picture("4-sign-out")
    await rowOf(ann).locator("button.confirm").click()
    await rowOf(ann).getByText("Not signed in").waitFor(patient)
    expect(await dialog.locator("#in-home > li").count()).toBe(shown)
  })

  it("removes a person after a question, with their history", async () => {
    await rowOf(ann).getByRole("button", { name: "Remove" }).click()
    await rowOf(ann).getByRole("checkbox").check()
    await picture("5-remove")
    await rowOf(ann).locator("button.confirm").click()
    await expect.poll(() => dialog.locator("#people > li").count(), patient).toBe(0)
    await expect.poll(async () => (await ui.saved())?.["people"], patient).toEqual([])
    expect(await dialog.locator("#in-home").textContent()).toContain("Nothing yet")
    await picture("6-removed")
  })

  it("lets a child bridge of the plugin use less memory", async () => {
    const bridge = { username: "0E:11:22:33:44:56", port: await freePort() }
    await ui.save({ ...(await ui.saved()), _bridge: bridge })
    await openSettings()
    await dialog.locator("#less-memory").check(patient)
    await picture("10-memory")
    await page.getByRole("button", { name: "Save", exact: true }).click(patient)
    await expect
      .poll(async () => (await ui.saved())?.["_bridge"], patient)
      .toMatchObject({ ...bridge, env: { NODE_OPTIONS: "--max-semi-space-size=1" } })
  })

  it("asks only when something is pressed, and prints no records of its own", () => {
    const requests = ui.lines.filter((line) => line.includes("Incoming Request"))
    // One for each thing that was pressed or changed above: a page that polls would have asked far more often.
    expect(requests.filter((line) => line.includes("/status")).length).toBeLessThan(25)
    expect(ui.lines.filter((line) => /timestamp=|fiber=/.test(line))).toEqual([])
  })
})
