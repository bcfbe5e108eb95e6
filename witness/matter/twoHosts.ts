/**
 * Runs the script in its arguments with a signed-in household and a second host. Adds what the script needs to start the
 * bridge here and the controller there to its JSON.
 */
import { spawn } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { builtScript } from "../../apps/matter/test/BridgeProcess.ts"
import { release } from "../../apps/matter/src/release.ts"
import { ip, OtherHost } from "../../apps/matter/test/OtherHost.ts"
import { testAuthority } from "../../apps/matter/test/testAuthority.ts"
import { signedInHousehold } from "../../apps/matter/test/withingsHousehold.ts"

const [command = "", ...args] = process.argv.slice(2)
const given: object = JSON.parse(args.pop() ?? "{}")

const there = await OtherHost.start("home")
there.ip("addr add 10.77.0.2/24 dev home")
there.ip("route add 224.0.0.0/4 dev home")
ip("addr add 10.77.0.1/24 dev here-home")
ip("route add 224.0.0.0/4 dev here-home")

const { home, simulator, webhookPort } = await signedInHousehold({ interface: "here-home" })

const authorities = join(home, "authorities")
mkdirSync(authorities)
writeFileSync(join(authorities, "test.der"), testAuthority)
// Makes the server believe that it fetched the folder today, so that it needs no network.
writeFileSync(join(authorities, ".version"), "1")

const more = {
  release,
  bridge: ["node", builtScript, "--home", home],
  folder: home,
  authorities,
  there: there.enter,
  address: "10.77.0.2",
  adminUrl: simulator.adminUrl,
  webhookPort,
  person: simulator.persons[0]?.name,
}
const child = spawn(command, [...args, JSON.stringify({ ...given, ...more })], {
  stdio: ["ignore", "inherit", "inherit"],
})
const status = await new Promise<number | null>((resolve) => child.once("close", resolve))
await simulator.close()
rmSync(home, { recursive: true, force: true })
process.exit(status ?? 1)
