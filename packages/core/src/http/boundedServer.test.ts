import { once } from "node:events"
import { expect, it, onTestFinished, vi } from "vitest"
import { boundedServer } from "./boundedServer.ts"

it("answers a request that came before the app was attached", async () => {
  const server = boundedServer()
  onTestFinished(() => void server.close())
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("It listens on no port")
  const emitted = vi.spyOn(server, "emit")
  const early = fetch(`http://127.0.0.1:${address.port}/early`, { method: "POST", body: "a body" })
  await vi.waitFor(() => expect(emitted.mock.calls.map(([event]) => event)).toContain("request"), 10_000)
  server.on("request", async (request, response) => {
    let text = ""
    for await (const chunk of request) text += String(chunk)
    response.end(`${request.url} ${text}`)
  })
  expect(await (await early).text()).toBe("/early a body")
})
