import { describe, expect, it } from "vitest"
import { isForeign } from "./ownOrigin.ts"

const here = { loopback: true }
const lan = { loopback: false }
const proxied = { loopback: true, publicUrl: "https://bridge.example" }

describe("a request of another site", () => {
  it.each([
    ["a program on this machine", { host: "127.0.0.1:7332" }, here, false],
    ["its own page", { host: "localhost:7332", origin: "http://localhost:7332" }, here, false],
    ["IPv6", { host: "[::1]:7332", origin: "http://[::1]:7332" }, here, false],
    ["a foreign page", { host: "127.0.0.1:7332", origin: "https://evil.example" }, here, true],
    [
      "a foreign page that claims to be the same site",
      { host: "127.0.0.1:7332", origin: "https://evil.example", "sec-fetch-site": "same-origin" },
      here,
      true,
    ],
    ["a sandboxed frame", { host: "127.0.0.1:7332", origin: "null" }, here, true],
    ["another port", { host: "127.0.0.1:7332", origin: "http://127.0.0.1:8080" }, here, true],
    ["a rebound name", { host: "evil.example:7332", origin: "http://evil.example:7332" }, here, true],
    ["a foreign image", { host: "127.0.0.1:7332", "sec-fetch-site": "cross-site" }, here, true],
    ["the network", { host: "192.0.2.7:7332", origin: "http://192.0.2.7:7332" }, lan, false],
    ["a proxy, unasked", { host: "127.0.0.1:7332", origin: "https://bridge.example" }, here, true],
    ["a proxy", { host: "127.0.0.1:7332", origin: "https://bridge.example" }, proxied, false],
    ["a proxy that keeps Host", { host: "bridge.example", origin: "https://bridge.example" }, proxied, false],
  ])("%s", (_, headers, address, foreign) => expect(isForeign(headers, address)).toBe(foreign))
})
