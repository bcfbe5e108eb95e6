import type { CDPSession, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chromiumPath, launch } from "./browser.ts"
import { openMadeUp } from "./madeUpConsole.ts"

if (chromiumPath === null)
  console.warn(
    "\nSKIPPED: fingers on a chart. No Chromium is here: install it (apt install chromium), or name one by CHROMIUM.\n",
  )

type Finger = readonly [x: number, y: number]

/** A chart on a canvas and one in SVG: they handle touches separately. */
const charts = {
  canvas: ["weight?range=quarter", ".chart .u-over", 92],
  svg: ["blood-pressure-systolic?range=month", ".chart .timeline", 31],
} as const

describe.skipIf(chromiumPath === null)("touching a chart on a phone", () => {
  let browser: Awaited<ReturnType<typeof launch>>
  let page: Page
  let fingers: CDPSession

  beforeAll(async () => {
    browser = await launch()
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    page = await openMadeUp(browser, phone)
    fingers = await page.context().newCDPSession(page)
  })
  afterAll(() => browser?.close())

  const touch = (type: "touchStart" | "touchMove" | "touchEnd", places: ReadonlyArray<Finger>) =>
    fingers.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: places.map(([x, y], id) => ({ x, y, id })),
    })

  /** Moves fingers in ten steps. */
  const glide = async (from: ReadonlyArray<Finger>, to: ReadonlyArray<Finger>) => {
    await touch("touchStart", from)
    for (let step = 1; step <= 10; step++)
      await touch(
        "touchMove",
        from.map(([x, y], id): Finger => {
          const [endX, endY] = to[id] ?? [x, y]
          return [x + ((endX - x) * step) / 10, y + ((endY - y) * step) / 10]
        }),
      )
    await touch("touchEnd", [])
  }

  const zoomed = () => {
    const query = new URLSearchParams(new URL(page.url()).hash.split("?")[1])
    return { from: Number(query.get("from")), to: Number(query.get("to")) }
  }
  const settledZoom = async (isIt: (zoom: ReturnType<typeof zoomed>) => boolean) => {
    await expect.poll(() => isIt(zoomed()), { timeout: 30_000 }).toBe(true)
    return zoomed()
  }

  it.each(Object.entries(charts))("pinch, move and scroll: %s", async (_, [place, part, days]) => {
    await page.evaluate("location.hash = '#/settings'")
    await page.locator(".chart").waitFor({ state: "detached" })
    await page.evaluate(`location.hash = ${JSON.stringify(`#/people/ann/${place}`)}`)
    const chart = page.locator(part).first()
    await chart.waitFor()
    await chart.evaluate((element) => element.scrollIntoView({ block: "center" }))
    const box = await chart.boundingBox()
    if (box === null) throw new Error("There is no chart.")
    const [left, right, y] = [box.x + box.width * 0.4, box.x + box.width * 0.6, box.y + box.height / 2]
    const scale = () => page.evaluate<number>("visualViewport.scale")

    await glide(
      [
        [left, y],
        [right, y],
      ],
      [
        [left - 60, y],
        [right + 60, y],
      ],
    )
    const near = await settledZoom(({ from, to }) => from > 0 && to - from < (days * 86_400) / 2)
    expect(await scale()).toBe(1)

    await glide(
      [
        [left - 60, y],
        [right + 60, y],
      ],
      [
        [left, y],
        [right, y],
      ],
    )
    const far = await settledZoom(({ from, to }) => to - from > (near.to - near.from) * 2)

    await glide([[left, y]], [[left + 100, y]])
    const earlier = await settledZoom(({ to }) => to < far.to - (far.to - far.from) / 5)
    expect(Math.abs(earlier.to - earlier.from - (far.to - far.from))).toBeLessThan(5)

    const before = await page.evaluate<number>("scrollY")
    await glide([[left, y]], [[left, y - 120]])
    await expect.poll(() => page.evaluate<number>("scrollY"), { timeout: 30_000 }).toBeGreaterThan(before)
    expect(zoomed()).toEqual(earlier)
  })
})
