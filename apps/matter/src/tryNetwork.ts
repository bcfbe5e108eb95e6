import { createSocket } from "node:dgram"
import { networkInterfaces } from "node:os"
import { fatalTrouble, type Place, places, troubles } from "./networkTroubles.ts"

const mdnsGroup = { IPv4: "224.0.0.251", IPv6: "ff02::fb" }
/** The discard service, which ignores what it gets. */
const discardPort = 9

/**
 * Checks the network for Matter. Throws when nothing can work, else answers warnings. matter.js itself only logs each
 * announcement that it could not send.
 */
export const tryNetwork = async (chosen: string | null, ipv4: boolean): Promise<ReadonlyArray<string>> => {
  const interfaces = networkInterfaces()
  const fatal = fatalTrouble(interfaces, chosen, ipv4)
  if (fatal !== null) throw new NetworkTrouble(fatal)
  const tried = places(interfaces, chosen, ipv4)
  const reasons = await Promise.all(tried.map(tryMulticast))
  const unheard = tried.flatMap((place, index) => {
    const reason = reasons[index] ?? null
    return reason === null ? [] : [{ place, reason }]
  })
  return troubles(tried, unheard)
}

export class NetworkTrouble extends Error {}

/** Why multicast does not work from there; null: it works. */
const tryMulticast = ({ family, address, name }: Place): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = createSocket(family === "IPv6" ? "udp6" : "udp4")
    const done = (error: Error | null) => {
      socket.close()
      resolve(error === null ? null : "code" in error ? String(error.code) : error.message)
    }
    socket.once("error", done)
    socket.bind(0, () => {
      try {
        // As matter.js joins: over IPv4 the system chooses the interface, by its route to the group.
        if (family === "IPv6") socket.addMembership(mdnsGroup.IPv6, `::%${name}`)
        else socket.addMembership(mdnsGroup.IPv4)
        socket.setMulticastInterface(family === "IPv6" ? `::%${name}` : address)
        socket.send("", discardPort, mdnsGroup[family], (error) => done(error))
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    })
  })
