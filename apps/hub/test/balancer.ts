import { once } from "node:events"
import { connect, createServer, type Socket } from "node:net"

/** How often runners are looked at, and how long one may take to answer. Milliseconds. */
const [looksEvery, answersWithin] = [500, 4000]

export interface Balancer {
  readonly url: string
  readonly close: () => Promise<void>
}

/** One address for all runners, as a proxy before a hub: hands each connection to the next runner that is well. */
export const startBalancer = async (ports: () => ReadonlyArray<number>): Promise<Balancer> => {
  const well = new Set<number>()
  const open = new Set<Socket>()
  let turn = 0
  const look = async (port: number) => {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, {
      signal: AbortSignal.timeout(answersWithin),
    }).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.ok) well.add(port)
    else well.delete(port)
  }
  const lookAtAll = () => Promise.all(ports().map(look))
  const server = createServer((caller) => {
    open.add(caller)
    caller.on("close", () => open.delete(caller))
    caller.on("error", () => caller.destroy())
    const here = ports().filter((port) => well.has(port))
    // On a busy machine all may be slow at once.
    const among = here.length > 0 ? here : ports()
    const port = among[turn++ % Math.max(1, among.length)]
    if (port === undefined) return caller.destroy()
    const runner = connect(port, "127.0.0.1")
    runner.on("error", () => caller.destroy())
    runner.on("close", () => caller.destroy())
    caller.on("close", () => runner.destroy())
    caller.pipe(runner).pipe(caller)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const looking = setInterval(() => void lookAtAll(), looksEvery)
  await lookAtAll()
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("The balancer has no port.")
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      clearInterval(looking)
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, "close")
    },
  }
}
