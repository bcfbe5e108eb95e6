import { fileURLToPath } from "node:url"
import { eventually, printing, type RealHome, type Thing, type Told } from "./RealHome.ts"

const script = fileURLToPath(new URL("../../../../apps/matter/test/watchedBridge.ts", import.meta.url))

/** By the label that a controller shows. */
const labels: ReadonlyArray<readonly [RegExp, Thing]> = [
  [/^Heavy/, "heavy"],
  [/^Ann's bed$/, "bed"],
  [/^Ann weighed$/, "weighed"],
  [/^Ann went to bed$/, "went to bed"],
  [/^Ann got up$/, "got up"],
  [/^Ann's night$/, "night"],
  [/^Ann reached the goal$/, "goal"],
]
const thingOf = (label: string): Thing | undefined => labels.find(([pattern]) => pattern.test(label))?.[1]

/** What `watchedBridge.ts` prints. */
type Line =
  | { readonly press: string }
  | { readonly states: Readonly<Record<string, number | null>>; readonly boots: number }

/** The real Matter bridge with a controller of matter.js. */
export const matterHome = (): RealHome => {
  const told: Array<Told> = []
  let states: Readonly<Record<string, number | null>> = {}
  let bridge: ReturnType<typeof printing> | undefined
  let runs = 0
  let boots = 0

  const hear = (line: string) => {
    if (!line.startsWith("{")) return
    const at = performance.now()
    const said: Line = JSON.parse(line)
    if ("press" in said) {
      const thing = thingOf(said.press)
      if (thing !== undefined) told.push({ thing, value: null, at })
      return
    }
    for (const [label, value] of Object.entries(said.states)) {
      const thing = thingOf(label)
      const isState = thing === "heavy" || thing === "bed"
      if (isState && value !== null && states[label] !== value) told.push({ thing, value, at })
    }
    states = said.states
    boots = said.boots
  }
  const has = (thing: Thing) => Object.keys(states).some((label) => thingOf(label) === thing)
  return {
    name: "Matter",
    told,
    // The controller lives in the same process: matter.js reaches a simulated network only from within it.
    start: async (environment) => {
      if (bridge === undefined)
        bridge = printing(
          ["--conditions", "@withings-bridge/source", script],
          { ...process.env, ...environment },
          hear,
        )
      const before = boots
      bridge.say(
        `start ${environment["HOUSEHOLD_CLOCK_AHEAD"] ?? 0} ${environment["WITHINGS_BRIDGE_HOME"] ?? ""}`,
      )
      runs++
      await eventually(
        () => `the Matter controller (${JSON.stringify(states)})\n${bridge?.output.join("\n")}`,
        // A restored bridge counts on from the backup.
        () => boots !== before && labels.every(([, thing]) => has(thing)),
      )
    },
    stop: async () => {
      bridge?.say("stop")
      await eventually(
        () => "the Matter bridge to stop",
        () => bridge?.output.includes(`stopped ${runs}`) === true,
      )
    },
    state: async (thing) => Object.entries(states).find(([label]) => thingOf(label) === thing)?.[1] ?? null,
    close: async () => bridge?.end(),
  }
}
