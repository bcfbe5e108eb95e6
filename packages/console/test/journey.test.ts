import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { barriers, chromiumPath, launch, newContext, watch } from "./browser.ts"
import { unhurried } from "./inStore.ts"
import { startMatterHome } from "./matterHome.ts"
import { startConsole, type RunningConsole } from "./startConsole.ts"

if (chromiumPath === null)
  console.warn(
    "\nSKIPPED: the console's journey in a browser. No Chromium is here: install it (apt install chromium), or name one by CHROMIUM.\n",
  )

const patience = { timeout: 100_000 }

describe.skipIf(chromiumPath === null)("a new person with a browser", () => {
  let running: RunningConsole
  let browser: Awaited<ReturnType<typeof launch>>
  let page: Page
  let watched: ReturnType<typeof watch>
  let matter: ReturnType<typeof startMatterHome> | undefined
  const main = () => page.locator("main")
  const go = async (name: string) => {
    await page.locator(`nav a[href="#/${name}"]`).click()
    await expect.poll(() => page.locator("nav [aria-current=page]").getAttribute("href")).toBe(`#/${name}`)
  }
  /** Presses a button that opens Withings, decides there as the person, and answers the heading of the landing page. */
  const connect = async (button: string, person: string, decision = "Authorize") => {
    const opened = page.waitForEvent("popup")
    await main().getByRole("button", { name: button, exact: true }).click()
    const tab = await opened
    await tab.getByRole("radio", { name: person }).check(patience)
    await tab.getByRole("button", { name: decision }).click()
    await tab.waitForURL(/callback/, patience)
    const said = await tab.locator("h1").textContent()
    await tab.close()
    return said
  }

  beforeAll(async () => {
    running = await startConsole({}, { years: 0.2 })
    await unhurried(running.home)
    browser = await launch()
    const context = await newContext(browser, { locale: "en-IE", viewport: { width: 1280, height: 800 } })
    watched = watch(context)
    page = await context.newPage()
  })
  afterAll(async () => {
    await matter?.close()
    await browser?.close()
    await running?.close()
  })

  it("sees the first steps, and enters the keys", async () => {
    await page.goto(running.link())
    await main().getByText("Nobody is signed in yet.").waitFor(patience)
    await main().getByRole("link", { name: "Open Settings" }).click()
    await main().getByRole("button", { name: "Save" }).click()
    await main().getByText("Still missing: Client id, Client secret.").waitFor(patience)
    await main().getByRole("button", { name: "Connect", exact: true }).click()
    await main().getByText("under “Your Withings application” on this page").waitFor(patience)
    await main().getByLabel("Client id").fill(running.simulator.clientId)
    await main().getByLabel("Client secret").fill(running.simulator.clientSecret)
    await main().getByLabel("Names of the persons").fill("Ann, Ben")
    await main().getByRole("button", { name: "Save" }).click()
    await main().getByText("Saved.").waitFor(patience)
    await main().getByRole("button", { name: "Connect Ann" }).waitFor(patience)
    expect(await page.content()).not.toContain(running.simulator.clientSecret)
  })

  it("connects at Withings in another tab, and the page updates", async () => {
    expect(await connect("Connect Ann", "Ann")).toBe("Welcome, Ann")
    await main().getByText("signed in", { exact: true }).waitFor(patience)
    expect(await main().getByText("Withings opens in a new tab.").count()).toBe(0)
  })

  it("sees that a sign-in was cancelled, and tries again", async () => {
    expect(await connect("Connect Ben", "Ben", "Cancel")).toBe("The sign-in did not work")
    await main().getByText("The sign-in was cancelled at Withings.").waitFor(patience)
    expect(await main().getByText("Withings opens in a new tab.").count()).toBe(0)
    expect(await barriers(page)).toEqual([])
    expect(await connect("Try again", "Ben")).toBe("Welcome, Ben")
    await expect.poll(() => main().getByText("signed in", { exact: true }).count(), patience).toBe(2)
    await expect.poll(() => main().getByText("The sign-in was cancelled").count(), patience).toBe(0)
  })

  it("sees the first history come in, and the devices", async () => {
    await go("sync")
    await expect.poll(() => main().locator("progress").count(), patience).toBeGreaterThanOrEqual(4)
    await main()
      .getByText(/\d values · complete/)
      .first()
      .waitFor(patience)
    await go("discover")
    await main().getByText("occupancy sensor").first().waitFor(patience)
    await go("devices")
    await main().getByRole("heading", { name: /Ann$/ }).first().waitFor(patience)
  })

  it("hides a device from a Matter home, and shows it again as the same endpoint", async () => {
    matter = startMatterHome(running.home)
    const scale = /^Ann weighed$/
    const number = () => Object.entries(matter?.seen() ?? {}).find(([label]) => scale.test(label))?.[1]
    await expect.poll(number, patience).toBeDefined()
    const before = { number: number(), all: Object.keys(matter.seen()).length }

    await go("discover")
    const choice = main().getByRole("switch", { name: /^Show Body.* Ann in the homes$/ })
    expect(await choice.isChecked()).toBe(true)
    await choice.focus()
    await page.keyboard.press("Space")
    await main().getByText("Left out: no home shows it").waitFor(patience)
    await expect.poll(number, patience).toBeUndefined()
    expect(Object.keys(matter.seen())).toHaveLength(before.all - 1)
    await go("people")
    await main().getByRole("link", { name: "Weight", exact: true }).waitFor(patience)

    await go("discover")
    await page.reload()
    expect(await choice.isChecked()).toBe(false)
    await choice.check()
    await expect.poll(number, patience).toBe(before.number)
    await expect.poll(() => main().getByText("Left out: no home shows it").count(), patience).toBe(0)
  })

  it("pairs another controller, and removes one", async () => {
    await go("homes")
    const card = main().getByRole("region", { name: "Matter" })
    const controller = (name: string) => card.getByRole("listitem").filter({ hasText: name })
    await controller("Guest").waitFor(patience)
    await card.getByRole("button", { name: "Pair another controller" }).click()
    await card.getByText(/^\d{4}-\d{3}-\d{4}$/).waitFor(patience)
    await card.getByRole("img", { name: "QR code for Matter" }).waitFor(patience)
    await card.getByText("valid for another 15 min").waitFor(patience)

    page.once("dialog", (question) => void question.dismiss())
    await card.getByRole("button", { name: "Remove Guest" }).click()
    page.once("dialog", (question) => void question.accept())
    await card.getByRole("button", { name: "Remove Guest" }).click()
    await expect.poll(() => controller("Guest").count(), patience).toBe(0)
    expect(await controller("Ann's home").count()).toBe(1)
  })

  it("sees charts, chooses a range, zooms in and out", async () => {
    await go("people")
    await main().getByRole("button", { name: "Year", exact: true }).click()
    await expect.poll(() => drawnPixels(page), patience).toBeGreaterThan(100)
    const box = await page.locator(".u-over").boundingBox()
    if (box === null) throw new Error("There is no chart.")
    await page.mouse.move(box.x + 100, box.y + 50)
    await page.mouse.down()
    await page.mouse.move(box.x + 300, box.y + 60, { steps: 4 })
    await page.mouse.up()
    await main().getByRole("button", { name: "Reset zoom" }).click()
    await main().getByText("Drag over the chart").waitFor(patience)
    await main().getByText("The figures as a table").click()
    await expect.poll(() => main().locator("table tbody tr").count(), patience).toBeGreaterThan(10)
    await page.getByRole("link", { name: "Deep sleep" }).first().click()
    await main().getByRole("heading", { name: "Deep sleep" }).waitFor(patience)
  })

  it("sees a weighing as it happens", async () => {
    await go("people")
    const weight = main().locator(".reading", {
      has: page.getByRole("link", { name: "Weight", exact: true }),
    })
    await running.simulator.weigh("Ann", 71.23)
    await expect.poll(() => weight.getByText("71.23 kg").count(), patience).toBe(1)
  })

  it("sees that the sign-in is lost, and renews it", async () => {
    await running.simulator.faults.revokeConsent("Ann")
    await running.simulator.faults.expireToken("Ann")
    await go("sync")
    await main().getByRole("button", { name: "Sync now" }).click()
    await go("people")
    await main().getByRole("alert").getByText("Ann must connect again").waitFor(patience)
    await main().getByRole("alert").getByRole("link").click()
    expect(await connect("Connect Ann again", "Ann")).toBe("Welcome, Ann")
    await expect.poll(() => main().getByText("signed in", { exact: true }).count(), patience).toBe(2)
  })

  it("switches to French for later visits too", async () => {
    await go("sync")
    await page.getByLabel("Language").selectOption("fr")
    await main().getByText("Premier historique").first().waitFor(patience)
    await page.reload()
    await page.getByRole("link", { name: "Appareils" }).click()
    await main()
      .getByText(/^Batterie$/)
      .first()
      .waitFor(patience)
    expect(await page.evaluate("document.documentElement.lang")).toBe("fr")
    expect(await barriers(page)).toEqual([])
  })

  it("sees refusals in French", async () => {
    await page.getByRole("link", { name: "Réglages" }).click()
    await main().getByLabel("Collez son adresse ici").fill("http://localhost/callback?code=a&state=b")
    await main().getByRole("button", { name: "Terminer" }).click()
    await main().getByText("Cette adresse n’appartient à aucune connexion").waitFor(patience)
    await main().getByLabel("URL de rappel").fill("ici")
    await main().getByRole("button", { name: "Enregistrer" }).click()
    await main().getByText("Ces réglages ne peuvent pas servir.").waitFor(patience)
    await page.reload()
    expect(await main().getByLabel("URL de rappel").inputValue()).toMatch(/^http:.*callback$/)
  })

  it("sees that the Matter bridge is not running", async () => {
    await matter?.close()
    await page.getByRole("link", { name: "Maisons" }).click()
    await main().getByText("La passerelle Matter ne tourne pas").waitFor(patience)
    expect(await main().getByRole("button").count()).toBe(0)
  })

  it("causes no request to another machine, and no uncaught error", () => {
    expect(watched).toEqual({ foreign: [], errors: [] })
  })
})

/** How many pixels of the chart are not empty. */
const drawnPixels = (page: Page): Promise<number> =>
  page.evaluate<number>(`(() => {
    const canvas = document.querySelector("canvas")
    const data = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return data.filter((value, index) => index % 4 === 3 && value > 0).length
  })()`)
