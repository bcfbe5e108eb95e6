import { spawnSync } from "node:child_process"
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

/** Whether a program is here; a test that needs one which is not is skipped, and says so. */
const has = (program: string): boolean => {
  const there = spawnSync(program, ["--version"]).status === 0
  if (!there) console.warn(`\n!! ${program} is not here: what it would say of a service file is SKIPPED\n`)
  return there
}

describe("a service file, as its system's own rules read it", () => {
  it.skipIf(!has("systemd-analyze"))("has nothing that systemd objects to", () => {
    const folder = mkdtempSync(join(tmpdir(), "service % unit-"))
    const script = join(folder, "main.js")
    writeFileSync(script, "")
    const real = { ...service, node: process.execPath, script }
    const { content = "" } = serviceFileFor(real, { platform: "linux", user: folder }) ?? {}
    const unit = join(folder, "withings-bridge.service")
    writeFileSync(unit, content)
    const { status, stderr } = spawnSync("systemd-analyze", ["--user", "--man=no", "verify", unit], {
      encoding: "utf8",
      env: { ...process.env, XDG_RUNTIME_DIR: folder },
    })
    expect(stderr.split("\n").filter((line) => line.includes("withings-bridge.service"))).toEqual([])
    expect(status).toBe(0)
    rmSync(folder, { recursive: true })
  })

  it.skipIf(!has("python3"))(
    "is a property list that says what was chosen, and a task in Windows' namespace",
    () => {
      const read = `import json, plistlib, sys, xml.etree.ElementTree as tree
files = json.load(sys.stdin)
list = plistlib.loads(files["darwin"].encode())
task = tree.fromstring(files["win32"].encode())
space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
print(json.dumps([list, task.tag == space + "Task", task.find(f"{space}Actions/{space}Exec/{space}Arguments").text]))`
      const files = { darwin: on("darwin")?.content, win32: on("win32")?.content }
      const { stderr, stdout } = spawnSync("python3", ["-c", read], {
        encoding: "utf8",
        input: JSON.stringify(files),
      })
      expect(stderr).toBe("")
      const [list, isTask, command] = JSON.parse(stdout)
      expect(list).toMatchObject({
        ProgramArguments: [service.node, service.script, "run", "--matter"],
        EnvironmentVariables: { WITHINGS_BRIDGE_HOME: service.home, WITHINGS_CONSOLE_HOST: "0.0.0.0" },
        RunAtLoad: true,
        KeepAlive: { SuccessfulExit: false },
        Umask: 0o077,
      })
      expect(isTask).toBe(true)
      expect(command).toContain(`set "WITHINGS_BRIDGE_HOME=${service.home}"`)
      expect(command).toContain(`"${service.node}" "${service.script}" "run" "--matter"`)
    },
  )
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
