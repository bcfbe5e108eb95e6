import { expect, it } from "vitest"
import { fatalTrouble, type Interfaces, places, troubles } from "./networkTroubles.ts"

const of = (...addresses: ReadonlyArray<string>) =>
  addresses.map((address) => ({
    family: address.includes(":") ? ("IPv6" as const) : ("IPv4" as const),
    address,
    internal: ["127.0.0.1", "::1"].includes(address),
  }))
const home: Interfaces = {
  lo: of("127.0.0.1", "::1"),
  eth0: of("192.0.2.7", "fe80::7", "2001:db8::7"),
  docker0: of("198.51.100.1"),
}
const names = (interfaces: Interfaces, chosen: string | null, ipv4 = true) =>
  places(interfaces, chosen, ipv4).map(({ name, address }) => `${name} ${address}`)

it("announces on every interface but the loopback, or on the chosen one", () => {
  expect(names(home, null)).toEqual(["eth0 fe80::7", "eth0 192.0.2.7", "docker0 198.51.100.1"])
  expect(names(home, null, false)).toEqual(["eth0 fe80::7"])
  expect(names(home, "lo")).toEqual(["lo ::1", "lo 127.0.0.1"])
})

it("says in one sentence why nothing can work", () => {
  expect(fatalTrouble(home, null, true)).toBeNull()
  expect(fatalTrouble(home, "eth1", true)).toBe(
    'There is no network interface "eth1" with an address here (there are lo, eth0, docker0): correct --interface.',
  )
  expect(fatalTrouble(home, "docker0", false)).toMatch(/^The network interface "docker0" has no IPv6 address/)
  expect(fatalTrouble({ lo: of("127.0.0.1") }, null, true)).toMatch(/^This machine is not in a network/)
})

it("warns of what some controllers need: IPv6 anywhere, multicast on every interface", () => {
  const tried = places(home, null, true)
  expect(troubles(tried, [])).toEqual([])
  expect(troubles(places(home, "docker0", true), [])).toEqual([
    expect.stringMatching(/^IPv6 is off on docker0/),
  ])
  const unheard = tried.filter(({ name }) => name === "docker0").map((place) => ({ place, reason: "EPERM" }))
  expect(troubles(tried, unheard)).toEqual([
    expect.stringMatching(/^Multicast over IPv4 does not work on docker0 \(EPERM\)/),
  ])
  expect(troubles(places(home, "lo", true), [])).toEqual([])
})
