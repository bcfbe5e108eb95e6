import { join } from "node:path"
import { launchdLabel, launchdPlist } from "./launchdPlist.ts"
import type { ServiceFile, ServiceOptions } from "./ServiceFile.ts"
import { systemdUnit } from "./systemdUnit.ts"
import { windowsTask } from "./windowsTask.ts"

interface Machine {
  readonly platform: NodeJS.Platform
  /** The user's own folder. */
  readonly user: string
  /** XDG_CONFIG_HOME, where it is set. */
  readonly config?: string | undefined
}

/** The file for the service manager of this system; null: none is known. */
export const serviceFileFor = (
  service: ServiceOptions,
  { config, platform, user }: Machine,
): ServiceFile | null => {
  switch (platform) {
    case "linux":
      return {
        path: join(config ?? join(user, ".config"), "systemd", "user", "withings-bridge.service"),
        content: systemdUnit(service),
        next: [
          "systemctl --user daemon-reload",
          "systemctl --user enable --now withings-bridge",
          'sudo loginctl enable-linger "$USER"',
        ],
      }
    case "darwin": {
      const path = join(user, "Library", "LaunchAgents", `${launchdLabel}.plist`)
      return { path, content: launchdPlist(service), next: [`launchctl bootstrap gui/$(id -u) '${path}'`] }
    }
    case "win32": {
      const path = join(service.home, "service.xml")
      return {
        path,
        content: windowsTask(service),
        next: [
          `schtasks /create /tn "Withings Bridge" /xml "${path}"`,
          'schtasks /run /tn "Withings Bridge"',
        ],
      }
    }
    default:
      return null
  }
}
