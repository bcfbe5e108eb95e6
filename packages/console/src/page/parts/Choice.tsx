import type { DeviceDescriptor } from "@withings-bridge/core"
import { post } from "../state/bridge.ts"
import { texts } from "../text/language.ts"
import { Outcome, useAct } from "./Action.tsx"
import { deviceTitle } from "./devices.ts"

const t = texts({
  showInHomes: [
    "Show {device} in the homes",
    "Montrer {device} dans les maisons",
    "{device} in den Smart Homes zeigen",
  ],
  added: ["Added", "Ajouté", "Hinzugefügt"],
  leftOut: ["Left out", "Écarté", "Ausgeblendet"],
})

/** Shows a device in the homes or hides it. The switch follows the state of the bridge, not the click. */
export const Choice = ({ device, isShown }: { device: DeviceDescriptor; isShown: boolean }) => {
  const { outcome, start } = useAct(async () => {
    await post("leave-out", { id: device.id, leftOut: isShown })
  })
  return (
    <>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={isShown}
          aria-label={t("showInHomes", { device: deviceTitle(device) })}
          onChange={start}
        />
        <span aria-hidden="true">{t(isShown ? "added" : "leftOut")}</span>
      </label>
      <Outcome {...outcome} />
    </>
  )
}
