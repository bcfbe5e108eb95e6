import type { Pairing, PartEvent } from "@withings-bridge/core"
import type { Tell } from "./HostEvent.ts"

const controllersOf = (pairing: Pairing | undefined) => pairing?.controllers ?? []

/** Turns events of parts into those of `run`: only changes, also after core and parts were restarted. */
export const partEvents = (tell: Tell): ((event: PartEvent) => void) => {
  const controllers = new Map<string, ReadonlyArray<string>>()
  const ended = new Set<string>()
  return (event) => {
    const app = event.part
    if (event.type === "ended") {
      ended.add(app.name)
      return tell({ type: "ended", app, how: event.why, again: event.again })
    }
    const { access } = event
    const known = controllers.get(app.name)
    const now = controllersOf(access.pairing)
    controllers.set(app.name, now)
    const again = ended.delete(app.name)
    if (known === undefined || again) return tell({ type: "ready", app, access, again })
    if (known.join() !== now.join()) tell({ type: "controllers", app, controllers: now })
  }
}
