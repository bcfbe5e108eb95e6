import type { Feature, FeatureNature } from "@withings-bridge/core"
import { Card } from "../parts/Card.tsx"
import { deviceTitle, everyDevice } from "../parts/devices.ts"
import type { PageProps } from "../parts/PageProps.ts"
import { Readings } from "../parts/Readings.tsx"
import { texts } from "../text/language.ts"

const t = texts({
  unlinked: [
    "Withings no longer lists this device.",
    "Withings ne liste plus cet appareil.",
    "Withings führt dieses Gerät nicht mehr.",
  ],
  unlisted: [
    "Withings no longer lists this device. Your homes keep it for some days.",
    "Withings ne liste plus cet appareil. Vos maisons le gardent quelques jours.",
    "Withings führt dieses Gerät nicht mehr. Ihre Smart Homes behalten es noch einige Tage.",
  ],
})

/** Features of the device itself come before what it measured. */
const first: ReadonlyArray<FeatureNature> = ["presence", "measured", "battery"]
const rank = ({ nature }: Feature) => (first.includes(nature) ? first.indexOf(nature) : first.length)

export const Devices = ({ state }: PageProps) => {
  const devices = everyDevice(state.household).filter(
    (one) => one.deviceId !== null || one.deviceClass === "household",
  )
  if (devices.length === 0) return <p class="empty">{t("nothingYet")}</p>
  return (
    <div class="columns">
      {devices.map((device) => (
        <Card key={device.id} title={deviceTitle(device)}>
          {device.availability === "missing" && <p class="notice">{t("unlisted")}</p>}
          {device.availability === "unlinked" && <p class="notice">{t("unlinked")}</p>}
          {device.availability === "sign-in-needed" && (
            <p class="notice">{t("signInNeeded", { person: device.personName ?? "" })}</p>
          )}
          {state.household.leftOut.includes(device) && <p class="quiet">{t("leftOutHint")}</p>}
          <Readings
            features={device.features.toSorted((a, b) => rank(a) - rank(b))}
            values={state.household.values}
          />
        </Card>
      ))}
    </div>
  )
}
