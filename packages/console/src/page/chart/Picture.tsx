import type { Feature, Person } from "@withings-bridge/core"
import type { ChartPoint } from "../../ConsoleState.ts"
import type { PlaceOptions } from "../state/place.ts"
import { Canvas } from "./Canvas.tsx"
import type { Layer } from "./drawing.ts"
import { Ecg } from "./Ecg.tsx"
import type { Form } from "./forms.ts"
import { Hypnogram } from "./Hypnogram.tsx"
import { lastNight, nightsOf, stagesOf, type InBed, type Stage } from "./nights.ts"
import { pressuresOf } from "./pressure.ts"
import { PressureRanges } from "./PressureRanges.tsx"
import { Results } from "./Results.tsx"
import { Schedule } from "./Schedule.tsx"
import { StageSums } from "./StageSums.tsx"
import type { Frame } from "./Timeline.tsx"
import { rangeIn, zoomIn, type View } from "./view.ts"
import { Workouts } from "./Workouts.tsx"

interface PictureProps extends Frame {
  readonly form: Form
  readonly person: Person
  readonly options: PlaceOptions
  /** The range in which most of the person's values lie. */
  readonly usual: readonly [low: number, high: number] | null
  readonly features: ReadonlyArray<Feature>
  readonly gap: number
  readonly goal: number | null
  readonly layers: ReadonlyArray<Layer>
  readonly onZoom: (view: View | null) => void
}

const pointsOf = ({ layers }: PictureProps, index: number): ReadonlyArray<ChartPoint> =>
  layers[index]?.points ?? []

/** For a day, only its night is shown. */
const viewOfNight = ({ options, view }: PictureProps, nights: ReadonlyArray<InBed>): View => {
  const night = lastNight(nights)
  if (night === null || zoomIn(options) !== null || rangeIn(options).key !== "day") return view
  return [night.from - 900, night.to + 900]
}

const day = 86_400
/** Longer views have bars by night: bands would become as thin as lines. */
const oneNight = 2 * day
/** For longer views the bridge leaves out stages. */
const stagesAreWhole = 100 * day

/** How many of the nights have stages; of some only the length is known. */
const withStages = (nights: ReadonlyArray<InBed>, stages: ReadonlyArray<Stage>): number =>
  nights.filter(({ from, to }) => stages.some((stage) => stage.from < to && stage.to > from)).length

/** The forms that are drawn in SVG; all others are drawn on a canvas. */
const pictures: Partial<
  Readonly<Record<Form, (props: PictureProps, first: Feature) => preact.JSX.Element | null>>
> = {
  hypnogram: (props, feature) => {
    const nights = nightsOf(pointsOf(props, 1))
    const stages = stagesOf(pointsOf(props, 0), nights)
    const view = viewOfNight(props, nights)
    const length = view[1] - view[0]
    if (length <= oneNight) return <Hypnogram {...props} feature={feature} stages={stages} view={view} />
    if (length > stagesAreWhole) return <Schedule {...props} nights={nights} />
    return (
      <>
        <StageSums feature={feature} stages={stages} nights={withStages(nights, stages)} view={view} />
        <Schedule {...props} nights={nights} stages={stages} />
      </>
    )
  },
  schedule: (props) => <Schedule {...props} nights={nightsOf(pointsOf(props, 0))} />,
  pressure: (props, systolic) => {
    const diastolic = props.features[1]
    if (!diastolic) return null
    const pressures = pressuresOf(pointsOf(props, 0), pointsOf(props, 1))
    return <PressureRanges {...props} features={[systolic, diastolic]} pressures={pressures} />
  },
  results: (props, feature) => <Results {...props} feature={feature} points={pointsOf(props, 0)} />,
  ecg: (props, feature) => <Ecg {...props} feature={feature} points={pointsOf(props, 0)} />,
  workouts: (props) => <Workouts {...props} />,
}

export const Picture = (props: PictureProps) => {
  const [first] = props.features
  const own = pictures[props.form]
  return first && own ? own(props, first) : <Canvas {...props} />
}
