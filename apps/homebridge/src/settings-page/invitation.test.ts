import { createServer } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, expect, it } from "vitest"
import { hubOfInvitation } from "./invitation.ts"

const asked: Array<string> = []
/** As a hub: the key is answered once. */
const hub = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`)
  const isFirst = asked.length === 1
  response.writeHead(isFirst ? 200 : 404, { "content-type": "application/json" })
  response.end(JSON.stringify(isFirst ? { url: "https://hub.example.org", key: "k-1" } : { message: "over" }))
})
let url: string

beforeEach(async () => {
  asked.length = 0
  hub.listen(0, "127.0.0.1")
  await once(hub, "listening")
  url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`
})

afterEach(async () => {
  hub.closeAllConnections()
  hub.close()
  await once(hub, "close")
})

it("fetches the key of an invitation by its link, and says when that was done before", async () => {
  const link = ` ${url}/join/abc-DEF_1?from=mail `
  expect(await hubOfInvitation(link, "en")).toEqual({ url: "https://hub.example.org", key: "k-1" })
  expect(asked).toEqual(["POST /join/abc-DEF_1/key"])
  await expect(hubOfInvitation(link, "de")).rejects.toThrow("abgelaufen")
})

it("takes an address and a key as they are, and says what it does not understand", async () => {
  const pasted = "https://hub.example.org/  secret-key\n"
  expect(await hubOfInvitation(pasted, "en")).toEqual({ url: "https://hub.example.org", key: "secret-key" })
  for (const unclear of ["", "abc", "https://hub.example.org", "ftp://hub/join/x", "https://hub a b"])
    await expect(hubOfInvitation(unclear, "en")).rejects.toThrow("Paste the link")
  expect(asked).toEqual([])
})

it("says when the hub does not answer", async () => {
  await expect(hubOfInvitation("http://127.0.0.1:9/join/x", "fr")).rejects.toThrow("ne répond pas")
})
