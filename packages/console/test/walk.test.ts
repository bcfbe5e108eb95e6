import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { barriers, chromiumPath, launch, newContext, watch } from "./browser.ts"
import { seededConsole, type SeededConsole } from "./seededConsole.ts"

if (chromiumPath === null)
  console.warn(
    "\nSKIPPED: the walk over every page of the console. No Chromium is here: install it (apt install chromium), or name one by CHROMIUM.\n",
  )

const patience = { timeout: 100_000 }

/** Every page, and every form of chart that People has. */
const places = [
  "today",
  "people//weight?range=quarter",
  "people//weight?range=quarter&with=before",
  "people//steps?range=quarter&with=measure:weight&as=scatter",
  "people//steps?as=calendar",
  "people//blood-pressure-systolic?range=quarter",
  "people//sleep-time-in-bed",
  "people//night-state?range=day",
  "people//afib-ecg?range=year",
  "people//workout-category?range=quarter",
  "people//intraday-heart-rate?range=week",
  "report",
  "devices",
  "discover",
  "homes",
  "rules",
  "manage",
  "sync",
  "settings",
  "log",
  "diagnostics",
]

const widths = [1440, 1024, 390] as const
const schemes = ["light", "dark"] as const
const tongues = ["en", "fr", "de"] as const

const every = widths.flatMap((width) =>
  schemes.flatMap((colorScheme) => tongues.map((language) => ({ width, colorScheme, language }))),
)

/** Each width, scheme and language once; WALK=all takes all eighteen combinations. */
const isWholeWalk = process.env["WALK"] === "all"
const ways = isWholeWalk
  ? every
  : every.filter(({ colorScheme, language, width }) =>
      ["1440 light en", "1024 dark fr", "390 light de"].includes(`${width} ${colorScheme} ${language}`),
    )

describe.skipIf(chromiumPath === null)("every page of the console", () => {
  let running: SeededConsole
  let browser: Awaited<ReturnType<typeof launch>>
  let page: Page
  let watched: ReturnType<typeof watch>
  let ann: string

  const goTo = async (place: string) => {
    await page.evaluate(`location.hash = ${JSON.stringify(`#/${place.replace("//", `/${ann}/`)}`)}`)
    await page.waitForFunction(settled, undefined, patience)
    // Charts adapt to the width of their element one frame later.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
  }

  beforeAll(async () => {
    running = await seededConsole(["Ann", "Ben"], {}, { years: 0.1 })
    const rule = { name: "Heavy", person: "Ann", when: "above", measure: "weight", value: 60 }
    await running.ask("rules/save", { entry: rule, id: null })
    const state = (await running.ask("state")) as { household: { persons: ReadonlyArray<{ id: string }> } }
    ann = state.household.persons[0]?.id ?? ""
    browser = await launch()
    const context = await newContext(browser, { locale: "en-IE", bypassCSP: true })
    watched = watch(context)
    page = await context.newPage()
    await page.goto(running.link())
    await page.locator("nav").waitFor(patience)
  })
  afterAll(async () => {
    await browser?.close()
    await running?.close()
  })

  it.each(ways)("are accessible and fit at $width px, $colorScheme, in $language", async (way) => {
    const found: Array<string> = []
    await page.emulateMedia({ colorScheme: way.colorScheme })
    await page.setViewportSize({ width: way.width, height: 900 })
    await page.locator(".language select").selectOption(way.language)
    await page.waitForFunction(`document.documentElement.lang === "${way.language}"`)
    for (const place of places) {
      await goTo(place)
      const wider = await page.evaluate<number>(tooWide)
      if (wider > 0) found.push(`${place} is ${wider} pixels too wide`)
      const failed = await page.locator("main .failed:not(:empty)").allTextContents()
      found.push(...failed.map((text) => `${place} says: ${text}`))
      found.push(...(await barriers(page, "all")).map((barrier) => `${place}: ${barrier}`))
    }
    expect(found).toEqual([])
  })

  it("can be reached and used by keyboard alone", async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.locator(".language select").selectOption("en")
    const pages = await page
      .locator("nav a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")))
    for (const href of pages) {
      await page.locator(`nav a[href="${href}"]`).focus()
      await page.keyboard.press("Enter")
      await expect
        .poll(() => page.locator("nav [aria-current=page]").getAttribute("href"), patience)
        .toBe(href)
      await page.waitForFunction(settled, undefined, patience)
      expect([href, await unreached(page)]).toEqual([href, []])
    }
  })

  it("has its pages behind one button on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.locator(".language select").selectOption("en")
    await goTo("today")
    expect(await page.locator("nav").isVisible()).toBe(false)
    const button = page.getByRole("button", { name: "Pages" })
    await button.press("Enter")
    await page.locator("nav").getByRole("link", { name: "Settings" }).click()
    await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor(patience)
    expect(await button.getAttribute("aria-expanded")).toBe("false")
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it("announces the values of a chart to screen readers, and zooms by keys", async () => {
    for (const place of ["people//weight?range=quarter", "people//blood-pressure-systolic?range=quarter"]) {
      await goTo(place)
      await page.locator(".chart :is(.canvas, .timeline)").first().focus()
      await page.keyboard.press("ArrowLeft")
      await expect
        .poll(() => page.locator(".chart [role=status]").first().textContent(), patience)
        .toMatch(/\d{4}.*(kg|mmHg)/)
      await page.keyboard.press("+")
      await expect.poll(() => page.url(), patience).toMatch(/from=\d+&to=\d+/)
      await page.keyboard.press("0")
      await expect.poll(() => page.url(), patience).not.toContain("from=")
    }
  })

  it("send no request to another machine, and have no uncaught error", () => {
    expect(watched).toEqual({ foreign: [], errors: [] })
  })
})

/** How many pixels of the page, or of its navigation, are beyond the edge. */
const tooWide = `Math.max(
  document.documentElement.scrollWidth - innerWidth,
  ...[...document.querySelectorAll("header *")].map((part) => Math.ceil(part.getBoundingClientRect().right - innerWidth)),
)`

/** Whether nothing is loading any more and every chart is drawn. */
const settled = `(() => {
  const main = document.querySelector("main")
  const empty = [...main.querySelectorAll(".canvas")].some((place) => place.childElementCount === 0)
  return !empty && !/Loading…|Chargement…|Wird geladen …/.test(main.textContent)
})()`

/** The controls of the page that the Tab key does not reach. */
const unreached = async (page: Page): Promise<ReadonlyArray<string>> => {
  const wanted =
    "main :is(a[href], button:not(:disabled), input:not(:disabled), select, summary, [tabindex='0'])"
  await page.evaluate(`(() => {
    globalThis.waiting = new Set([...document.querySelectorAll(${JSON.stringify(wanted)})].filter((one) => one.checkVisibility()))
    document.querySelector("main").focus()
  })()`)
  const count = await page.evaluate<number>("waiting.size")
  for (let press = 0; press < count * 2 + 12; press++) {
    await page.keyboard.press("Tab")
    if (await page.evaluate<boolean>("(waiting.delete(document.activeElement), waiting.size === 0)"))
      return []
  }
  return page.evaluate<ReadonlyArray<string>>("[...waiting].map((one) => one.outerHTML.slice(0, 120))")
}
