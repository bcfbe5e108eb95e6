import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { homebridgeAccessory } from "./homebridge.ts"

let storage: string

const config = (...platforms: ReadonlyArray<object>) =>
  writeFile(
    join(storage, "config.json"),
    JSON.stringify({ bridge: { username: "0e:aa:00:00:00:01", pin: "111-11-111" }, platforms }),
  )

beforeAll(async () => {
  storage = await mkdtemp(join(tmpdir(), "homebridge-"))
  await mkdir(join(storage, "persist"))
  for (const number of [1, 2])
    await writeFile(
      join(storage, "persist", `AccessoryInfo.0EAA0000000${number}.json`),
      JSON.stringify({ pincode: `${number}`, setupID: "ABCD", pairedClients: {}, signSk: "secret" }),
    )
})
afterAll(() => rm(storage, { recursive: true }))

it("finds only the code of the bridge with our plugin", async () => {
  await config({ platform: "Other", home: 7 }, { platform: "Withings" })
  expect(await homebridgeAccessory(join(storage, "withings"))).toEqual({
    pincode: "1",
    setupID: "ABCD",
    pairedClients: {},
  })
})

it("finds the code of its child bridge", async () => {
  await config({ platform: "Withings", _bridge: { username: "0E:AA:00:00:00:02" } })
  expect((await homebridgeAccessory(join(storage, "withings")))?.pincode).toBe("2")
})

it("shows no code of a bridge that shows another household", async () => {
  await config({ platform: "Withings", home: "/elsewhere" })
  expect(await homebridgeAccessory(join(storage, "withings"))).toBeNull()
  await config()
  expect(await homebridgeAccessory(join(storage, "withings"))).toBeNull()
})
