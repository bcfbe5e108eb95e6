import { once } from "node:events"
import { createServer } from "node:net"

/** Below those that systems give away by themselves: another test would get one while a bridge restarts. */
const [lowest, highest] = [10_000, 32_000]

/** A port of this machine that nobody listens on at this moment. */
export const freePort = async (): Promise<number> => {
  const port = lowest + Math.floor(Math.random() * (highest - lowest))
  const server = createServer().listen(port, "127.0.0.1")
  const isFree = await once(server, "listening").then(
    () => true,
    () => false,
  )
  if (!isFree) return freePort()
  server.close()
  await once(server, "close")
  return port
}
