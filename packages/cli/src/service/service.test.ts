import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { chosenEnvironment } from "./chosenEnvironment.ts"
import { persistentNode } from "./persistentNode.ts"
import { serviceFileFor } from "./serviceFileFor.ts"

const service = {
  node: "/opt/my node/node",
  script: "/srv/100%/$HOME/main.js",
  home: "/home/ann/a & b",
  options: ["--matter"],
  env: { WITHINGS_CONSOLE_HOST: "0.0.0.0" },
}
const on = (platform: NodeJS.Platform) => serviceFileFor(service, { platform, user: "/home/ann" })

describe("a service file", () => {
  it("is a unit of the user on Linux, quoted as systemd reads it", () => {
    const { content = "", path } = on("linux") ?? {}
    expect(path).toBe("/home/ann/.config/systemd/user/withings-bridge.service")
    expect(content).toContain('ExecStart="/opt/my node/node" "/srv/100%%/$$HOME/main.js" "run" "--matter"')
    expect(content).toContain('Environment="WITHINGS_BRIDGE_HOME=/home/ann/a & b"')
    expect(content).toContain('Environment="WITHINGS_CONSOLE_HOST=0.0.0.0"')
  })

  it("is an agent on macOS and a task on Windows, with its XML escaped", () => {
    for (const platform of ["darwin", "win32"] as const) {
      const { content = "" } = on(platform) ?? {}
      expect(content).toContain("/home/ann/a &amp; b")
      expect(content).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/)
    }
  })

  it("is refused where no service manager is known", () => expect(on("aix")).toBeNull())
})

describe("what a service is started with", () => {
  it("is a Node that survives an update", () => {
    const folder = mkdtempSync(join(tmpdir(), "node-path-"))
    const real = join(folder, "node-24.1.0")
    writeFileSync(real, "")
    symlinkSync(real, join(folder, "node"))
    expect(persistentNode(`/nowhere:${folder}`, real)).toEqual({
      path: join(folder, "node"),
      mayVanish: false,
    })
    expect(persistentNode("/nowhere", real)).toEqual({ path: real, mayVanish: false })
    expect(persistentNode("", "/home/ann/.nvm/versions/node/v24/bin/node").mayVanish).toBe(true)
    rmSync(folder, { recursive: true })
  })

  it("holds what was chosen by variables, and no secret", () => {
    const env = {
      WITHINGS_GLADYS_PORT: "1",
      WITHINGS_CLIENT_SECRET: "hush",
      PATH: "/bin",
      WITHINGS_BRIDGE_HOME: "x",
    }
    expect(chosenEnvironment(env)).toEqual({
      env: { WITHINGS_GLADYS_PORT: "1" },
      secrets: ["WITHINGS_CLIENT_SECRET"],
    })
  })
})
