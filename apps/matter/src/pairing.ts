import { QrCode } from "@matter/main/types"
import { join } from "node:path"
import { writeWhole } from "./bookFile.ts"
import type { FabricInfo, MatterNode } from "./MatterNode.ts"

/** What a person needs to add the bridge to a controller. matter.js makes the codes on first start and keeps them. */
export interface Pairing {
  readonly qrPairingCode: string
  readonly manualPairingCode: string
  readonly port: number
  readonly commissioned: boolean
  readonly fabrics: ReadonlyArray<FabricInfo>
}

export const pairingOf = (node: MatterNode, port: number): Pairing => ({
  ...node.pairingCodes,
  port,
  commissioned: node.commissioned,
  fabrics: node.fabrics,
})

/** For the console and the demo, which run in other processes. Only its owner may read it: the codes open the home. */
export const writePairing = (folder: string, pairing: Pairing): void =>
  writeWhole(join(folder, "pairing.json"), JSON.stringify(pairing, null, 2))

/** "3497-011-2332", as controllers ask for it. */
export const grouped = (manualPairingCode: string) =>
  manualPairingCode.replace(/^(\d{4})(\d{3})(\d{4})$/, "$1-$2-$3")

export const qrForTerminal = ({ qrPairingCode }: Pairing): string => QrCode.get(qrPairingCode).trim()

/** The QR code as an image of its own, read from the terminal's half blocks: each character is two modules. */
export const qrAsSvg = (pairing: Pairing): string => {
  const rows = qrForTerminal(pairing).split("\n")
  // The terminal shows light modules, with a border of one around the code; its first row is half empty.
  const isLight = (x: number, y: number) => {
    const block = rows[(y + 2) >> 1]?.[x + 1]
    return block === "█" || block === (y % 2 === 0 ? "▀" : "▄")
  }
  const size = (rows[0]?.length ?? 0) - 2
  const modules = Array.from({ length: size }, (_, index) => index)
  const dark = modules
    .flatMap((y) => modules.map((x) => (isLight(x, y) ? "" : `M${x} ${y}h1v1h-1z`)))
    .join("")
  const quiet = 4
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-quiet} ${-quiet} ${size + 2 * quiet} ${size + 2 * quiet}" ` +
    `shape-rendering="crispEdges" role="img" aria-label="Matter pairing code ${pairing.qrPairingCode}">` +
    `<rect x="${-quiet}" y="${-quiet}" width="100%" height="100%" fill="#fff"/><path d="${dark}"/></svg>`
  )
}
