/**
 * What the console costs a reader: bytes of the first load, as they go over the wire, and the time from a chart's data
 * to its picture in Chromium, for ten years of weights, next to uPlot alone with the same points.
 */
import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { chromiumPath, launch } from "../packages/console/test/browser.ts"
import { startConsole } from "../packages/console/test/startConsole.ts"

const consoleFolder = join(dirname(fileURLToPath(import.meta.url)), "../packages/console")
const page = join(consoleFolder, "dist/page")
const samples = Number(process.env["BENCH_SAMPLES"] ?? 30)

const files = readdirSync(page, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
const bytes = files.map((entry) => gzipSync(readFileSync(join(entry.parentPath, entry.name))).length)
console.log(
  `First load, compressed: ${(bytes.reduce((a, b) => a + b, 0) / 1000).toFixed(1)} kB in ${files.length} files (limit 200 kB)`,
)

const quantiles = (values: ReadonlyArray<number>) => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (q: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(1).padStart(6)
  return `${String(values.length).padStart(3)} ×  median ${at(0.5)} ms  p99 ${at(0.99)} ms`
}

const day = 86_400
/** A weight every morning for ten years, as the bridge reduces it for a chart. */
const tenYears = (points: number) => {
  const to = Math.floor(Date.now() / 1000)
  return Array.from({ length: points }, (_, index) => [
    to - Math.round(((points - index) * 3650 * day) / points),
    Math.round((75 + 4 * Math.sin(index / 90) + Math.sin(index * 7.3)) * 100) / 100,
  ])
}

if (chromiumPath === null)
  console.log("SKIPPED: the drawing of a chart. No Chromium is here (apt install chromium).")
else {
  const running = await startConsole({}, { years: 0.05, persons: 1 })
  const browser = await launch()
  try {
    // What measures is put in as text, which the page itself may not do.
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 }, bypassCSP: true })
    const points = tenYears(1000)
    // Only the numbers are made up; the page, its data's way and the drawing are as always.
    await tab.route("**/api/chart?*", (route) => route.fulfill({ json: points }))
    const feature = {
      key: "weight",
      kind: "weight",
      nature: "value",
      category: "body",
      name: { en: "Weight", fr: "Poids" },
      unit: { ucum: "kg", symbol: "kg" },
      decimals: 2,
      min: 0,
      max: 300,
      reading: { value: 75, at: 0, stale: false },
    }
    const standing = { state: "signed-in", since: 0, lastSuccess: 0, nextTry: null, reason: null }
    const state = {
      household: {
        revision: 1,
        persons: [{ id: "p", name: "Ann", withingsUserId: "1", standing }],
        descriptors: [
          {
            id: "d",
            deviceClass: "scale",
            personId: "p",
            personName: "Ann",
            deviceId: "s",
            manufacturer: "Withings",
            model: "Body+",
            name: "Body+ Ann",
            availability: "available",
            features: [feature],
          },
        ],
        values: "all",
        leftOut: [],
      },
      settings: {
        clientId: null,
        hasSecret: false,
        callbackUrl: "",
        profiles: [],
        home: "",
        webhookUrl: null,
        pollEverySeconds: 300,
      },
      sync: { progress: [], consumers: [] },
      homes: { homeKit: null, matter: null, gladysUrl: null },
      troubles: [],
      signIn: null,
    }
    await tab.route("**/api/events", (route) =>
      route.fulfill({
        contentType: "text/event-stream",
        body: `event: state\ndata: ${JSON.stringify(state)}\n\n`,
      }),
    )
    await tab.goto(running.link())
    await tab.goto(`${running.url}/#/people`)
    await tab.locator("canvas").waitFor()
    // From the moment that the page has the data as text to the frame that shows them.
    await tab.evaluate(`(() => {
      globalThis.drawn = []
      const json = Response.prototype.json
      Response.prototype.json = async function () {
        const text = await this.text()
        const before = performance.now()
        requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => drawn.push(performance.now() - before))))
        return JSON.parse(text)
      }
    })()`)
    for (let turn = 0; turn < samples; turn++) {
      const name = turn % 2 === 0 ? "All" : "Year"
      await tab.getByRole("button", { name, exact: true }).click()
      await tab.waitForFunction(`drawn.length > ${turn}`)
    }
    const ours = await tab.evaluate<ReadonlyArray<number>>("drawn.filter((_, index) => index % 2 === 0)")
    console.log(
      `Data to picture, ten years, 1000 points:  ${quantiles(ours)}  (limit 100 ms, two frames of 16.7 ms in it)`,
    )

    const uplot = createRequire(join(consoleFolder, "package.json")).resolve("uplot/dist/uPlot.iife.min.js")
    const bare = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await bare.addScriptTag({ content: readFileSync(uplot, "utf8") })
    const floor = await bare.evaluate<ReadonlyArray<number>>(`(async () => {
      const text = ${JSON.stringify(JSON.stringify(points))}
      const times = []
      for (let turn = 0; turn < ${Math.ceil(samples / 2)}; turn++) {
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
    console.log(`The same by uPlot alone:                  ${quantiles(floor)}`)
  } finally {
    await browser.close()
    await running.close()
  }
}
