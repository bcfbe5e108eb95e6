import type { Person } from "@withings-bridge/core"
import { pressureClass, pressureClasses, pressuresOf } from "../chart/pressure.ts"
import { pointsOfATile } from "../chart/ranges.ts"
import { useLayers } from "../chart/useLayers.ts"
import { categories } from "../parts/categories.ts"
import { linkTo } from "../state/place.ts"
import { ageOf, change, figure, pressureFigure } from "../text/figures.ts"
import { named, say, texts } from "../text/language.ts"
import { shareOf, type Known, type TileOf } from "./known.ts"
import { PressureBars } from "./PressureBars.tsx"
import { Sparkline } from "./Sparkline.tsx"
import { Tile } from "./Tile.tsx"

const t = texts({
  steady: ["steady", "stable", "stabil"],
  usualOf: ["usually {usual}", "d’habitude {usual}", "üblich {usual}"],
  goal: ["Goal", "Objectif", "Ziel"],
})

const month = 31 * 86_400

const shown = (feature: Known) => figure(feature, feature.reading.value)

/** The last month of a value. The tile does without it when the bridge refuses. */
const Lately = ({ known, person, revision }: { known: Known; person: Person; revision: number }) => {
  const view = [known.reading.at - month, known.reading.at] as const
  const { layers } = useLayers(
    [{ personId: person.id, feature: known, view, points: pointsOfATile }],
    revision,
  )
  return <Sparkline points={layers?.[0]?.points ?? []} />
}

export const WeightTile = ({ of, person, revision }: TileOf) => {
  const weight = of("weight")
  if (weight === null) return null
  const rate = of("weight-trend-rate")
  const goal = of("goal-weight")
  return (
    <Tile
      title={named(weight.name)}
      href={linkTo("people", person.id, "weight")}
      at={weight.reading.at}
      value={shown(weight)}
    >
      <span>
        {[
          rate &&
            (Math.abs(rate.reading.value) < 0.05
              ? t("steady")
              : t("perWeek", { change: change(rate, rate.reading.value) })),
          goal && t("goalOf", { goal: shown(goal) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      <Lately known={weight} person={person} revision={revision} />
    </Tile>
  )
}

interface PressuresProps {
  readonly features: readonly [systolic: Known, diastolic: Known]
  readonly person: Person
  readonly revision: number
}

/** The last month's measurements. */
const Pressures = ({ features, person, revision }: PressuresProps) => {
  const { at } = features[0].reading
  const view = [at - month, at] as const
  const wanted = features.map((feature) => ({ personId: person.id, feature, view, points: pointsOfATile }))
  const [high, low] = useLayers(wanted, revision).layers ?? []
  return <PressureBars pressures={pressuresOf(high?.points ?? [], low?.points ?? [])} view={view} />
}

export const PressureTile = ({ of, person, revision }: TileOf) => {
  const systolic = of("blood-pressure-systolic")
  const diastolic = of("blood-pressure-diastolic")
  if (systolic === null || diastolic === null) return null
  const [high, low] = [systolic.reading.value, diastolic.reading.value]
  const name = pressureClass({ systolic: high, diastolic: low })
  return (
    <Tile
      title={say(categories["blood-pressure"])}
      href={linkTo("people", person.id, systolic.key)}
      at={systolic.reading.at}
      value={
        <>
          {pressureFigure(systolic, high)}/{shown(diastolic)}
        </>
      }
    >
      <span class={`class ${name}`}>{say(pressureClasses[name].name)}</span>
      <Pressures features={[systolic, diastolic]} person={person} revision={revision} />
    </Tile>
  )
}

export const ActivityTile = ({ of, person }: TileOf) => {
  const steps = of("steps")
  if (steps === null) return null
  const goal = of("goal-steps")
  const share = shareOf(steps.reading.value, goal?.reading.value)
  return (
    <Tile
      title={named(steps.name)}
      href={linkTo("people", person.id, steps.key)}
      at={steps.reading.at}
      age={ageOf(steps, steps.reading.at)}
      value={shown(steps)}
    >
      {goal && <span>{t("goalOf", { goal: shown(goal) })}</span>}
      {share !== null && <progress aria-label={t("goal")} max={1} value={share} />}
    </Tile>
  )
}

export const HeartTile = ({ of, person, revision }: TileOf) => {
  const asleep = of("sleep-heart-rate-average")
  if (asleep === null) return null
  const usual = of("sleep-heart-rate-average-usual")
  const compared = of("sleep-heart-rate-average-unusual")
  return (
    <Tile
      title={t("heartAtRest")}
      href={linkTo("people", person.id, asleep.key)}
      at={asleep.reading.at}
      value={shown(asleep)}
    >
      <span>
        {[usual && t("usualOf", { usual: shown(usual) }), compared && shown(compared)]
          .filter(Boolean)
          .join(" · ")}
      </span>
      <Lately known={asleep} person={person} revision={revision} />
    </Tile>
  )
}
