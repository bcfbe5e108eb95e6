import { Effect, Redacted } from "effect"
import { randomBytes } from "node:crypto"
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { configFor } from "../../../test/withingsLayer.ts"
import { BridgeConfig } from "../../BridgeConfig.ts"
import { PersonId } from "../../measure/Person.ts"
import * as Database from "../../store/Database.ts"
import { tokenPair } from "./TokenPair.ts"
import { sealing, TokenSeal } from "./TokenSeal.ts"

const sealWith = (newest: Buffer, ...earlier: ReadonlyArray<Buffer>) => sealing(() => ({ newest, earlier }))

const pair = tokenPair("the access", "the refresh")

describe("a sealed pair of tokens", () => {
  const seal = sealWith(randomBytes(32))
  it("opens for its person, with its key", () => {
    const opened = seal.open(PersonId("ann"), seal.close(PersonId("ann"), pair))
    expect(opened === null ? null : Redacted.value(opened.refresh)).toBe("the refresh")
  })
  it("tells nothing and is never the same twice", () => {
    expect(seal.close(PersonId("ann"), pair)).not.toContain("refresh")
    expect(seal.close(PersonId("ann"), pair)).not.toBe(seal.close(PersonId("ann"), pair))
  })
  it("does not open for another person, with another key, or damaged", () => {
    const sealed = seal.close(PersonId("ann"), pair)
    expect(seal.open(PersonId("ben"), sealed)).toBeNull()
    expect(sealWith(randomBytes(32)).open(PersonId("ann"), sealed)).toBeNull()
    expect(seal.open(PersonId("ann"), `${sealed.slice(0, -2)}AA`)).toBeNull()
    expect(seal.open(PersonId("ann"), "")).toBeNull()
  })
  it("opens with an earlier key, and says whether the newest closed it", () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)]
    const sealed = sealWith(old).close(PersonId("ann"), pair)
    const both = sealWith(fresh, old)
    expect(both.open(PersonId("ann"), sealed)).not.toBeNull()
    expect([both.isNewest(sealed), both.isNewest(both.close(PersonId("ann"), pair))]).toEqual([false, true])
    expect(sealWith(fresh).open(PersonId("ann"), sealed)).toBeNull()
  })
})

describe("the key file", () => {
  const open = (home: string) =>
    TokenSeal.pipe(
      Effect.provide(TokenSeal.layer),
      Effect.provide(Database.layerMemory),
      Effect.provide(BridgeConfig.layer({ ...configFor("http://x"), home })),
    )
  const newHome = () => mkdtempSync(join(tmpdir(), "withings-key-"))

  it("is made once, for its owner alone", () => {
    const home = newHome()
    return Effect.runPromise(
      Effect.gen(function* () {
        const sealed = (yield* open(home)).close(PersonId("ann"), pair)
        expect((yield* open(home)).open(PersonId("ann"), sealed)).not.toBeNull()
        expect(statSync(join(home, "key")).mode & 0o777).toBe(0o600)
        chmodSync(home, 0o750)
        expect((yield* open(home)).open(PersonId("ann"), sealed)).not.toBeNull()
      }),
    )
  })

  it("is the same for processes that start together", () => {
    const home = newHome()
    return Effect.runPromise(
      Effect.gen(function* () {
        const seals = yield* Effect.all(
          Array.from({ length: 8 }, () => open(home)),
          { concurrency: "unbounded" },
        )
        const sealed = seals.map((one) => one.close(PersonId("ann"), pair))
        for (const one of seals)
          expect(sealed.map((text) => one.open(PersonId("ann"), text)).includes(null)).toBe(false)
      }),
    )
  })

  it("that is damaged is told, and not replaced", () => {
    const home = newHome()
    writeFileSync(join(home, "key"), "short")
    return Effect.runPromise(
      Effect.gen(function* () {
        const error = yield* Effect.flip(open(home))
        expect(error.message).toContain(join(home, "key"))
        expect(readFileSync(join(home, "key"), "utf8")).toBe("short")
      }),
    )
  })
})
