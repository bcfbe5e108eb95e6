import { describe, expect, it } from "vitest"
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { webhookKey } from "../src/integration/webhooks.ts"
import newer from "../gladys-5.1.json" with { type: "json" }
import manifest from "../gladys-assistant-integration.json" with { type: "json" }
import { brokenRules, lines } from "./storeRules.ts"

const folder = fileURLToPath(new URL("..", import.meta.url))

/** Writes the repository as the script does, with a bundle that is none. */
const repository = (gladys: "4.86" | "5.1", check: (read: (path: string) => string) => void) => {
  const made = mkdtempSync(join(tmpdir(), "gladys-repository-"))
  const dist = join(made, "bundle")
  mkdirSync(dist)
  writeFileSync(join(dist, "main.js"), "")
  const target = join(made, "repository")
  const args = [target, "--owner", "Ann", "--gladys", gladys, "--dist", dist]
  execFileSync(process.execPath, ["repository.mjs", ...args], { cwd: folder })
  try {
    check((path) => readFileSync(join(target, path), "utf8"))
    for (const path of ["LICENSE", "cover.png", "package.json", "dist/main.js"])
      expect([path, existsSync(join(target, path))]).toEqual([path, true])
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

describe("what Gladys' store asks", () => {
  it("is kept by the manifest, and by the line for newer servers", () => {
    expect(brokenRules(manifest, lines["4.86"])).toEqual([])
    expect(brokenRules({ ...manifest, ...newer }, lines["5.1"])).toEqual([])
    // The rules do find something.
    expect(brokenRules({ ...manifest, ...newer }, lines["4.86"])).toContain("scene_triggers is not known")
    expect(brokenRules({ ...manifest, version: "one" }, lines["4.86"])).toEqual(["version is no version"])
  })

  it("is kept by the repository that the script writes", () => {
    for (const gladys of ["4.86", "5.1"] as const)
      repository(gladys, (read) => {
        const own = JSON.parse(read("gladys-assistant-integration.json"))
        expect(brokenRules(own, lines[gladys])).toEqual([])
        expect(own.docker_image).toBe(`ghcr.io/ann/gladys-withings:${manifest.version}`)
        expect(own.cover_image).toContain("/Ann/gladys-withings/")
        for (const language of ["en", "fr"])
          expect(read(`docs/${language}.md`).trim().length).toBeGreaterThan(300)
        expect(read("README.md")).toContain("gladys-assistant-integration")
        const workflow = read(".github/workflows/release.yml")
        expect(workflow).toContain("linux/amd64,linux/arm64")
        expect(workflow).not.toContain("undefined")
        for (const path of [...read("Dockerfile").matchAll(/^COPY (\S+)/gm)].map(([, path]) => path ?? ""))
          expect(() => read(path === "dist" ? "dist/main.js" : path)).not.toThrow()
      })
  })

  it("has the usual headings in both documents", () => {
    const headings = (language: string) =>
      [...readFileSync(join(folder, `docs/${language}.md`), "utf8").matchAll(/^## (.*)$/gm)].map(
        ([, text]) => text,
      )
    expect(headings("en")).toEqual(["Overview", "Prerequisites", "Configuration", "Troubleshooting"])
    expect(headings("fr")).toEqual(["Présentation", "Prérequis", "Configuration", "Dépannage"])
  })

  it("asks for the webhooks that the integration hears", () => {
    expect(manifest.webhooks.map(({ key, mode }) => ({ key, mode }))).toEqual([
      { key: webhookKey, mode: "fire_and_forget" },
    ])
  })

  it("comes with a cover of the one right size", () => {
    const cover = readFileSync(join(folder, "cover.png"))
    expect([cover.readUInt32BE(16), cover.readUInt32BE(20)]).toEqual([800, 534])
    expect(cover.length).toBeLessThanOrEqual(150 * 1024)
  })
})
