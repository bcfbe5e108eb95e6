import { createRequire } from "node:module"
import { describe, expect, it } from "vitest"
import { setupUri } from "@withings-bridge/console/setupUri"

const homebridge = createRequire(createRequire(import.meta.url).resolve("homebridge"))
const { Bridge } = homebridge("@homebridge/hap-nodejs")

/** HAP-NodeJS computes it from what it would publish. */
const asHapNodeJs = (pincode: string, setupID: string): string => {
  const bridge = new Bridge("Test", "6ba7b810-9dad-11d1-80b4-00c04fd430c8")
  bridge._accessoryInfo = { pincode, category: 2 }
  bridge._setupID = setupID
  return bridge.setupURI()
}

describe("setupUri", () => {
  it.each([
    ["031-45-154", "ABCD"],
    ["999-99-998", "Z9Q0"],
    ["000-00-017", "0000"],
  ])("says the same as HAP-NodeJS for %s", (pin, setupId) => {
    expect(setupUri(pin, setupId)).toBe(asHapNodeJs(pin, setupId))
  })
})
