import type { ServerNode } from "@matter/main"
import { AdministratorCommissioningServer } from "@matter/main/behaviors/administrator-commissioning"
import type { FabricInfo } from "./MatterNode.ts"

/** A pairing window that a controller opened with its own code. Only one window can be open at a time. */
export interface HeldWindow {
  /** null: the controller has left since. */
  readonly fabricIndex: number | null
  /** Minutes after which it closes at the latest. */
  readonly minutes: number
}

export const heldWindow = (server: ServerNode): HeldWindow | null => {
  const { adminFabricIndex, windowStatus } = server.stateOf(AdministratorCommissioningServer)
  if (windowStatus === 0) return null
  const { commissioningWindowTimeout: timer } = server.behaviors.internalsOf(AdministratorCommissioningServer)
  const milliseconds = (timer?.interval ?? longest) - (timer?.elapsed?.time ?? 0)
  return { fabricIndex: adminFabricIndex, minutes: Math.max(1, Math.ceil(milliseconds / 60_000)) }
}

/** Matter's limit, in milliseconds. */
const longest = 900_000

/** Two windows cannot be open at once. */
export class WindowHeld extends Error {
  constructor({ fabricIndex, minutes }: HeldWindow, fabrics: ReadonlyArray<FabricInfo>) {
    const fabric = fabrics.find(({ index }) => index === fabricIndex)
    const who = fabric === undefined ? "Another controller" : fabric.label || fabric.vendor
    const which = fabric === undefined ? "" : ` (number ${fabric.index})`
    super(
      `${who}${which} has a pairing window of its own open, for ${minutes} more ${minutes === 1 ? "minute" : "minutes"}: ` +
        "use the code that it shows, or try again then.",
    )
  }
}
