export interface SystemdUnit {
  readonly node: string
  readonly script: string
  readonly home: string
  /** What `withings-bridge run` is given: "--matter", "--gladys". */
  readonly options: ReadonlyArray<string>
}

/** systemd splits at spaces and expands %; a path may hold either. */
const quoted = (word: string) =>
  `"${word
    .replaceAll("\\", "\\\\")
    .replaceAll('"', String.raw`\"`)
    .replaceAll("%", "%%")}"`

/** In a command, but not in the environment, it expands $ as well. */
const quotedInCommand = (word: string) => quoted(word).replaceAll("$", "$$$$")

/** A service of the user: it needs no root, and only this user can read its measures. */
export const systemdUnit = ({ home, node, options, script }: SystemdUnit): string => `[Unit]
Description=Withings Bridge: Withings measures for Matter and Gladys
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=${[node, script, "run", ...options].map(quotedInCommand).join(" ")}
Environment=${quoted(`WITHINGS_BRIDGE_HOME=${home}`)}
Restart=on-failure
RestartSec=10
NoNewPrivileges=yes
UMask=0077

[Install]
WantedBy=default.target
`
