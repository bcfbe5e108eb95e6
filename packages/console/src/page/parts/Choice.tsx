import type { DeviceDescriptor } from "@withings-bridge/core"
import { useState } from "preact/hooks"
import { post } from "../state/bridge.ts"
import { messageOf } from "../state/useAnswer.ts"
import { texts } from "../text/language.ts"
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
  const [failure, setFailure] = useState("")
  // Nothing is rendered before the bridge reports the change: the switch would jump back in between.
  const choose = () =>
    post("leave-out", { id: device.id, leftOut: isShown }).then(
      () => setFailure(""),
      (error) => setFailure(messageOf(error)),
    )
  return (
    <>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={isShown}
          aria-label={t("showInHomes", { device: deviceTitle(device) })}
          onChange={choose}
        />
        <span aria-hidden="true">{t(isShown ? "added" : "leftOut")}</span>
      </label>
      <span role="status" class="failed">
        {failure}
      </span>
    </>
  )
}
