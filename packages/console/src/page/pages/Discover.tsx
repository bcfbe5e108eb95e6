import type { Feature, FeatureNature } from "@withings-bridge/core"
import { Card } from "../parts/Card.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import type { TextKey } from "../text/en.ts"
import { named, t } from "../text/language.ts"

type Shown = Readonly<Record<"appleHome" | "matter" | "gladys", TextKey>>

const value: Shown = { appleHome: "asCustom", matter: "notShown", gladys: "asFeature" }

/** What each home makes of a feature, by its nature, with the apps' own defaults. */
const shownAs: Readonly<Record<FeatureNature, Shown>> = {
  presence: { appleHome: "asPresence", matter: "asPresence", gladys: "asPresence" },
  measured: { appleHome: "asButton", matter: "asButton", gladys: "notShown" },
  battery: { appleHome: "asBattery", matter: "asBattery", gladys: "asBattery" },
  value,
  counter: value,
  verdict: value,
}

const homes = ["appleHome", "matter", "gladys"] as const

const Row = ({ feature }: { feature: Feature }) => (
  <tr>
    <th scope="row">{named(feature.name)}</th>
    {homes.map((home) => (
      <td key={home} class={shownAs[feature.nature][home] === "notShown" ? "quiet" : undefined}>
        {t(shownAs[feature.nature][home])}
      </td>
    ))}
  </tr>
)

export const Discover = ({ state }: PageProps) => (
  <>
    <p class="quiet">{t("discoverHint")}</p>
    {state.household.descriptors.length === 0 && <p class="empty">{t("nothingYet")}</p>}
    {state.household.descriptors.map((device) => (
      <Card key={device.id} title={device.name}>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("shownIn")}</th>
                {homes.map((home) => (
                  <th scope="col" key={home}>
                    {t(home)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {device.features.map((feature) => (
                <Row key={feature.key} feature={feature} />
              ))}
            </tbody>
          </table>
        </div>
      </Card>
    ))}
  </>
)
