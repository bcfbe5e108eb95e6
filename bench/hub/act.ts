import type { Simulator } from "@withings-bridge/simulator"
import type { Settled } from "./settle.ts"

export type Kind = "weight" | "bed" | "steps"

export interface Acted {
  readonly key: string
  readonly kind: Kind
  /** Epoch milliseconds, just before. */
  readonly at: number
  /** The group of a weigh-in, as homes see it. */
  readonly group: string
}

const kinds: ReadonlyArray<Kind> = ["weight", "weight", "bed", "steps", "steps"]
const anyOf = <A>(all: ReadonlyArray<A>): A | undefined => all[Math.floor(Math.random() * all.length)]

const inBed = new Set<string>()
let weighIns = 0

/** Lets a person do something, at random unless `given`. */
export const act = async (
  simulator: Simulator,
  households: ReadonlyArray<Settled>,
  acted: Array<Acted>,
  given?: { readonly person: string; readonly kind: Kind },
): Promise<void> => {
  const home =
    given === undefined ? anyOf(households) : households.find(({ persons }) => persons.includes(given.person))
  const person = given?.person ?? anyOf(home?.persons ?? [])
  const kind = given?.kind ?? anyOf(kinds) ?? "steps"
  if (home === undefined || person === undefined) return
  const index = acted.push({ key: home.key, kind, at: Date.now(), group: "" }) - 1
  if (kind === "weight") {
    // The webhooks have been tried when this resolves, so homes may know it already.
    const { grpid } = await simulator.weigh(person, 60 + (weighIns++ % 4000) / 100)
    acted[index] = { ...acted[index], group: ` getmeas:${grpid}` } as Acted
  } else if (kind === "bed") {
    if (inBed.delete(person)) await simulator.getUp(person)
    else {
      inBed.add(person)
      await simulator.goToBed(person)
    }
  } else await simulator.walk(person, 4000 + Math.floor(Math.random() * 4000))
}
