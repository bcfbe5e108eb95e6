import type { NetworkInterfaceInfo } from "node:os"

type Address = Pick<NetworkInterfaceInfo, "address" | "family" | "internal">

/** The part of node:os' answer that matters here. */
export type Interfaces = Readonly<Record<string, ReadonlyArray<Address> | undefined>>

/** An address to announce the bridge from. `internal`: the loopback, where only this machine's programs listen. */
export interface Place extends Address {
  /** Of the interface. */
  readonly name: string
}

/** Where the bridge announces itself: one address of each family for each interface but the loopback. */
export const places = (interfaces: Interfaces, chosen: string | null, ipv4: boolean): ReadonlyArray<Place> =>
  Object.entries(interfaces).flatMap(([name, addresses = []]) => {
    if (chosen === null ? addresses.every(({ internal }) => internal) : name !== chosen) return []
    const families = ipv4 ? (["IPv6", "IPv4"] as const) : (["IPv6"] as const)
    return families.flatMap((family) => {
      const found = addresses.find((of) => of.family === family)
      return found === undefined ? [] : [{ name, family, address: found.address, internal: found.internal }]
    })
  })

/** Why Matter cannot work here; null: it can. */
export const fatalTrouble = (interfaces: Interfaces, chosen: string | null, ipv4: boolean): string | null => {
  if (places(interfaces, chosen, ipv4).length > 0) return null
  if (chosen !== null && interfaces[chosen] === undefined)
    return (
      `There is no network interface "${chosen}" with an address here (there are ` +
      `${Object.keys(interfaces).join(", ")}): correct --interface.`
    )
  const where = chosen === null ? "This machine" : `The network interface "${chosen}"`
  return ipv4
    ? `${where} is not in a network that Matter could use: connect it to the network of the controllers.`
    : `${where} has no IPv6 address, and IPv4 is switched off: switch on IPv6 here, or leave out --no-ipv4.`
}

/**
 * Warnings about what will not work for all controllers.
 * @param unheard places from which a multicast could not be sent, with the reason
 */
export const troubles = (
  tried: ReadonlyArray<Place>,
  unheard: ReadonlyArray<{ readonly place: Place; readonly reason: string }>,
): ReadonlyArray<string> => {
  const outside = tried.filter(({ internal }) => !internal)
  const silent = unheard
    .filter(({ place }) => !place.internal || unheard.length === tried.length)
    .map(
      ({ place, reason }) =>
        `Multicast over ${place.family} does not work on ${place.name} (${reason}), so controllers may not find the ` +
        `bridge there: is there a multicast route, and does the firewall let UDP port 5353 out?`,
    )
  const hasIpv6 = outside.some(({ family }) => family === "IPv6")
  if (hasIpv6 || outside.length === 0) return silent
  const names = [...new Set(outside.map(({ name }) => name))].join(", ")
  return [
    ...silent,
    `IPv6 is off on ${names}: Matter is built on IPv6, and the controllers of Apple, Google and Amazon find no bridge ` +
      "without it. Switch it on for this machine; a container needs its host's network.",
  ]
}
