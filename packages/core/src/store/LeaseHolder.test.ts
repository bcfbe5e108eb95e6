import { SqlClient } from "@effect/sql"
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import * as Database from "./Database.ts"
import { Lease } from "./Lease.ts"
import { isGone, newHolder } from "./LeaseHolder.ts"

const layer = Layer.provideMerge(Lease.layer, Database.layerMemory)

/** Another process that holds a lease, for as long as the scope is open or until it is killed. */
const other = Effect.acquireRelease(
  Effect.promise(async () => {
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
      stdio: ["pipe", "ignore", "inherit"],
    })
    await once(child, "spawn")
    return { child, holder: newHolder(child.pid) }
  }),
  ({ child }) => Effect.sync(() => child.kill("SIGKILL")),
)

it.scoped("a holder that was killed on this host is followed at once, a living one is not", () =>
  Effect.gen(function* () {
    const lease = yield* Lease
    const sql = yield* SqlClient.SqlClient
    const { child, holder } = yield* other
    yield* sql`INSERT INTO lease (name, holder, expires_at, fencing) VALUES ('webhooks', ${holder}, 9000, 4)`
    assert.isNull(yield* Effect.scoped(lease.tryAcquire("webhooks")))
    child.kill("SIGKILL")
    yield* Effect.promise(() => once(child, "exit"))
    assert.strictEqual((yield* Effect.scoped(lease.tryAcquire("webhooks")))?.fencing, 5)
  }).pipe(Effect.provide(layer)),
)

it("of another host, or written by hand, nothing is known", () => {
  const [, ...rest] = newHolder().split("/")
  assert.isFalse(isGone(["elsewhere", "999999999", ...rest.slice(1)].join("/")))
  assert.isFalse(isGone("dead"))
  assert.isFalse(isGone(newHolder()))
})

it.runIf(process.platform === "linux")(
  "a process that took the id of one that is gone is not taken for it",
  () => {
    const [host, pid, , word] = newHolder().split("/")
    assert.isTrue(isGone([host, pid, "1", word].join("/")))
  },
)
