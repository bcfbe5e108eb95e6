import type { Pairing } from "@withings-bridge/core"
import { qrBeside } from "../terminal/qrCode.ts"
import { bold, cyan, dim } from "../terminal/style.ts"

/** Formatted as on Matter devices: 1234-567-8901. */
export const manualCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4, 7)}-${code.slice(7)}`

/** The code to scan, with the one to type. */
export const matterQr = ({ code, qr }: Pairing): string =>
  qrBeside(qr, [
    bold("Matter"),
    "",
    `Code  ${cyan(manualCode(code))}`,
    dim(qr),
    "",
    "Apple Home, Google Home, Alexa,",
    "SmartThings, Home Assistant:",
    "add a Matter device, scan this.",
    "",
    dim("Within 15 minutes of the start;"),
    dim("a restart gives another 15."),
  ])
