import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chromiumPath, launch } from "./browser.ts"
import { openMadeUp } from "./madeUpConsole.ts"

if (chromiumPath === null)
  console.warn(
    "\nSKIPPED: the console's reaction to a silent bridge. No Chromium is here: install it (apt install chromium), or name one by CHROMIUM.\n",
  )

const patience = { timeout: 60_000 }

describe.skipIf(chromiumPath === null)("a bridge that does not answer as it should", () => {
  let browser: Awaited<ReturnType<typeof launch>>
  let page: Page

  beforeAll(async () => {
    browser = await launch()
    page = await openMadeUp(browser, { viewport: { width: 1280, height: 800 } })
  })
  afterAll(() => browser?.close())

  const weight = "location.hash = '#/people/ann/weight?range=quarter'"

  it("has its refusal of a chart shown, instead of an empty chart", async () => {
    const sentence = { message: "The store is busy.", french: "…", german: "…" }
    await page.route("**/api/chart?*", (route) => route.fulfill({ status: 400, json: sentence }))
    await page.evaluate(weight)
    await page.getByRole("alert").getByText("The store is busy.").waitFor(patience)
    expect(await page.getByText("Nothing was measured in this period.").count()).toBe(0)
    await page.unroute("**/api/chart?*")
  })

  it("shows that nothing was measured", async () => {
    await page.route("**/api/chart?*", (route) => route.fulfill({ json: [] }))
    await page.evaluate("location.hash = '#/people/ann/weight?range=week'")
    await page.getByText("Nothing was measured in this period.").waitFor(patience)
    expect(await page.getByRole("alert").count()).toBe(0)
  })

  it("has its refusal of a weighing's person shown", async () => {
    const weighing = {
      id: "1",
      at: 1_795_000_000,
      weight: 70,
      persons: [{ id: "ann", name: "Ann" }],
      choice: null,
    }
    await page.route("**/api/household", (route) =>
      route.fulfill({ json: { weighings: [weighing], removed: [] } }),
    )
    const sentence = { message: "This weighing is gone.", french: "…", german: "…" }
    await page.route("**/api/weighings/assign", (route) => route.fulfill({ status: 400, json: sentence }))
    await page.evaluate("location.hash = '#/manage'")
    await page.getByLabel(/^Whose weighing/).selectOption("Ann", patience)
    await expect
      .poll(() => page.getByRole("alert").allTextContents(), patience)
      .toEqual(["This weighing is gone."])
  })

  it("is reported as silent although the browser keeps trying", async () => {
    await page.route("**/api/events", (route) => route.abort())
    await page.reload()
    await expect
      .poll(() => page.getByRole("alert").allTextContents(), patience)
      .toEqual(["The bridge does not answer. Trying again…"])
  })

  it("has a wrong password reported after the Enter key too", async () => {
    const sentence = { message: "This is not the password.", french: "…", german: "…" }
    await page.route("**/api/state", (route) => route.fulfill({ status: 401, json: sentence }))
    await page.route("**/api/events", (route) => route.fulfill({ status: 401, json: sentence }))
    await page.route("**/api/session", (route) => route.fulfill({ status: 400, json: sentence }))
    await page.reload()
    await page.getByLabel("Password").fill("wrong", patience)
    await page.getByLabel("Password").press("Enter")
    const status = page.getByRole("status")
    await expect.poll(() => status.allTextContents(), patience).toEqual(["This is not the password."])
  })

  it("is reported as silent when a button is pressed, in the language of the page", async () => {
    await page.route("**/api/session", (route) => route.abort())
    await page.getByLabel("Password").press("Enter")
    const expected = "The bridge does not answer. Try again in a moment."
    await expect.poll(() => page.getByRole("status").allTextContents(), patience).toEqual([expected])
  })
})
