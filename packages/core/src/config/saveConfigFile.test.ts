import { describe, expect, it } from "vitest"
import { withSettings } from "./saveConfigFile.ts"

describe("withSettings", () => {
  it("makes the section in an empty file", () => {
    expect(withSettings("", { client_id: "abc", profiles: ["Ann"] })).toBe(
      "withings:\n  client_id: abc\n  profiles:\n    - Ann\n",
    )
  })

  it("keeps comments and what else is in the file", () => {
    const before =
      "# ours\nother: 1\nwithings:\n  # from the developer page\n  client_id: old\n  poll_every: 600\n"
    expect(withSettings(before, { client_id: "new" })).toBe(before.replace("old", "new"))
  })

  it("reaches settings of a group", () => {
    expect(withSettings("withings: {client_id: a}\n", { "webhook.port": 7334 })).toBe(
      "withings: { client_id: a, webhook: { port: 7334 } }\n",
    )
  })
})
