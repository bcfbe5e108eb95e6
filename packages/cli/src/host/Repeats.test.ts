import { expect, it } from "vitest"
import { Repeats } from "./Repeats.ts"

it("tells once what all apps notice together", () => {
  const repeats = new Repeats()
  const apps = ["console", "gladys", "matter"]
  expect(apps.map((app, second) => repeats.isNews(app, "No webhooks", second))).toEqual([true, false, false])
})

it("tells once an hour what an app says again and again, whatever its numbers", () => {
  const repeats = new Repeats()
  const minutes = Array.from({ length: 121 }, (_, minute) => minute)
  const told = minutes.filter((minute) => repeats.isNews("console", `Try ${minute}`, minute * 60))
  expect(told).toEqual([0, 60, 120])
})

it("tells what comes back after something else", () => {
  const repeats = new Repeats()
  const said = ["Ann is signed in", "Ann needs to sign in", "Ann is signed in"]
  expect(said.map((text, step) => repeats.isNews("console", text, step * 100))).toEqual([true, true, true])
})
