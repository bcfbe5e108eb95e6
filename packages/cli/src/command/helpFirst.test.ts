import { expect, it } from "vitest"
import { helpFirst } from "./helpFirst.ts"

const names = { all: ["run", "demo", "service"], below: { demo: ["weigh"], service: ["install"] } }
const asked = (line: string) =>
  helpFirst(["node", "cli", ...line.split(" ")], names)
    .slice(2)
    .join(" ")

it("understands every way to ask for help", () => {
  expect(asked("help run")).toBe("run --help")
  expect(asked("run --matter --home x --help")).toBe("run --help")
  expect(asked("demo weigh Ann -h")).toBe("demo weigh --help")
  expect(asked("demo --home x --help")).toBe("demo --help")
  expect(asked("service")).toBe("service --help")
})

it("leaves everything else as it is", () => {
  for (const line of ["run --matter", "demo weigh Ann 72", "--help", "--version"])
    expect(asked(line)).toBe(line)
})
