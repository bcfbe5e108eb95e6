import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { consoleTools } from "../../cli/src/app/consoleTools.ts"
import { barriers, chromiumPath, launch, newContext, watch } from "./browser.ts"
import { fromStore } from "./inStore.ts"
import { seededConsole, type SeededConsole } from "./seededConsole.ts"
import { startConsole, type RunningConsole } from "./startConsole.ts"

if (chromiumPath === null)
  console.warn(
    "\nSKIPPED: the pages that manage the household. No Chromium is here: install it (apt install chromium), or name one by CHROMIUM.\n",
  )

const patience = { timeout: 100_000 }

/** Each outcome is checked where it is stored: in the database, in config.yaml, or in the downloaded file. */
describe.skipIf(chromiumPath === null)("managing the household", () => {
  let running: SeededConsole
  let other: RunningConsole | undefined
  let browser: Awaited<ReturnType<typeof launch>>
  let page: Page
  let watched: ReturnType<typeof watch>
  let folder: string

  const main = () => page.locator("main")
  const go = async (name: string) => {
    await page.locator(`nav a[href="#/${name}"]`).click()
    await expect.poll(() => page.locator("nav [aria-current=page]").getAttribute("href")).toBe(`#/${name}`)
  }
  const card = (name: string) => main().getByRole("region", { name })
  const press = (name: string) => main().getByRole("button", { name, exact: true }).click()
  const agreeing = (act: () => Promise<void>) => {
    page.once("dialog", (question) => void question.accept())
    return act()
  }
  const written = () => readFile(join(running.home, "config.yaml"), "utf8")
  const rows = (query: string) => fromStore(running.home, query)
  const backup = () => join(folder, "withings-bridge.backup")

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "manage-"))
    running = await seededConsole(["Ann", "Ben"], { tools: consoleTools }, { years: 0.1 })
    browser = await launch()
    const context = await newContext(browser, { locale: "en-IE", viewport: { width: 1280, height: 900 } })
    watched = watch(context)
    page = await context.newPage()
    await page.goto(running.link())
    await page.locator("nav").waitFor(patience)
  })
  afterAll(async () => {
    await browser?.close()
    await other?.close()
    await running?.close()
    await rm(folder, { recursive: true })
  })

  it("writes a rule, previews it, corrects it and removes it", async () => {
    await go("rules")
    await press("New rule")
    const form = card("New rule")
    await form.getByLabel("Condition").selectOption("above")
    await form.getByLabel(/^Value/).fill("many")
    await form.getByLabel("Person").selectOption("Ann")
    await press("Save rule")
    await form.locator(".failed").first().waitFor(patience)
    expect(await written()).not.toContain("above")
    await form.getByLabel("Name").fill("Heavy")
    await form.getByLabel(/^Value/).fill("60")
    await form.getByText(/in the last 90 days, last/).waitFor(patience)
    await press("Save rule")
    await card("Heavy").getByText("Weight above 60 kg · Ann").waitFor(patience)
    await card("Heavy").getByText("Ann: holds now").waitFor(patience)
    expect(await written()).toMatch(/name: Heavy/)

    await press("Edit Heavy")
    await card("Heavy")
      .getByLabel(/^Value/)
      .fill("200")
    await card("Heavy").getByText("never in the last 90 days").waitFor(patience)
    await press("Save rule")
    await card("Heavy").getByText("Ann: does not hold").waitFor(patience)
    expect(await written()).toMatch(/value: 200/)

    await agreeing(() => press("Remove Heavy"))
    await expect.poll(() => card("Heavy").count(), patience).toBe(0)
    expect(await written()).not.toContain("Heavy")
  })

  it("assigns a weighing that the scale could not attribute", async () => {
    await running.simulator.weigh("Ann", 77.77, { ambiguous: true })
    await go("manage")
    const weighing = card("Weighings without a person").getByRole("listitem").filter({ hasText: "77.77 kg" })
    await weighing.getByRole("combobox").selectOption("Ann", patience)
    await expect.poll(() => weighing.count(), patience).toBe(0)
    const claimed = rows(`SELECT person.name FROM claim JOIN person ON person.id = claim.person_id
      JOIN measure ON measure.at = claim.at WHERE measure.kind = 'weight' AND round(measure.value, 2) = 77.77`)
    expect(claimed[0]).toEqual({ name: "Ann" })
    await go("today")
    await page.getByRole("region", { name: "Ann" }).getByText("77.77 kg").waitFor(patience)
    expect(await page.getByRole("region", { name: "Ben" }).getByText("77.77 kg").count()).toBe(0)
  })

  it("follows the log, and finds a line in it", async () => {
    await go("log")
    const lines = main().getByRole("list", { name: "Log" }).getByRole("listitem")
    await main().getByText("Nothing needs attention.").waitFor(patience)
    await lines.filter({ hasText: "Ann is signed in at Withings." }).waitFor(patience)
    await main().getByLabel("Find in the log").fill("BEN IS SIGNED IN")
    await expect.poll(() => lines.count(), patience).toBe(1)
    expect(page.url()).toContain("find=")
    await main().getByLabel("Find in the log").fill("")
    await running.simulator.faults.revokeConsent("Ben")
    await running.simulator.faults.expireToken("Ben")
    await running.ask("sync", {})
    await lines.filter({ hasText: "Ben needs to sign in at Withings" }).waitFor(patience)
    await main().getByLabel("Which lines").selectOption("Errors")
    await expect.poll(() => lines.filter({ hasText: "Ben" }).count(), patience).toBe(0)
  })

  it("shows what is wrong, since when, and what to do", async () => {
    const troubles = page.getByRole("region", { name: "Needs attention" })
    await troubles.getByText(/Ben: Withings refused to renew/).waitFor(patience)
    await troubles
      .getByText(/connect/)
      .first()
      .waitFor(patience)
    await go("today")
    await troubles.getByText(/Ben: Withings refused to renew/).waitFor(patience)
    expect(rows("SELECT name FROM person WHERE state = 'needs-sign-in'")).toEqual([{ name: "Ben" }])
  })

  it("downloads an encrypted backup", async () => {
    await go("manage")
    await card("Backup").getByLabel("Passphrase").fill("short")
    await press("Download a backup")
    await card("Backup").getByText("At least 8 characters.").waitFor(patience)
    await card("Backup").getByLabel("Passphrase").fill("correct horse battery")
    await card("Backup").getByText("With the sign-ins at Withings").click()
    const downloaded = page.waitForEvent("download", patience)
    await press("Download a backup")
    await (await downloaded).saveAs(backup())
    await card("Backup").getByText("Downloaded.").waitFor(patience)
    const content = await readFile(backup())
    expect(content.length).toBeGreaterThan(10_000)
    expect(content.includes("SQLite format 3")).toBe(false)
  })

  it("saves a public address only if Withings can call it", async () => {
    const address = card("Public address")
    await address.getByLabel("Public address").fill("http://192.168.1.20:8080")
    await address.getByRole("button", { name: "Save" }).click()
    await address.getByText("Withings would refuse this address").waitFor(patience)
    expect(await written()).not.toContain("192.168.1.20")
    await address.getByLabel("Public address").fill("https://bridge.example")
    await address.getByRole("button", { name: "Save" }).click()
    await address.getByText(/^Saved\./).waitFor(patience)
    expect(await written()).toContain("https://bridge.example")
  })

  it("removes a person but keeps the history, then deletes it", async () => {
    const measuresOfBen = () =>
      rows(`SELECT COUNT(*) AS count FROM measure JOIN person ON person.id = person_id
        WHERE name = 'Ben'`)[0]?.["count"]
    const before = Number(measuresOfBen())
    expect(before).toBeGreaterThan(100)
    await agreeing(() => press("Remove Ben"))
    await card("Persons")
      .getByText(/removed .*, history kept/)
      .waitFor(patience)
    expect(measuresOfBen()).toBe(before)
    await expect.poll(() => main().getByRole("button", { name: "Remove Ben" }).count(), patience).toBe(0)
    await agreeing(() => press("Delete Ben and the history"))
    await expect.poll(() => card("Persons").getByText("Ben").count(), patience).toBe(0)
    expect(measuresOfBen()).toBe(0)
    await go("today")
    expect(await page.getByRole("region", { name: "Ben" }).count()).toBe(0)
  })

  it("restores the backup in a new installation only", async () => {
    other = await startConsole({ tools: consoleTools }, { years: 0.1 })
    await page.goto(other.link())
    await main().getByRole("link", { name: "Or restore a backup" }).click(patience)
    await main().getByLabel("Backup file").setInputFiles(backup())
    await main().getByLabel("Passphrase of the backup").fill("wrong")
    await press("Restore")
    await main().getByText("the passphrase is wrong, or the file is damaged").waitFor(patience)
    expect(await barriers(page, "severe")).toEqual([])
    await main().getByLabel("Passphrase of the backup").fill("correct horse battery")
    await press("Restore")
    await page.locator("nav a[href='#/today']").click()
    // The bridge is silent while it restarts with the household of the backup.
    await page.getByRole("region", { name: "Ann" }).getByText("77.77 kg").waitFor(patience)
    await page.getByRole("region", { name: "Ben" }).first().waitFor(patience)
    const restored = fromStore(other.home, "SELECT name, state FROM person ORDER BY name")
    expect(restored).toMatchObject([{ name: "Ann" }, { name: "Ben" }])
    await go("manage")
    expect(await main().getByLabel("Backup file").count()).toBe(0)
    const headers = { ...(await other.enter()), "x-withings-bridge": "console", "x-passphrase": "x" }
    const refused = await fetch(`${other.url}/api/restore`, { method: "POST", headers, body: "x" })
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining("There is a household here already"),
    ])
  })

  it("sends no request to another machine, and has no uncaught error", () => {
    expect(watched).toEqual({ foreign: [], errors: [] })
  })
})
