import { Environment } from "@matter/main"
import { BasicInformation } from "@matter/main/clusters/basic-information"
import { OccurrenceManager } from "@matter/main/protocol"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { BridgeServer } from "../src/BridgeServer.ts"
import { simulatedNetwork } from "./simulatedNetwork.ts"

Environment.default.vars.set("log.level", "fatal")

const shutDown = 1

// Home Assistant's earlier Matter server keeps a node that says so unavailable when it is back at once.
it("stops without telling controllers that it shuts down", async () => {
  const folder = mkdtempSync(join(tmpdir(), "withings-matter-"))
  const identity = { port: 5540, vendorId: 0xfff1, productId: 0x8000, name: "Withings Bridge" }
  const server = await BridgeServer.make(identity, simulatedNetwork()(1))
  await server.start()
  let told = 0
  server.env.get(OccurrenceManager).added.on(({ clusterId, eventId }) => {
    if (clusterId === BasicInformation.id && eventId === shutDown) told++
  })
  await server.close()
  expect(told).toBe(0)
  rmSync(folder, { recursive: true })
})
