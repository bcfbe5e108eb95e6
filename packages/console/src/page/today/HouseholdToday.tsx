import type { DeviceDescriptor, Trouble } from "@withings-bridge/core"
import { Card } from "../parts/Card.tsx"
import { deviceTitle } from "../parts/devices.ts"
import { figure } from "../text/figures.ts"
import { ago } from "../text/figures.ts"
import { texts, troubleSaid } from "../text/language.ts"

const t = texts({
  troubles: ["Needs attention", "À régler", "Zu erledigen"],
  sinceWhen: ["({when})", "({when})", "({when})"],
  inBed: ["in bed", "au lit", "im Bett"],
  outOfBed: ["not in bed", "hors du lit", "nicht im Bett"],
})

export const Troubles = ({ troubles }: { readonly troubles: ReadonlyArray<Trouble> }) =>
  troubles.length === 0 ? null : (
    <section class="card troubles" aria-label={t("troubles")}>
      <h2>{t("troubles")}</h2>
      <ul>
        {troubles.map((one) => {
          const [found, remedy] = troubleSaid(one)
          return (
            <li key={`${one.code} ${one.aboutId}`} class={one.severity}>
              <strong>
                {one.about === null ? "" : `${one.about}: `}
                {found}
              </strong>{" "}
              {remedy} <span class="quiet">{t("sinceWhen", { when: ago(one.since) })}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )

const lowBattery = 2

/** Who is in bed, and all batteries, the emptiest first. */
export const Devices = ({ descriptors }: { readonly descriptors: ReadonlyArray<DeviceDescriptor> }) => {
  const found = descriptors.flatMap((device) =>
    device.features.flatMap((feature) =>
      feature.reading === null ? [] : [{ device, feature, ...feature.reading }],
    ),
  )
  const beds = found.filter(
    ({ device, feature }) => feature.nature === "presence" && device.personId !== null,
  )
  const batteries = found
    .filter(({ feature }) => feature.nature === "battery")
    .toSorted((a, b) => a.value - b.value)
  if (beds.length + batteries.length === 0) return null
  return (
    <Card title={t("household")}>
      <ul class="chips">
        {beds.map(({ device, value }) => (
          <li key={device.id} class={value === 1 ? "on" : ""}>
            {device.personName}: {t(value === 1 ? "inBed" : "outOfBed")}
          </li>
        ))}
        {batteries.map(({ device, feature, value }) => (
          <li key={device.id} class={value < lowBattery ? "low" : ""}>
            {deviceTitle(device)}: {figure(feature, value)}
          </li>
        ))}
      </ul>
    </Card>
  )
}
