import type { Feature, Person } from "@withings-bridge/core"
import { useMemo } from "preact/hooks"
import { choose, type PlaceOptions } from "../state/place.ts"
import { dayOf, duration, figure, hourOf, moment } from "../text/figures.ts"
import { named, say, texts } from "../text/language.ts"
import type { Text } from "../text/words.ts"
import { Canvas } from "./Canvas.tsx"
import type { Layer } from "./drawing.ts"
import { heartRate } from "./forms.ts"
import { type Frame, short, Timeline } from "./Timeline.tsx"
import { useLayers } from "./useLayers.ts"
import { around, rowsOfWorkouts, workoutsOf, type Workout } from "./workoutsOf.ts"

const t = texts({
  others: ["Others", "Autres", "Sonstige"],
  noHeartRate: [
    "No heart rate was measured during this workout.",
    "Aucune fréquence cardiaque pendant cet entraînement.",
    "Während dieses Trainings wurde keine Herzfrequenz gemessen.",
  ],
})

interface WorkoutsProps extends Frame {
  readonly person: Person
  readonly layers: ReadonlyArray<Layer>
  readonly options: PlaceOptions
}

const rowsAtMost = 6
const rowHeight = 38

/** All workouts on a timeline and as a list, and the heart rate of one of them. */
export const Workouts = ({ layers, options, person, ...frame }: WorkoutsProps) => {
  const workouts = useMemo(() => workoutsOf(layers), [layers])
  const [kinds, ...others] = layers
  const chosen = workouts.find(({ to }) => String(to) === options["at"]) ?? workouts.at(-1)
  if (!kinds || !chosen) return null
  const { feature } = kinds
  const columns = others.map((layer) => layer.feature)
  const show = ({ to }: Workout) => choose({ at: String(to) })
  const nameOf = ({ category }: Workout) => figure(feature, category)
  return (
    <>
      <Timetable {...{ chosen, columns, feature, frame, show, workouts }} />
      <h3>
        {nameOf(chosen)}, {moment(chosen.from)} – {hourOf(chosen.to)}
      </h3>
      <HeartRate workout={chosen} person={person} label={`${frame.label}: ${nameOf(chosen)}`} />
      <List {...{ chosen, columns, feature, show, workouts }} />
    </>
  )
}

interface Listed {
  readonly workouts: ReadonlyArray<Workout>
  readonly chosen: Workout
  readonly show: (workout: Workout) => void
  /** The category of a workout. */
  readonly feature: Feature
  /** The other figures of a workout. */
  readonly columns: ReadonlyArray<Feature>
}

const Timetable = ({
  chosen,
  columns,
  feature,
  frame,
  show,
  workouts,
}: Listed & { readonly frame: Frame }) => {
  const rows = rowsOfWorkouts(workouts, rowsAtMost)
  const rowOf = ({ category }: Workout) =>
    rows.includes(category) ? rows.indexOf(category) : rows.length - 1
  return (
    <Timeline
      {...frame}
      left={124}
      height={38 + rows.length * rowHeight}
      range={[rows.length, 0]}
      onChoose={(index) => workouts[index] && show(workouts[index])}
      marks={rows.map((category, row) => ({
        value: row + 0.5,
        text: category === null ? t("others") : short(figure(feature, category)),
      }))}
      stops={workouts.map((workout) => ({
        at: (workout.from + workout.to) / 2,
        title: `${figure(feature, workout.category)}, ${moment(workout.from)}`,
        lines: columns.flatMap((column) => {
          const value = workout.figures.get(column.key)
          return value === undefined
            ? []
            : [{ name: named(column.name), text: figure(column, value), colour: "var(--accent)" }]
        }),
      }))}
      draw={({ x, y }) =>
        workouts.map((workout) => {
          const width = Math.max(7, x(workout.to) - x(workout.from))
          return (
            <rect
              key={workout.to}
              class={workout === chosen ? "workout chosen" : "workout"}
              x={(x(workout.from) + x(workout.to) - width) / 2}
              y={y(rowOf(workout) + 0.18)}
              width={width}
              height={rowHeight * 0.64}
              rx={3}
            />
          )
        })
      }
    />
  )
}

const beforeAndAfter = 1200
const gap = 1800

/** The continuous heart rate during a workout, and shortly before and after. */
const HeartRate = ({ label, person, workout }: { person: Person; workout: Workout; label: string }) => {
  const view = around(workout, beforeAndAfter)
  const wanted = [{ personId: person.id, feature: heartRate, view }]
  const { layers } = useLayers(wanted, 0)
  const features = useMemo(() => [heartRate], [])
  if (layers === null) return <div class="canvas" />
  if (layers.every(({ points }) => points.length === 0)) return <p class="quiet">{t("noHeartRate")}</p>
  return (
    <Canvas
      form="line"
      features={features}
      gap={gap}
      goal={null}
      layers={layers}
      span={[workout.from, workout.to]}
      view={view}
      label={label}
      onZoom={() => undefined}
    />
  )
}

const listedAtMost = 100

const List = ({ chosen, columns, feature, show, workouts }: Listed) => (
  <div class="scroll" tabIndex={0} role="group" aria-label={named(feature.name)}>
    <table class="workouts">
      <thead>
        <tr>
          <th scope="col">{named(feature.name)}</th>
          <th scope="col">{t("when")}</th>
          {columns.map((column) => (
            <th key={column.key} scope="col">
              {nameInList(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {workouts
          .toReversed()
          .slice(0, listedAtMost)
          .map((workout) => (
            <tr key={workout.to} class={workout === chosen ? "chosen" : ""}>
              <th scope="row">
                <button
                  type="button"
                  class="textual"
                  aria-pressed={workout === chosen}
                  onClick={() => show(workout)}
                >
                  {figure(feature, workout.category)}
                </button>
              </th>
              <td>
                {dayOf(workout.from)}, {hourOf(workout.from)}
              </td>
              {columns.map((column) => (
                <td key={column.key}>{textOf(column, workout.figures.get(column.key))}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  </div>
)

/** Without the word "workout", which would be in every name. */
const namesInList: Readonly<Record<string, Text>> = {
  "workout-duration": ["Duration", "Durée", "Dauer"],
  "workout-distance": ["Distance", "Distance", "Strecke"],
  "workout-calories": ["Energy", "Énergie", "Energie"],
  "workout-heart-rate-average": ["Heart rate, average", "Fréquence cardiaque moyenne", "Puls im Mittel"],
}

const nameInList = ({ key, name }: Feature): string => {
  const own = namesInList[key]
  return own ? say(own) : named(name)
}

const textOf = (feature: Feature, value: number | undefined) => {
  if (value === undefined) return "–"
  return feature.unit?.ucum === "s" ? duration(value) : figure(feature, value)
}
