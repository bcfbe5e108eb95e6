import { describe, expect, it } from "vitest"
import { refusedByWithings } from "./publicUrl.ts"

describe("a public address", () => {
  it.each(["https://bridge.example.org", "https://bridge.example.org:443/path", "https://a.ts.net:80"])(
    "%s may be called by Withings",
    (url) => expect(refusedByWithings(url)).toBeNull(),
  )
  it.each([
    ["http://192.168.1.4", "https://"],
    ["https://192.168.1.4", "IP address"],
    ["https://[2001:db8::1]", "IP address"],
    ["https://bridge.local", "own network"],
    ["https://bridge", "own network"],
    ["https://bridge.example.org:8443", "port 8443"],
    [`https://bridge.example.org/${"x".repeat(200)}`, "longer than 206"],
    ["bridge.example.org", "not an address"],
  ])("%s is refused", (url, why) => expect(refusedByWithings(url)).toContain(why))
})
