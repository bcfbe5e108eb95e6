import { readFileSync } from "node:fs"
import { extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { newContext } from "./browser.ts"
import { ecgCurve, householdState, now, pointsFor } from "./madeUpHousehold.ts"

const built = fileURLToPath(new URL("../dist/page/", import.meta.url))

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
}

const origin = "http://console.test"

/** Answers like the bridge, with the same values at every hour and on every machine. */
const answer = async (context: BrowserContext) => {
  await context.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const body = readFileSync(join(built, pathname === "/" ? "index.html" : pathname))
    return route.fulfill({ body, contentType: types[extname(pathname)] ?? "text/html" })
  })
  const state = `event: state\ndata: ${JSON.stringify(householdState)}\n\n`
  await context.route("**/api/events", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: state }),
  )
  await context.route("**/api/state", (route) => route.fulfill({ json: householdState }))
  await context.route("**/api/ecg?*", (route) => route.fulfill({ json: ecgCurve }))
  await context.route("**/api/chart?*", (route) => {
    const asked = new URL(route.request().url()).searchParams
    return route.fulfill({ json: pointsFor(Object.fromEntries(asked)) })
  })
}

/** The page in a browser at the time of the made-up household, without a real bridge. */
export const openMadeUp = async (browser: Browser, options: BrowserContextOptions): Promise<Page> => {
  const context = await newContext(browser, {
    locale: "en-IE",
    timezoneId: "UTC",
    bypassCSP: true,
    ...options,
  })
  await answer(context)
  const page = await context.newPage()
  await page.clock.setFixedTime(now * 1000)
  await page.goto(`${origin}/#/settings`)
  await page.locator("header").waitFor()
  return page
}
