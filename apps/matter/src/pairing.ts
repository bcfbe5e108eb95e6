import { QrCode } from "@matter/main/types"
import { writeWhole } from "@withings-bridge/core"
import { join } from "node:path"
import type { FabricInfo, MatterNode } from "./MatterNode.ts"

/** What a person needs to add the bridge to a controller. matter.js makes the codes on first start and keeps them. */
export interface Pairing {
  readonly qrPairingCode: string
  readonly manualPairingCode: string
  readonly port: number
  readonly commissioned: boolean
  readonly fabrics: ReadonlyArray<FabricInfo>
  /** Until when the codes let a controller in, epoch seconds; null: no window is open. */
  readonly windowUntil: number | null
}

/** Writes the codes for other processes, such as the demo. Only the owner may read them: they open the home. */
export const tellPairing = (folder: string, node: MatterNode, port: number): Pairing => {
  const { commissioned, fabrics, pairingCodes, windowUntil } = node
  const pairing = { ...pairingCodes, port, commissioned, fabrics, windowUntil }
  writeWhole(join(folder, "pairing.json"), JSON.stringify(pairing, null, 2))
  return pairing
}

/** "3497-011-2332", as controllers ask for it. */
export const grouped = (manualPairingCode: string) =>
  manualPairingCode.replace(/^(\d{4})(\d{3})(\d{4})$/, "$1-$2-$3")

export const qrForTerminal = ({ qrPairingCode }: Pairing): string => QrCode.get(qrPairingCode).trim()
