import { configSection } from "@withings-bridge/core"
import { expect, it } from "vitest"
import { parseInvocation } from "./invocation.ts"
import { readSettings } from "./settings.ts"

const read = (yaml: string, env = {}, ...args: ReadonlyArray<string>) =>
  readSettings({
    folder: "",
    flags: parseInvocation(args).flags,
    env,
    file: configSection("config.yaml", yaml, "matter"),
  })

it("knows that contacts were written where rules were before", () => {
  const { mistakes, settings } = read("matter: {contacts: [{person: Ann, kind: steps, above: goal-steps}]}")
  expect(mistakes).toEqual([])
  expect(settings.hasOldContacts).toBe(true)
  expect(read("matter: {port: 1}").settings.hasOldContacts).toBe(false)
})

it("knows that bed_unknown was written here before it held in every home", () => {
  expect(read("matter: {bed_unknown: last}")).toMatchObject({
    mistakes: [],
    settings: { hasOldBedUnknown: true },
  })
  expect(read("matter: {port: 1}").settings.hasOldBedUnknown).toBe(false)
  expect(read("matter: {bed_unknown: maybe}").mistakes).toMatchObject([{ key: "matter.bed_unknown" }])
})

it("reads a flag before the environment before the file; what is empty was left out", () => {
  const yaml = "matter: { port: 1, vendor_id: 0xfff2, log_level: info, ipv4: true }"
  const env = { WITHINGS_MATTER_PORT: "2", WITHINGS_MATTER_LOG_LEVEL: "", WITHINGS_MATTER_IPV4: "false" }
  const expected = { port: 3, vendorId: 0xfff2, logLevel: "info", ipv4: false, interface: null }
  expect(read(yaml, env, "--port", "3")).toMatchObject({ settings: expected, mistakes: [] })
  expect(read("", { MATTER_MDNS_NETWORKINTERFACE: "eth1" }).settings.interface).toBe("eth1")
})

it("tells every mistake at once, with its line", () => {
  const yaml = `matter:
  prot: 5541
  body_temperature: "yes"
  health: Ann
`
  const { mistakes } = read(yaml, { WITHINGS_MATTER_PORT: "often" }, "--log-level", "loud")
  expect(mistakes.map(({ source, line, key, found }) => [source, line, key, found])).toEqual([
    ["the command line", null, "--log-level", '"loud"'],
    ["the environment", null, "WITHINGS_MATTER_PORT", '"often"'],
    ["config.yaml", 2, "matter.prot", "an unknown key"],
    ["config.yaml", 3, "matter.body_temperature", '"yes"'],
    ["config.yaml", 4, "matter.health", '"Ann"'],
  ])
  expect(read("matter: 5540").mistakes).toMatchObject([{ line: 1, key: "matter", found: "5540" }])
})
