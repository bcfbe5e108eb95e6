import { readFileSync } from "node:fs"
import { errorCodes } from "@withings-bridge/core"
import { Cause } from "effect"
import { describe, expect, it } from "vitest"
import { commandCodes, CommandError } from "../CommandError.ts"
import { toFailure } from "./failure.ts"

describe("the code of a failure", () => {
  it("is the error's own", () => {
    const error = new CommandError("person-unknown", "Nobody here is called Anne.")
    expect(toFailure(Cause.fail(error))).toEqual({
      code: "person-unknown",
      message: "Nobody here is called Anne.",
    })
  })

  it("is `failed` for an error without one, whose message may be that of its cause", () => {
    expect(toFailure(Cause.fail({ cause: new Error("no route") }))).toEqual({
      code: "failed",
      message: "no route",
    })
  })

  it("is `defect` for a defect", () => {
    expect(toFailure(Cause.die(new Error("oops")))).toMatchObject({ code: "defect" })
  })

  it("is explained in docs/troubleshooting.md, and nothing else is", () => {
    const guide = readFileSync(new URL("../../../../docs/troubleshooting.md", import.meta.url), "utf8")
    const explained = [...guide.matchAll(/^\| `([a-z-]+)` \|/gmu)].map(([, code]) => code)
    expect(explained.toSorted()).toEqual(
      [...new Set([...errorCodes, ...commandCodes, "failed", "defect"])].toSorted(),
    )
  })
})
