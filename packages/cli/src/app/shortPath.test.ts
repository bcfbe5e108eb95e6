import { expect, it } from "vitest"
import { shortPath } from "./shortPath.ts"

it("is short below the folder someone works in, and whole everywhere else", () => {
  expect(shortPath("/home/ann/demo/store", "/home/ann")).toBe("demo/store")
  expect(shortPath("/data/store", "/home/ann")).toBe("/data/store")
  expect(shortPath("/home/ann", "/home/ann")).toBe("/home/ann")
  expect(shortPath("/data/withings-bridge", "/")).toBe("/data/withings-bridge")
})
