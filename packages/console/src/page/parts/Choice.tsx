import type { DeviceDescriptor } from "@withings-bridge/core"
import { post } from "../state/bridge.ts"
import { t } from "../text/language.ts"
import { deviceTitle } from "./deviceTitle.ts"
import { useAct } from "./useAct.ts"

/** Whether the homes show a device. The page follows what the bridge tells, so that it never promises too much. */
export const Choice = ({ device, isShown }: { device: DeviceDescriptor; isShown: boolean }) => {
  const { said, start } = useAct(async () => {
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
      <span role="status" class="failed">
        {said?.sentence}
      </span>
    </>
  )
}
