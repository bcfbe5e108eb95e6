import { environmentOf, type ServiceOptions } from "./ServiceFile.ts"

/** systemd splits at spaces and expands %. */
const quoted = (word: string) =>
  `"${word
    .replaceAll("\\", "\\\\")
    .replaceAll('"', String.raw`\"`)
    .replaceAll("%", "%%")}"`

/** Only in a command it expands $ as well. */
const quotedInCommand = (word: string) => quoted(word).replaceAll("$", "$$$$")

/** A service of the user: it needs no root, and only this user can read the measures. */
export const systemdUnit = (service: ServiceOptions): string => `[Unit]
Description=Withings Bridge: Withings measures for Matter and Gladys
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=${[service.node, service.script, "run", ...service.options].map(quotedInCommand).join(" ")}
${environmentOf(service)
  .map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`)
  .join("\n")}
Restart=on-failure
RestartSec=10
NoNewPrivileges=yes
UMask=0077

[Install]
WantedBy=default.target
`
