import { environmentOf, type ServiceOptions, xmlText } from "./ServiceFile.ts"

export const launchdLabel = "io.github.withings-bridge"

const string = (text: string) => `<string>${xmlText(text)}</string>`

/** An agent of the user (launchd.plist(5)): starts at login and after a failure. */
export const launchdPlist = (service: ServiceOptions): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>${string(launchdLabel)}
  <key>ProgramArguments</key>
  <array>
    ${[service.node, service.script, "run", ...service.options].map(string).join("\n    ")}
  </array>
  <key>EnvironmentVariables</key>
  <dict>
    ${environmentOf(service)
      .map(([name, value]) => `<key>${xmlText(name)}</key>${string(value)}`)
      .join("\n    ")}
  </dict>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
  <key>ThrottleInterval</key><integer>10</integer>
  <key>Umask</key><integer>63</integer>
  <key>StandardOutPath</key>${string(`${service.home}/service.log`)}
  <key>StandardErrorPath</key>${string(`${service.home}/service.log`)}
</dict>
</plist>
`
