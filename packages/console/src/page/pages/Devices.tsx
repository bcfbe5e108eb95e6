import { Card } from "../parts/Card.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { ReadingLine } from "../parts/ReadingLine.tsx"
import { t } from "../text/language.ts"

export const Devices = ({ state }: PageProps) => {
  const devices = state.household.descriptors.filter(
    (one) => one.deviceId !== null || one.deviceClass === "household",
  )
  if (devices.length === 0) return <p class="empty">{t("nothingYet")}</p>
  return (
    <div class="columns">
      {devices.map((device) => (
        <Card key={device.id} title={device.name}>
          {device.availability === "unlinked" && <p class="notice">{t("unlinked")}</p>}
          {device.availability === "sign-in-needed" && (
            <p class="notice">{t("signInNeeded", { person: device.personName ?? "" })}</p>
          )}
          <dl>
            {device.features.map((feature) => (
              <ReadingLine key={feature.key} feature={feature} />
            ))}
          </dl>
        </Card>
      ))}
    </div>
  )
}
