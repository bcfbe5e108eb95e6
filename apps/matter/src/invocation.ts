import { parseArgs } from "node:util"

export type Invocation = ReturnType<typeof parseInvocation>

/** The arguments are wrong. */
export class UsageError extends Error {}

export const help = `withings-matter: Withings devices on any Matter controller

  withings-matter [serve]          run the bridge until Ctrl-C
  withings-matter pairing          show the QR code and the manual code
  withings-matter fabrics          list the controllers it is paired with
  withings-matter remove-fabric N  unpair one of them
  withings-matter open-window      let one more controller in, for 15 minutes
  withings-matter factory-reset    forget all controllers and codes (asks for --yes)
  withings-matter check            tell every mistake in these settings (--json for scripts)

  --home DIR         folder shared with the other bridges   WITHINGS_BRIDGE_HOME       ~/.withings-bridge
  --port N           UDP port                               WITHINGS_MATTER_PORT       5540
  --interface NAME   announce on this interface only        WITHINGS_MATTER_INTERFACE  all
  --no-ipv4          IPv6 only                              WITHINGS_MATTER_IPV4=false
  --log-level LEVEL  debug, info, notice, warn, error       WITHINGS_MATTER_LOG_LEVEL  warn
  --vendor-id, --product-id                                 WITHINGS_MATTER_VENDOR_ID  0xfff1, 0x8000 (for tests)
  --version, --help

The same, and what is shown of whom, goes under "matter:" in <home>/config.yaml. See docs/matter.md.
`

/**
 * What was typed. `command` is `serve` when nothing else was asked for, `home` the folder shared with the other apps;
 * `flags` has settings by the keys of the table.
 */
export const parseInvocation = (args: ReadonlyArray<string>) => {
  const text = { type: "string" } as const
  const flag = { type: "boolean" } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        home: text,
        port: text,
        interface: text,
        "no-ipv4": flag,
        "log-level": text,
        "vendor-id": text,
        "product-id": text,
        help: { ...flag, short: "h" },
        version: flag,
        yes: flag,
        json: flag,
      },
    })
    const [command = "serve", ...operands] = positionals
    const { help = false, version = false, yes = false, json = false, home, ...typed } = values
    const flags: Readonly<Record<string, string | boolean | undefined>> = Object.fromEntries(
      Object.entries(typed).map(([name, value]) => [
        name === "no-ipv4" ? name : name.replaceAll("-", "_"),
        value,
      ]),
    )
    return { command, operands, help, version, yes, json, home, flags }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error} (--help lists all flags)`)
  }
}
