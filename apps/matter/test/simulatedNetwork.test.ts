import { Environment } from "@matter/main"
import { MdnsService } from "@matter/main/protocol"
import { expect, it } from "vitest"
import { simulatedNetwork } from "./simulatedNetwork.ts"

it("a host announces itself at its own address when another one was added later", () => {
  const host = simulatedNetwork()
  const first = host(1, Environment.default).get(MdnsService)
  host(2)
  expect(Environment.default.get(MdnsService)).toBe(first)
})
