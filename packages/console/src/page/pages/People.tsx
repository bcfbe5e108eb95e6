import type { DeviceDescriptor, Feature } from "@withings-bridge/core"
import { Chart } from "../chart/Chart.tsx"
import { Card } from "../parts/Card.tsx"
import { everyDevice } from "../parts/everyDevice.ts"
import type { PageProps } from "../parts/PageProps.ts"
import { Readings } from "../parts/Readings.tsx"
import { addressOf, place } from "../state/place.ts"
import { useSignal } from "../state/signal.ts"
import { t } from "../text/language.ts"

const shownNatures: ReadonlySet<string> = new Set(["value", "counter", "verdict"])

/** Everything of one person, newest reading of each kind where two devices tell the same. */
const featuresOf = (
  descriptors: ReadonlyArray<DeviceDescriptor>,
  personId: string,
): ReadonlyArray<Feature> => {
  const byKey = new Map<string, Feature>()
  for (const descriptor of descriptors.filter((one) => one.personId === personId))
    for (const feature of descriptor.features) {
      if (feature.reading === null || !shownNatures.has(feature.nature)) continue
      const known = byKey.get(feature.key)
      if (!known || feature.reading.at > (known.reading?.at ?? 0)) byKey.set(feature.key, feature)
    }
  return [...byKey.values()]
}

const categories = [
  "body",
  "blood-pressure",
  "heart",
  "oxygen",
  "temperature",
  "sleep",
  "activity",
  "workout",
  "nerve",
  "urine",
  "environment",
  "goal",
  "other",
] as const

const firstCharts = ["weight", "sleep-duration", "blood-pressure-systolic", "steps"]

export const People = ({ state }: PageProps) => {
  const {
    options,
    parts: [, personId, key],
  } = useSignal(place)
  const { from: _, to: __, ...withoutZoom } = options
  const { persons, revision } = state.household
  const person = persons.find((one) => one.id === personId) ?? persons[0]
  if (!person)
    return (
      <div class="card empty">
        <p>{t("noPeople")}</p>
        <p class="quiet">{t("noPeopleHint")}</p>
        <a class="button" href="#/settings">
          {t("openSettings")}
        </a>
      </div>
    )
  const features = featuresOf(everyDevice(state.household), person.id)
  const chosen =
    features.find((feature) => feature.key === key) ??
    firstCharts.map((first) => features.find((feature) => feature.key === first)).find(Boolean) ??
    features[0]
  return (
    <>
      <div class="tabs" role="group" aria-label={t("persons")}>
        {persons.map((one) => (
          <a
            key={one.id}
            href={addressOf({ parts: ["people", one.id, ...(key ? [key] : [])], options })}
            aria-current={one.id === person.id ? "true" : undefined}
          >
            {one.name}
          </a>
        ))}
      </div>
      {person.standing.state === "needs-sign-in" && (
        <p class="banner" role="alert">
          {t("signInNeeded", { person: person.name })} <a href="#/settings">{t("openSettings")}</a>
        </p>
      )}
      {chosen ? (
        <Chart person={person} feature={chosen} features={features} revision={revision} />
      ) : (
        <p class="card empty">{t("firstComing")}</p>
      )}
      <div class="columns">
        {categories.map((category) => {
          const ofCategory = features.filter((feature) => feature.category === category)
          return ofCategory.length === 0 ? null : (
            <Card key={category} title={t(`category-${category}`)}>
              <Readings
                features={ofCategory}
                // What is worked out here has no history of its own.
                hrefOf={({ derived, key: its }) =>
                  derived ? undefined : addressOf({ parts: ["people", person.id, its], options: withoutZoom })
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
