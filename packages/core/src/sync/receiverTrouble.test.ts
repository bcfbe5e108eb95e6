import { expect, it } from "vitest"
import { receiverTrouble } from "./receiverTrouble.ts"

const address = { host: "127.0.0.1", port: 7334 }

it("says which port another program uses, however deep that stands", () => {
  const taken = Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" })
  expect(receiverTrouble(address, new Error("ServeError", { cause: taken }))).toEqual({
    code: "port-taken",
    found: "Webhooks cannot be received: another program uses port 7334 of 127.0.0.1.",
  })
})

it("gives any other reason in the words of the system", () => {
  expect(receiverTrouble(address, new Error("listen EACCES: permission denied")).found).toBe(
    "Webhooks cannot be received on 127.0.0.1:7334: listen EACCES: permission denied.",
  )
})
