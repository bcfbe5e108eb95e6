import { floods } from "./floods.ts"
import { foreignPage } from "./foreignPage.ts"
import { garbage } from "./garbage.ts"
import { lockOut, sessions } from "./keys.ts"
import { openApi } from "./openApi.ts"
import { dnsRebinding, foreignOrigins, plainProxy } from "./origins.ts"
import type { Servers } from "./servers.ts"
import { interruptedSignIn } from "./signIns.ts"
import { type Attack, type Hole, memoryOf, type Target } from "./Target.ts"

/** The last two end what the others need: the waiting sign-in and the process. */
const attacks: ReadonlyArray<Attack> = [
  foreignOrigins,
  dnsRebinding,
  plainProxy,
  garbage,
  openApi,
  ...floods,
  lockOut,
  interruptedSignIn,
  sessions,
]

/** A password, a key or a link that signs in, in a journal. */
const secrets = /(password|key)[^\n]*: [\w-]{12,}|\/enter\?t=/i

const attackOne = async (target: Target, chosen: ReadonlyArray<Attack>): Promise<ReadonlyArray<Hole>> => {
  const holes: Array<Hole> = []
  let peak = 0
  for (const attack of chosen) {
    const found = await attack.run(target)
    if (found === null) continue
    holes.push(...found.map((what) => ({ target: target.name, attack: attack.name, what })))
    console.log(`${found.length === 0 ? "✓" : "✗"} ${target.name.padEnd(30)} ${attack.name}`)
    peak = Math.max(peak, memoryOf(target.pid).peak)
  }
  if (peak > 0) console.log(`  ${target.name}: at most ${Math.round(peak)} MB`)
  return holes
}

/** Runs all attacks, or only the one with this name, on every server. */
export const attackAll = async (servers: Servers, only?: string): Promise<ReadonlyArray<Hole>> => {
  const chosen = attacks.filter(({ name }) => only === undefined || name === only)
  const holes: Array<Hole> = []
  for (const target of servers.targets) holes.push(...(await attackOne(target, chosen)))
  if (only === undefined) holes.push(...(await foreignPage(servers.targets)))
  if (secrets.test(servers.output()))
    holes.push({ target: "journal", attack: "reading", what: "a password or a key was printed" })
  return holes
}
