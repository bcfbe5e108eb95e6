import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..")
const inFolder = (folder: string) =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith(".md") ? [join(folder, name)] : []))
const documents = [
  "README.md",
  "AGENTS.md",
  "CONTRIBUTING.md",
  ...inFolder("docs"),
  ...inFolder("docs/decisions"),
]

interface Link {
  readonly document: string
  readonly text: string
  /** From the root of the repository. */
  readonly path: string
}

const links: ReadonlyArray<Link> = documents.flatMap((document) =>
  [...readFileSync(join(root, document), "utf8").matchAll(/\[([^\]]*)\]\(([^)#\s]+)(?:#[^)]*)?\)/gu)].flatMap(
    ([, text = "", target = ""]) =>
      /^[a-z]+:|^\//u.test(target)
        ? []
        : [{ document, text, path: relative(root, join(root, dirname(document), target)) }],
  ),
)

describe("the links of the documentation", () => {
  it("lead to files that are there", () => {
    expect(links.length).toBeGreaterThan(100)
    expect(links.filter(({ path }) => !existsSync(join(root, path)))).toEqual([])
  })

  it("that name something in the code lead to the file that has it", () => {
    const named = links.flatMap(({ document, path, text }) => {
      const name = /^`(\w+)`$/u.exec(text)?.[1]
      return name !== undefined && path.endsWith(".ts") ? [{ document, path, name }] : []
    })
    expect(named.length).toBeGreaterThan(30)
    const misled = named.filter(
      ({ name, path }) =>
        !new RegExp(`(?:const|class|function|interface) ${name}\\b`, "u").test(
          readFileSync(join(root, path), "utf8"),
        ),
    )
    expect(misled).toEqual([])
  })
})

describe("the decisions", () => {
  const results = new Set(
    [...readFileSync(join(root, "bench/results.md"), "utf8").matchAll(/^## (\w+)$/gmu)].map(
      ([, name]) => name,
    ),
  )

  it.each(inFolder("docs/decisions"))("%s has its parts in their order, and evidence that exists", (path) => {
    const text = readFileSync(join(root, path), "utf8")
    const parts = ["Status", "Context", "Options", "Decision", "Consequences", "Evidence"]
    const found = [...text.matchAll(/^\*\*(\w+)\.\*\*/gmu)].map(([, name = ""]) => name)
    expect(found.filter((name) => parts.includes(name))).toEqual(parts)
    const tests = [...text.matchAll(/`([\w./-]+\.test\.ts)`/gu)].map(([, name = ""]) => name)
    expect(tests.filter((name) => !existsSync(join(root, name)))).toEqual([])
    const sections = [...text.matchAll(/`bench\/results\.md`,((?:(?: and|,)? \*\w+\*)+)/gu)].flatMap(
      ([, names = ""]) => [...names.matchAll(/\*(\w+)\*/gu)].map(([, name = ""]) => name),
    )
    expect(sections.filter((name) => !results.has(name))).toEqual([])
  })
})
