import { assert, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DescriptorId } from "../device/DeviceDescriptor.ts"
import { Revision } from "../device/Household.ts"
import { PersonId } from "../measure/Person.ts"
import type { Moment } from "../moment/Moment.ts"
import { hubCache } from "./HubCache.ts"

const newCache = () => {
  const home = mkdtempSync(join(tmpdir(), "withings-hub-cache-"))
  const hub = { url: "https://hub.example.org", key: Redacted.make("secret") }
  return { home, cache: hubCache(home, hub), other: hubCache(home, hub) }
}

const goal: Moment = {
  kind: "goal-reached",
  id: "goal",
  descriptorId: DescriptorId("watch"),
  personId: PersonId("ann"),
  at: 1000,
  value: null,
}

it.effect("lists the consumers of every process, and where each goes on", () =>
  Effect.gen(function* () {
    const { cache, home, other } = newCache()
    assert.deepStrictEqual(yield* cache.consumers, [])
    assert.isNull(yield* cache.reached("homekit"))
    yield* cache.reach("homekit", Revision(7))
    yield* other.reach("matter", Revision(8))
    yield* cache.announceOnce("homekit", 1000, [goal])
    assert.strictEqual(yield* other.reached("homekit"), 7)
    assert.sameMembers(
      (yield* cache.consumers).map(({ name, revision }) => `${name} ${revision}`),
      ["homekit 7", "matter 8"],
    )
    // A damaged file counts as missing.
    const folder = join(home, "hub", readdirSync(join(home, "hub"))[0] ?? "")
    for (const file of readdirSync(folder)) writeFileSync(join(folder, file), '{"name":')
    assert.deepStrictEqual(yield* cache.consumers, [])
    assert.isNull(yield* cache.reached("homekit"))
    assert.isNull(yield* cache.household)
  }),
)

it.effect("announces a moment once to each consumer", () =>
  Effect.gen(function* () {
    const { cache, other } = newCache()
    assert.deepStrictEqual(yield* cache.announceOnce("homekit", 1000, [goal]), [goal])
    assert.deepStrictEqual(yield* other.announceOnce("homekit", 1010, [goal]), [])
    assert.deepStrictEqual(yield* other.announceOnce("matter", 1010, [goal]), [goal])
  }),
)
