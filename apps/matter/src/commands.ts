import { ask } from "./control.ts"
import { grouped, type Pairing, qrForTerminal } from "./pairing.ts"
import { type Invocation, UsageError } from "./invocation.ts"

/** What the commands print, from the bridge that runs on this folder. */
export const runCommand = async (invocation: Invocation, folder: string): Promise<string> => {
  const [operand] = invocation.operands
  switch (invocation.command) {
    case "pairing":
      return codes(await ask(folder, "GET", "/pairing"))
    case "fabrics":
      return fabrics(await ask(folder, "GET", "/pairing"))
    case "open-window":
      return opened(await ask(folder, "POST", "/window"))
    case "remove-fabric":
      if (operand === undefined)
        throw new UsageError("Missing argument: the fabric number (see `withings-matter fabrics`).")
      return fabrics(await ask(folder, "DELETE", `/fabrics/${operand}`))
    case "factory-reset":
      if (!invocation.yes)
        throw new UsageError(
          "This unpairs the bridge from every controller: rooms, names and automations there are lost. " +
            "Run withings-matter factory-reset --yes to do it.",
        )
      return `All controllers are forgotten.\n${codes(await ask(folder, "POST", "/factory-reset"))}`
    default:
      throw new UsageError(`There is no command "${invocation.command}" (--help lists all).`)
  }
}

const opened = (pairing: Pairing): string =>
  `${codes(pairing)}\n${pairing.fabrics.length === 0 ? "A first" : "One more"} controller may be added during the next 15 minutes.`

export const codes = (pairing: Pairing): string =>
  `${qrForTerminal(pairing)}\n\nManual code ${grouped(pairing.manualPairingCode)}`

const fabrics = ({ fabrics }: Pairing): string =>
  fabrics.length === 0
    ? "Paired with no controller yet."
    : fabrics
        .map(({ index, label, vendor }) => `${index}  ${vendor}${label === "" ? "" : `  ${label}`}`)
        .join("\n")
