import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { chromiumPath, launch } from "../packages/console/test/browser.ts"
import type { Hole, Target } from "./Target.ts"

/** Runs in the attacker's page: tries everything that a script can do to another origin, and returns what worked. */
const script = `async (targets) => {
  const got = []
  const within = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 3000))])
  for (const { name, url, guarded, bodies } of targets) {
    for (const path of guarded) {
      const text = await fetch(url + path, { credentials: "include" }).then((answer) => answer.text()).catch(() => null)
      if (text !== null) got.push([name, "read " + path])
      await within(new Promise((resolve) => {
        const socket = new WebSocket(url.replace("http", "ws") + path)
        socket.onopen = () => resolve(got.push([name, "opened a websocket on " + path]))
        socket.onerror = () => resolve()
      }))
      await within(new Promise((resolve) => {
        const events = new EventSource(url + path, { withCredentials: true })
        events.onopen = () => resolve(got.push([name, "listens to " + path]))
        events.onerror = () => resolve(events.close())
      }))
    }
    for (const path of bodies)
      await fetch(url + path, { method: "POST", mode: "no-cors", credentials: "include", body: "{}" }).catch(() => null)
    const frame = document.createElement("iframe")
    frame.src = url
    document.body.append(frame)
  }
  return got
}`

/**
 * A malicious page in a real browser that is signed in to the console. It runs on another port of 127.0.0.1, which is
 * the same site to a browser: cookies with SameSite are sent along.
 */
export const foreignPage = async (all: ReadonlyArray<Target>): Promise<ReadonlyArray<Hole>> => {
  if (chromiumPath === null) {
    console.log("SKIPPED: the malicious page. Chromium is not installed (apt install chromium).")
    return []
  }
  const evil = createServer((_, response) =>
    response.setHeader("content-type", "text/html").end("<!doctype html><title>evil</title><body>"),
  ).listen(0, "127.0.0.1")
  await new Promise((resolve) => evil.once("listening", resolve))
  const browser = await launch()
  try {
    const page = await (await browser.newContext()).newPage()
    for (const { link } of all) if (link !== undefined) await page.goto(link())
    const { port } = evil.address() as AddressInfo
    await page.goto(`http://127.0.0.1:${port}`)
    const targets = all
      .filter(({ guarded }) => guarded.length > 0)
      .map(({ bodies, guarded, name, url }) => ({ bodies, guarded, name, url }))
    const got = await page.evaluate<Array<[string, string]>>(`(${script})(${JSON.stringify(targets)})`)
    return got.map(([target, what]) => ({ target, attack: "malicious page", what }))
  } finally {
    await browser.close()
    evil.close()
  }
}
