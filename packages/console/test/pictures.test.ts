import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import pixelmatch from "pixelmatch"
import type { Page } from "playwright-core"
import { PNG } from "pngjs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chromiumPath, launch } from "./browser.ts"
import { openMadeUp } from "./madeUpConsole.ts"

// Compares each form of chart with a reviewed picture. UPDATE_PICTURES=1 takes new ones.

const pictures = fileURLToPath(new URL("./pictures/", import.meta.url))
const isUpdate = process.env["UPDATE_PICTURES"] === "1"

if (chromiumPath === null)
  console.warn(
    "\nSKIPPED: the pictures of the charts. No Chromium is here: install it (apt install chromium), or name one by CHROMIUM.\n",
  )

/** Only the drawing, without texts: fonts differ between machines. */
const forms = {
  trend: ["weight?range=quarter", ".u-over"],
  stack: ["fat-mass?range=quarter", ".u-over"],
  bars: ["steps?range=month", ".u-over"],
  "bars-by-month": ["steps?range=year&by=month", ".u-over"],
  band: ["intraday-heart-rate?range=week", ".u-over"],
  points: ["spo2?range=month", ".u-over"],
  line: ["pulse-wave-velocity?range=quarter", ".u-over"],
  compared: ["weight?range=quarter&with=person:ben", ".u-over"],
  "two-measures": ["weight?range=quarter&with=measure:steps", ".u-over"],
  scatter: ["weight?range=quarter&with=measure:steps&as=scatter", ".scatter svg"],
  calendar: ["steps?as=calendar", ".calendar svg"],
  pressure: ["blood-pressure-systolic?range=month", ".timeline > svg"],
  hypnogram: ["night-state?range=day", ".timeline > svg"],
  "stages-by-night": ["night-state?range=month", ".timeline > svg"],
  schedule: ["sleep-time-in-bed?range=month", ".timeline > svg"],
  ecg: ["afib-ecg?range=month", ".ecg svg"],
  workouts: ["workout-category?range=month", ".timeline > svg"],
} as const

/** The share of pixels that may differ: each Chromium smooths lines a little differently. */
const tolerance = 0.02

const differing = (name: string, taken: PNG): number => {
  const path = join(pictures, `${name}.png`)
  if (isUpdate || !existsSync(path)) {
    mkdirSync(pictures, { recursive: true })
    writeFileSync(path, PNG.sync.write(taken))
    if (!isUpdate) throw new Error(`There was no picture of ${name}. It was taken: look at it, and keep it.`)
  }
  const kept = PNG.sync.read(readFileSync(path))
  expect([taken.width, taken.height]).toEqual([kept.width, kept.height])
  const { height, width } = kept
  return pixelmatch(kept.data, taken.data, undefined, width, height, { threshold: 0.25 }) / (width * height)
}

describe.skipIf(chromiumPath === null)("each form of chart looks like its picture", () => {
  let browser: Awaited<ReturnType<typeof launch>>
  let page: Page

  beforeAll(async () => {
    browser = await launch()
    page = await openMadeUp(browser, { viewport: { width: 1000, height: 900 }, colorScheme: "light" })
    await page.addStyleTag({
      content: "svg text { display: none } .tooltip, .u-cursor-x { display: none !important }",
    })
  })
  afterAll(() => browser?.close())

  it.each(Object.entries(forms))("%s", async (name, [place, part]) => {
    await page.evaluate("location.hash = '#/settings'")
    await page.locator(".chart").waitFor({ state: "detached" })
    await page.evaluate(`location.hash = ${JSON.stringify(`#/people/ann/${place}`)}`)
    const drawn = page.locator(`.chart ${part}`).first()
    await drawn.waitFor({ timeout: 60_000 })
    const take = async () => PNG.sync.read(await drawn.screenshot({ animations: "disabled" }))
    // A canvas is drawn some frames after it appears.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    const options = { timeout: isUpdate ? 0 : 15_000 }
    await expect.poll(async () => differing(name, await take()), options).toBeLessThan(tolerance)
  })
})
