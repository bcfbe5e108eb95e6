import { startSimulator } from "@withings-bridge/simulator"
import { Effect } from "effect"
import { createServer, request } from "node:http"
import { connect, type AddressInfo } from "node:net"
import { expect, it } from "vitest"
import { signIn } from "./authorize.ts"
import { startWorker, stopWorker } from "./refreshWorkers.ts"
import { configFor, withingsLayer } from "./withingsLayer.ts"

it("goes through a proxy when Node is told to (NODE_USE_ENV_PROXY=1)", async () => {
  const cloud = await startSimulator({ years: 0.02 })
  const config = configFor(cloud.url)
  let passed = 0
  // Plain HTTP is handed on request by request, HTTPS through a tunnel.
  const proxy = createServer((asked, answer) => {
    passed++
    const { headers, method = "GET", url = "" } = asked
    const upstream = request(url, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.pipe(answer)
    })
    upstream.on("error", () => answer.destroy())
    asked.pipe(upstream)
  }).on("connect", (request, socket) => {
    passed++
    const { hostname, port } = new URL(`http://${request.url}`)
    const upstream = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n")
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on("error", () => socket.destroy())
    socket.on("error", () => upstream.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
  const { port } = proxy.address() as AddressInfo
  const person = await Effect.runPromise(
    Effect.provide(signIn(cloud.persons[0]?.name ?? ""), withingsLayer(config)),
  )
  const worker = startWorker(config.home, cloud.url, {
    NODE_USE_ENV_PROXY: "1",
    HTTP_PROXY: `http://127.0.0.1:${port}`,
    NO_PROXY: "",
    no_proxy: "",
  })
  try {
    await worker.ready
    expect(await worker.replace(person.id)).toBe("ok")
    expect(passed).toBeGreaterThan(0)
  } finally {
    await stopWorker(worker)
    proxy.closeAllConnections()
    proxy.close()
    await cloud.close()
  }
})
