// Attacks every server of the project from outside; reports holes and peak memory. Linux only: it reads /proc.
// `npm run attack -- NAME` runs one attack alone.
import { attackAll } from "./attackAll.ts"
import { startServers } from "./servers.ts"

const servers = await startServers()
try {
  const holes = await attackAll(servers, process.argv[2])
  for (const { attack, target, what } of holes) console.log(`HOLE  ${target}, ${attack}: ${what}`)
  console.log(holes.length === 0 ? "No way in was found." : `${holes.length} holes.`)
  process.exitCode = holes.length === 0 ? 0 : 1
} finally {
  servers.close()
}
