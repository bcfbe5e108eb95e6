import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { validateWorkflow } from "@action-validator/core"
import { validate as validateDockerfile } from "dockerfile-utils"
import { Schema } from "effect"
import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { list } from "tar"
import { expect, describe, it } from "vitest"
import { parse } from "yaml"

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..")
const read = (path: string) => readFileSync(join(root, path), "utf8")
const inFolder = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)
const repository = "https://github.com/withings-bridge/withings-bridge"

const published = [...inFolder("packages"), ...inFolder("apps")].filter(
  (folder) => JSON.parse(read(`${folder}/package.json`)).private !== true,
)

describe.each(published)("the package of %s", (folder) => {
  it("has what npm and its users need", async () => {
    const out = mkdtempSync(join(tmpdir(), "withings-publishing-"))
    execFileSync("pnpm", ["pack", "--pack-destination", out], { cwd: join(root, folder), stdio: "ignore" })
    const [name = ""] = readdirSync(out)
    const tarball = join(out, name)
    const contents = readFileSync(tarball)
    const files: Array<string> = []
    await list({ file: tarball, onReadEntry: ({ path }) => void files.push(path) })
    rmSync(out, { recursive: true })

    const manifest = JSON.parse(read(`${folder}/package.json`))
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/./u),
      license: "MIT",
      keywords: expect.arrayContaining(["withings"]),
      author: { name: expect.any(String) },
      homepage: expect.stringContaining(repository),
      bugs: { url: `${repository}/issues` },
      // npm refuses a provenance whose repository is not this one.
      repository: { type: "git", url: `git+${repository}.git`, directory: folder },
      engines: { node: expect.any(String) },
    })
    // Bundles contain the licences of other packages.
    const bundled = manifest.scripts.build.includes("bundle") ? ["dist/THIRD-PARTY-NOTICES.txt"] : []
    for (const file of ["README.md", "LICENSE", ...bundled]) expect(files).toContain(`package/${file}`)

    const { messages } = await publint({
      pack: { tarball: new Uint8Array(contents).buffer },
      strict: true,
    })
    expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([])
  })
})

it.each(inFolder(".github/workflows"))("%s is a workflow", (path) => {
  expect(validateWorkflow(read(path)).errors).toEqual([])
})

it.each(inFolder(".github/workflows"))("%s runs no action that its author can change afterwards", (path) => {
  const actions = [...read(path).matchAll(/uses: (.*)/gu)].map(([, action]) => action)
  expect(actions.length).toBeGreaterThan(0)
  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u)
})

it.each(["Dockerfile", "addons/withings-matter/Dockerfile"])("%s is a Dockerfile", (path) => {
  const faults = validateDockerfile(read(path)).map(
    ({ message, range }) => `${range.start.line + 1}: ${message}`,
  )
  expect(faults).toEqual([])
})

const Filled = Schema.NonEmptyString
const Validations = Schema.optional(Schema.Struct({ required: Schema.Boolean }))
const Words = { label: Filled, description: Schema.optional(Filled), placeholder: Schema.optional(Filled) }
/** https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests */
const IssueForm = Schema.Struct({
  name: Filled,
  description: Filled,
  labels: Schema.Array(Filled),
  body: Schema.NonEmptyArray(
    Schema.Union(
      Schema.Struct({ type: Schema.Literal("markdown"), attributes: Schema.Struct({ value: Filled }) }),
      Schema.Struct({
        type: Schema.Literal("input", "textarea"),
        id: Schema.String.pipe(Schema.pattern(/^[\w-]+$/u)),
        attributes: Schema.Struct({ ...Words, render: Schema.optional(Filled) }),
        validations: Validations,
      }),
      Schema.Struct({
        type: Schema.Literal("dropdown"),
        id: Schema.String.pipe(Schema.pattern(/^[\w-]+$/u)),
        attributes: Schema.Struct({
          ...Words,
          multiple: Schema.Boolean,
          options: Schema.NonEmptyArray(Filled),
        }),
        validations: Validations,
      }),
    ),
  ),
})
const IssueChooser = Schema.Struct({
  blank_issues_enabled: Schema.Boolean,
  contact_links: Schema.Array(Schema.Struct({ name: Filled, url: Filled, about: Filled })),
})
/** https://developers.home-assistant.io/docs/add-ons/configuration, the keys that ours uses. */
const AddOn = Schema.Struct({
  name: Filled,
  version: Filled,
  slug: Schema.String.pipe(Schema.pattern(/^[-_.A-Za-z0-9]+$/u)),
  description: Filled,
  url: Filled,
  arch: Schema.NonEmptyArray(Schema.Literal("aarch64", "amd64")),
  init: Schema.Boolean,
  startup: Schema.Literal("initialize", "system", "services", "application", "once"),
  boot: Schema.Literal("auto", "manual", "manual_only"),
  host_network: Schema.Boolean,
  ports: Schema.Record({ key: Schema.TemplateLiteral(Schema.Number, "/tcp"), value: Schema.Null }),
  webui: Schema.String.pipe(Schema.pattern(/^(https?|\[PROTO:\w+\]):\/\/\[HOST\]:\[PORT:\d+\].*$/u)),
  map: Schema.Array(Filled),
  options: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
  schema: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
})
const AddOnRepository = Schema.Struct({ name: Filled, url: Filled, maintainer: Filled })

const strictly = <A, I>(schema: Schema.Schema<A, I>, path: string) =>
  Schema.decodeUnknownSync(schema, { onExcessProperty: "error", errors: "all" })(parse(read(path)))

it.each(inFolder(".github/ISSUE_TEMPLATE").filter((path) => !path.endsWith("config.yml")))(
  "%s is an issue form",
  (path) => {
    const { body } = strictly(IssueForm, path)
    const ids = body.flatMap((field) => ("id" in field ? [field.id] : []))
    expect(new Set(ids).size).toBe(ids.length)
  },
)

it("the chooser for issues links to the report of a security problem", () => {
  const { contact_links: links } = strictly(IssueChooser, ".github/ISSUE_TEMPLATE/config.yml")
  expect(links.map(({ url }) => url)).toContain(`${repository}/security/advisories/new`)
  expect(read("SECURITY.md")).toContain("security/advisories/new")
})

it("the add-on for Home Assistant asks for each option, and the image is made for its machines", () => {
  const { arch, options, schema } = strictly(AddOn, "addons/withings-matter/config.yaml")
  expect(Object.keys(options)).toEqual(Object.keys(schema))
  strictly(AddOnRepository, "addons/repository.yaml")
  const platforms = /platforms: (.*)/u.exec(read(".github/workflows/release.yml"))?.[1]
  expect(platforms).toBe(arch.map((one) => `linux/${one.replace("aarch64", "arm64")}`).join(","))
})
