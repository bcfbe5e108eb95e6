/**
 * What the console costs a reader: bytes of the first load as they go over the wire, the time from a chart's data to its
 * picture for each form of chart, next to uPlot alone with as many points, and the time from a click to the picture of a
 * measure with half a million values in the store.
 */
import { PersonId } from "@withings-bridge/core"
import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { chromiumPath, launch } from "../packages/console/test/browser.ts"
import { householdState, now, pointsFor } from "../packages/console/test/madeUpHousehold.ts"
import { fromStore, inStore } from "../packages/console/test/inStore.ts"
import { seededConsole } from "../packages/console/test/seededConsole.ts"

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launch>>["newPage"]>>

const consoleFolder = join(dirname(fileURLToPath(import.meta.url)), "../packages/console")
const built = join(consoleFolder, "dist/page")
const samples = Number(process.env["BENCH_SAMPLES"] ?? 15)
const manyValues = 500_000

const sizeOf = (name: string) => gzipSync(readFileSync(join(built, name))).length

/** What a browser loads for the first page, without other languages and licences. */
const firstLoad = () => {
  const assets = readdirSync(join(built, "assets")).map((name) => `assets/${name}`)
  const first = ["index.html", "icon.svg", ...assets.filter((name) => name.includes("/index-"))]
  const later = assets.filter((name) => !first.includes(name))
  const sum = (names: ReadonlyArray<string>) => names.reduce((all, name) => all + sizeOf(name), 0) / 1000
  return { first: sum(first), later: sum(later), count: first.length }
}

const { count, first, later } = firstLoad()
console.log(
  `First load, compressed: ${first.toFixed(1)} kB in ${count} files (limit 120 kB); languages when chosen: ${later.toFixed(1)} kB`,
)

const quantiles = (values: ReadonlyArray<number>) => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (q: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(1)
  return `${String(values.length).padStart(3)} ×  median ${at(0.5).padStart(6)} ms  p99 ${at(0.99).padStart(6)} ms`
}

/** Records when data arrive as text and when a frame shows them. */
const stopwatch = `(() => {
  globalThis.drawn = []
  globalThis.shownAt = 0
  const json = Response.prototype.json
  Response.prototype.json = async function () {
    const text = await this.text()
    const before = performance.now()
    requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => (drawn.push(performance.now() - before), shownAt = performance.now()))))
    return JSON.parse(text)
  }
})()`

const charts = {
  trend: "weight?range=year",
  stack: "fat-mass?range=year",
  bars: "steps?range=year",
  band: "intraday-heart-rate?range=week",
  pressure: "blood-pressure-systolic?range=quarter",
  hypnogram: "night-state?range=day",
  schedule: "sleep-time-in-bed?range=quarter",
  workouts: "workout-category?range=month",
  calendar: "steps?as=calendar",
  scatter: "weight?range=year&with=measure:steps&as=scatter",
}

const types: Readonly<Record<string, string>> = {
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
}

/** The page with made-up data, so that only the page is measured. */
const timeCharts = async (page: Page) => {
  await page.route("http://console.test/**", (route) => {
    const { pathname } = new URL(route.request().url())
    const body = readFileSync(join(built, pathname === "/" ? "index.html" : pathname))
    return route.fulfill({ body, contentType: types[pathname.split(".").at(-1) ?? ""] ?? "text/html" })
  })
  const state = `event: state\ndata: ${JSON.stringify(householdState)}\n\n`
  await page.route("**/api/events", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: state }),
  )
  await page.route("**/api/state", (route) => route.fulfill({ json: householdState }))
  await page.route("**/api/chart?*", (route) => {
    const asked = Object.fromEntries(new URL(route.request().url()).searchParams)
    return route.fulfill({ json: pointsFor(asked) })
  })
  await page.clock.setFixedTime(now * 1000)
  await page.goto("http://console.test/#/settings")
  await page.locator("nav").waitFor()
  await page.evaluate(stopwatch)
  for (const [form, place] of Object.entries(charts)) {
    const times: Array<number> = []
    for (let turn = 0; turn < samples; turn++) {
      await page.evaluate("drawn.length = 0; location.hash = '#/settings'")
      await page.evaluate(`location.hash = ${JSON.stringify(`#/people/ann/${place}`)}`)
      await page.locator(".chart :is(canvas, svg)").first().waitFor()
      await page.waitForFunction("drawn.length > 0")
      times.push(await page.evaluate<number>("Math.max(...drawn)"))
    }
    console.log(
      `Data to picture, ${form.padEnd(10)} ${quantiles(times)}  (limit 100 ms, two frames of 16.7 ms in it)`,
    )
  }
}

