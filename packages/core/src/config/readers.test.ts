import { expect, it } from "vitest"
import { address, addressOf } from "./readers.ts"

it("keeps an address as it was written, and refuses one that only a URL parser would repair", () => {
  expect(["http://a/callback/", "HTTPS://a"].map(address)).toEqual(["http://a/callback/", "HTTPS://a"])
  expect(["http:a", "http:/a", "ftp://a", "http://", "", 1, null].map(address)).toEqual(
    Array(7).fill(undefined),
  )
  expect(["postgres://u:p@h/n", "mysql://h/n"].map(addressOf("^postgres(ql)?://"))).toEqual([
    "postgres://u:p@h/n",
    undefined,
  ])
})
