import { createSocket } from "node:dgram"
import { networkInterfaces } from "node:os"
import { Effect } from "effect"
import { bad, good, noted, type Finding } from "./Finding.ts"

const group = "224.0.0.251"
const mdnsPort = 5353
const listenFor = 1_000

/** The query for all services (RFC 6763, section 9). Sent from a free port, so that answers come to it directly. */
const question = Buffer.concat([
  Buffer.from([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
  ...["_services", "_dns-sd", "_udp", "local"].map((label) =>
    Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]),
  ),
  Buffer.from([0, 0, 12, 0, 1]),
])

interface Echo {
  /** Devices that answered. */
  readonly heard: number
  /** Why the query could not be sent; null: it was sent. */
  readonly error: string | null
}

/** Joins the group on the interface with this address and sends the query once. */
const askOn = (address: string): Effect.Effect<Echo> =>
  Effect.async((resume) => {
    const socket = createSocket("udp4")
    const heard = new Set<string>()
    const end = (error: string | null) => {
      clearTimeout(timer)
      socket.removeAllListeners()
      socket.on("error", () => undefined)
      socket.close()
      resume(Effect.succeed({ heard: heard.size, error }))
    }
    const timer = setTimeout(end, listenFor, null)
    socket.on("error", (error) => end(error.message))
    socket.on("message", (_, from) => heard.add(from.address))
    socket.bind(0, () => {
      try {
        socket.setMulticastInterface(address)
        socket.addMembership(group, address)
        socket.send(question, mdnsPort, group, (error) => error && end(error.message))
      } catch (error) {
        end(error instanceof Error ? error.message : String(error))
      }
    })
  })

const about = "mDNS"

/** Phones and hubs find the bridges by multicast. */
export const checkMulticast: Effect.Effect<Finding> = Effect.gen(function* () {
  const outside = Object.entries(networkInterfaces()).flatMap(([name, addresses]) => {
    const own = addresses?.find(({ family, internal }) => !internal && family === "IPv4")
    return own === undefined ? [] : [{ name, address: own.address }]
  })
  if (outside.length === 0)
    return noted(
      about,
      "no interface that leads out of this machine",
      "Phones and hubs cannot find the bridges: connect it to the network (in Docker: network_mode: host).",
    )
  const echoes = yield* Effect.forEach(
    outside,
    ({ address, name }) => Effect.map(askOn(address), (echo) => ({ name, ...echo })),
    { concurrency: "unbounded" },
  )
  const names = outside.map(({ name }) => name).join(", ")
  const heard = echoes.reduce((sum, echo) => sum + echo.heard, 0)
  if (echoes.every(({ error }) => error !== null))
    return bad(
      about,
      `cannot be sent on ${names} (${echoes[0]?.error})`,
      "Phones and hubs cannot find the bridges: let the firewall pass UDP 5353 and multicast.",
    )
  return heard > 0
    ? good(about, `${heard} device${heard === 1 ? "" : "s"} answered on ${names}`)
    : noted(
        about,
        `sent on ${names}, and nothing answered`,
        'Normal if nothing else speaks mDNS; otherwise see "When it is not found" in docs/matter.md.',
      )
})
