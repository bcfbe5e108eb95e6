import { Effect } from "effect"
import { createServer } from "node:net"
import { expect, it, vi } from "vitest"
import { startPostgres } from "./embeddedPostgres.ts"
import { freePort } from "./freePort.ts"

vi.mock(import("./freePort.ts"), { spy: true })

it("a server whose port another took starts on another one", async () => {
  const port = await freePort()
  const other = createServer().listen(port, "127.0.0.1")
  vi.mocked(freePort).mockResolvedValueOnce(port)
  const postgres = await startPostgres()
  await expect(Effect.runPromise(postgres.administer("SELECT 1"))).resolves.toBeUndefined()
  await postgres.close()
  other.close()
})

it("a server that does not start is a failure with its reason, not a wait", async () => {
  await expect(startPostgres(["max_connections=none"])).rejects.toThrow("max_connections")
})