/** As many points with the library alone, which no page can beat. */
const timeBareLibrary = async (page: Page) => {
  const points = pointsFor({ feature: "weight", from: "0", to: String(now), personId: "ann" })
  const script = createRequire(join(consoleFolder, "package.json")).resolve("uplot/dist/uPlot.iife.min.js")
  await page.addScriptTag({ content: readFileSync(script, "utf8") })
  const times = await page.evaluate<ReadonlyArray<number>>(`(async () => {
    const text = ${JSON.stringify(JSON.stringify(points))}
    const times = []
    for (let turn = 0; turn < ${samples}; turn++) {
      const before = performance.now()
      const data = JSON.parse(text)
      const chart = new uPlot({ width: 1140, height: 300, series: [{}, { stroke: "teal", width: 2 }] },
        [data.map(([at]) => at), data.map(([, value]) => value)], document.body)
      await new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done))))
      times.push(performance.now() - before)
      chart.destroy()
    }
    return times
  })()`)
  console.log(`uPlot alone, ${points.length} points   ${quantiles(times)}`)
}

/** Ten years of heart rate in the store, one value about every ten minutes. */
const fill = (home: string, personId: PersonId) => {
  const to = Math.floor(Date.now() / 1000)
  return inStore(
    home,
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${manyValues})
    INSERT OR IGNORE INTO measure SELECT '${personId}', 'getmeas', printf('bench%08d', i), 'heart-rate',
      -1, ${to} - i * 631, 60 + (i * 7919) % 60, NULL, 'device', 0, 0, 1, 0 FROM n`,
  )
}

/** Waits until the console has aggregated all completed months; returns how many there are. */
const monthsAreKept = async (home: string): Promise<number> => {
  const kept = "SELECT COUNT(*) AS count FROM feature_month WHERE feature = 'heart-rate'"
  for (let last = -1; ;) {
    const count = Number(fromStore(home, kept)[0]?.["count"])
    if (count > 0 && count === last) return count
    last = count
    await new Promise((resolve) => setTimeout(resolve, 5000))
  }
}

/** Milliseconds from the click on a range to the frame that shows the answer. */
const pressRange = async (page: Page, name: string): Promise<number> => {
  await page.evaluate("drawn.length = 0")
  const clicked = await page.evaluate<number>(`(() => {
    const clicked = performance.now()
    ;[...document.querySelectorAll(".ranges button")].find((one) => one.textContent === "${name}").click()
    return clicked
  })()`)
  await page.waitForFunction("drawn.length > 0")
  return (await page.evaluate<number>("shownAt")) - clicked
}

const timeManyValues = async (page: Page) => {
  const running = await seededConsole(["Ann"], {}, { years: 0.1, persons: 1 })
  try {
    const state = (await running.ask("state")) as { household: { persons: ReadonlyArray<{ id: string }> } }
    const ann = state.household.persons[0]?.id ?? ""
    await fill(running.home, PersonId(ann))
    await page.goto(running.link())
    await page.goto(`${running.url}/#/people/${ann}/heart-rate?range=all`)
    await page.locator(".chart canvas").waitFor()
    await page.evaluate(stopwatch)
    const timeAll = async () => {
      const times: Array<number> = []
      for (let turn = 0; turn < samples; turn++) {
        await pressRange(page, "Year")
        times.push(await pressRange(page, "All"))
      }
      return quantiles(times)
    }
    console.log(`Click to picture, ${manyValues} values  ${await timeAll()}  (no days kept yet)`)
    const months = await monthsAreKept(running.home)
    const [row] = fromStore(running.home, "SELECT COUNT(*) AS count FROM measure WHERE kind = 'heart-rate'")
    if (Number(row?.["count"]) < manyValues) throw new Error("The store no longer has all of the values.")
    console.log(
      `Click to picture, ${manyValues} values  ${await timeAll()}  (aim 150 ms, days of ${months} months kept)`,
    )
  } finally {
    await running.close()
  }
}

if (chromiumPath === null)
  console.log("SKIPPED: the times of charts. No Chromium is here (apt install chromium).")
else {
  const browser = await launch()
  const fresh = () =>
    browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-IE", bypassCSP: true })
  try {
    await timeCharts(await fresh())
    await timeBareLibrary(await fresh())
    await timeManyValues(await fresh())
  } finally {
    await browser.close()
  }
}
