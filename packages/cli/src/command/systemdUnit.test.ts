import { expect, it } from "vitest"
import { systemdUnit } from "./systemdUnit.ts"

it("keeps paths whole that systemd would split or expand", () => {
  const unit = systemdUnit({
    node: "/usr/bin/node",
    script: "/opt/with space/$main.js",
    home: "/home/a%b$c",
    options: ["--matter"],
  })
  expect(unit).toContain('ExecStart="/usr/bin/node" "/opt/with space/$$main.js" "run" "--matter"')
  expect(unit).toContain('Environment="WITHINGS_BRIDGE_HOME=/home/a%%b$c"')
})
