/**
 * Runs the script in its arguments where Withings' names lead to the simulator and home.example to Home Assistant. Adds
 * what the script needs to start Home Assistant to its JSON.
 */
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { getCACertificates, setDefaultCACertificates } from "node:tls"
import { startSimulator } from "@withings-bridge/simulator"
import { certificatesFor } from "../../packages/simulator/src/tls/certificates.ts"

const [command = "", ...args] = process.argv.slice(2)
const given: object = JSON.parse(args.pop() ?? "{}")

const folder = mkdtempSync(join(tmpdir(), "witness-"))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

// The simulator trusts the home's address, as Withings would one with a public certificate.
const home = certificatesFor(["home.example"], Date.now())
setDefaultCACertificates([...getCACertificates(), home.authority])

const simulator = await startSimulator({
  tls: true,
  port: 443,
  persons: 4,
  strictCallbacks: true,
  requestsPerMinute: 100_000,
})
const [ann, , chloe] = simulator.persons
const more = {
  folder,
  authorities: file("authorities.pem", `${simulator.certificateAuthority}${home.authority}`),
  certificate: file("home.pem", home.certificate),
  key: file("home.key", home.key),
  adminUrl: simulator.adminUrl,
  clientId: simulator.clientId,
  clientSecret: simulator.clientSecret,
  persons: [ann, chloe].flatMap((one) => (one === undefined ? [] : [one])),
}
const child = spawn(command, [...args, JSON.stringify({ ...given, ...more })], {
  stdio: ["ignore", "inherit", "inherit"],
})
const status = await new Promise<number | null>((resolve) => child.once("close", resolve))
await simulator.close()
rmSync(folder, { recursive: true, force: true })
process.exit(status ?? 1)
