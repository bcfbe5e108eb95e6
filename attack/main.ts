// Attacks every server that the project opens, from outside, and reports each hole and the peak memory. Linux only: it
// reads /proc. `npm run attack`; give the name of an attack to run that one alone.
import { floods } from "./floods.ts"
import { foreignPage } from "./foreignPage.ts"
import { garbage } from "./garbage.ts"
import { dnsRebinding, foreignOrigins, plainProxy } from "./origins.ts"
import { startServers } from "./servers.ts"
import { type Attack, type Hole, memoryOf } from "./Target.ts"

const attacks: ReadonlyArray<Attack> = [foreignOrigins, dnsRebinding, plainProxy, garbage, ...floods]
const only = process.argv[2]

/** What a password, a key or a link that signs in looks like in a journal. */
const secrets = /(password|key)[^\n]*: [\w-]{12,}|\/enter\?t=/i

const servers = await startServers()
const holes: Array<Hole> = []
try {
  const chosen = attacks.filter(({ name }) => only === undefined || name === only)
  for (const target of servers.targets) {
    for (const attack of chosen) {
      const found = await attack.run(target)
      holes.push(...found.map((what) => ({ target: target.name, attack: attack.name, what })))
      console.log(`${found.length === 0 ? "✓" : "✗"} ${target.name.padEnd(30)} ${attack.name}`)
    }
    console.log(`  ${target.name}: at most ${Math.round(memoryOf(target.pid).peak)} MB`)
  }
  if (only === undefined) holes.push(...(await foreignPage(servers)))
  if (secrets.test(servers.output()))
    holes.push({ target: "journal", attack: "reading", what: "a password or a key was printed" })
} finally {
  servers.close()
}
for (const { attack, target, what } of holes) console.log(`HOLE  ${target}, ${attack}: ${what}`)
console.log(holes.length === 0 ? "No way in was found." : `${holes.length} holes.`)
process.exitCode = holes.length === 0 ? 0 : 1
