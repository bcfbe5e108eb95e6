import { Chart } from "../chart/Chart.tsx"
import { Card } from "../parts/Card.tsx"
import { categories } from "../parts/categories.ts"
import { everyDevice, featuresOf } from "../parts/devices.ts"
import { Nobody } from "../parts/Nobody.tsx"
import type { PageProps } from "../parts/PageProps.ts"
import { Readings } from "../parts/Readings.tsx"
import { Tabs } from "../parts/Tabs.tsx"
import { addressOf, place } from "../state/place.ts"
import { useSignal } from "../state/signal.ts"
import { say, t } from "../text/language.ts"

const firstCharts = ["weight", "sleep-duration", "blood-pressure-systolic", "steps"]

export const People = ({ state }: PageProps) => {
  const {
    options,
    parts: [, personId, key],
  } = useSignal(place)
  // A link to another chart keeps the range, but not what belongs to the picture of this one.
  const { as: _as, at: _at, by: _by, from: _from, to: _to, with: _with, ...kept } = options
  const { persons, revision } = state.household
  const person = persons.find((one) => one.id === personId) ?? persons[0]
  if (!person) return <Nobody />
  const devices = everyDevice(state.household)
  const features = featuresOf(devices, person.id)
  const chosen =
    features.find((feature) => feature.key === key) ??
    firstCharts.map((first) => features.find((feature) => feature.key === first)).find(Boolean) ??
    features[0]
  return (
    <>
      <Tabs
        persons={persons}
        chosen={person}
        hrefOf={(id) => addressOf({ parts: ["people", id, ...(key ? [key] : [])], options: kept })}
      />
      {person.standing.state === "needs-sign-in" && (
        <p class="banner" role="alert">
          {t("signInNeeded", { person: person.name })} <a href="#/settings">{t("openSettings")}</a>
        </p>
      )}
      {chosen ? (
        <Chart
          person={person}
          persons={persons}
          feature={chosen}
          featuresOf={(id) => (id === person.id ? features : featuresOf(devices, id))}
          revision={revision}
        />
      ) : (
        <p class="card empty">{t("firstComing")}</p>
      )}
      <div class="columns">
        {Object.entries(categories).map(([category, title]) => {
          const ofCategory = features.filter((feature) => feature.category === category)
          return ofCategory.length === 0 ? null : (
            <Card key={category} title={say(title)}>
              <Readings
                features={ofCategory}
                values={state.household.values}
                // Derived values have no history.
                hrefOf={({ derived, key: its }) =>
                  derived ? undefined : addressOf({ parts: ["people", person.id, its], options: kept })
                }
                chosen={chosen?.key}
              />
            </Card>
          )
        })}
      </div>
    </>
  )
}
