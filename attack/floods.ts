import { connect, type Socket } from "node:net"
import { isAlive, send } from "./request.ts"
import { memoryOf, type Attack, type Target } from "./Target.ts"

const mebibyte = 1024 * 1024
/**
 * Megabytes that a server may gain during an attack. Node reads refused bodies to their end, which left 50 to 160 MB of
 * garbage. A body of 700 MiB that is kept exceeds this.
 */
const gainAllowed = 250

const socketTo = (target: Target): Promise<Socket> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(target.url)
    const socket = connect(Number(port), hostname)
    socket.on("error", () => socket.destroy())
    socket.once("connect", () => resolve(socket))
    socket.once("close", () => resolve(socket))
  })

/** Writes until everything is sent or the server cuts the connection. */
const pour = (socket: Socket, mebibytes: number): Promise<void> =>
  new Promise((resolve) => {
    const chunk = Buffer.alloc(mebibyte, "x")
    let left = mebibytes
    const more = () => {
      while (left-- > 0 && !socket.destroyed) if (!socket.write(chunk)) return void socket.once("drain", more)
      resolve()
    }
    socket.once("close", () => resolve())
    setTimeout(resolve, 20_000).unref()
    more()
  })

const head = (target: Target, path: string, length: number) =>
  [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(target.url).host}`,
    "Content-Type: application/json",
    "x-withings-bridge: console",
    ...Object.entries(target.headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${length}`,
    "",
    "",
  ].join("\r\n")

const judged = async (target: Target, before: number): Promise<ReadonlyArray<string>> => {
  const holes: Array<string> = []
  if (!(await isAlive(target))) holes.push("the server no longer answers")
  const gain = memoryOf(target.pid).peak - before
  if (gain > gainAllowed) holes.push(`memory grew by ${Math.round(gain)} MB`)
  return holes
}

const hugeBody: Attack = {
  name: "700 MiB body",
  run: async (target) => {
    const before = memoryOf(target.pid).peak
    for (const path of target.bodies) {
      const socket = await socketTo(target)
      socket.write(head(target, path, 700 * mebibyte))
      await pour(socket, 700)
      socket.destroy()
    }
    return judged(target, before)
  },
}

const halfBodies: Attack = {
  name: "half-sent bodies",
  run: async (target) => {
    const before = memoryOf(target.pid).peak
    const sockets = await Promise.all(
      Array.from({ length: 3 }, async (_, at) => {
        const socket = await socketTo(target)
        socket.write(head(target, target.bodies[at % target.bodies.length] ?? "/", 500 * mebibyte))
        await pour(socket, 400)
        return socket
      }),
    )
    const holes = await judged(target, before)
    for (const socket of sockets) socket.destroy()
    return holes
  },
}

const manyConnections: Attack = {
  name: "2,000 idle connections",
  run: async (target) => {
    const before = memoryOf(target.pid).peak
    const sockets = await Promise.all(Array.from({ length: 2000 }, () => socketTo(target)))
    for (const socket of sockets) if (!socket.destroyed) socket.write("GET / HTTP/1.1\r\nX-Slow: ")
    for (const socket of sockets) socket.destroy()
    return judged(target, before)
  },
}

const longHeaders: Attack = {
  name: "1 MiB of headers",
  run: async (target) => {
    const before = memoryOf(target.pid).peak
    const { status } = await send(target, {
      path: target.alive,
      headers: { "x-long": "x".repeat(mebibyte) },
    })
    return [...(status === 200 ? ["it was answered"] : []), ...(await judged(target, before))]
  },
}

/** Without a timeout for headers, a few clients can hold all connections for ever. */
const slowHeaders: Attack = {
  name: "slow headers",
  run: async (target) => {
    const socket = await socketTo(target)
    socket.write("GET / HTTP/1.1\r\n")
    const cut = await new Promise<boolean>((resolve) => {
      socket.once("close", () => resolve(true))
      socket.resume()
      setTimeout(() => resolve(false), 90_000).unref()
    })
    socket.destroy()
    return cut ? [] : ["an unfinished request was still open after 90 s"]
  },
}

export const floods: ReadonlyArray<Attack> = [hugeBody, halfBodies, manyConnections, longHeaders, slowHeaders]
