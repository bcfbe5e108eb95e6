import { ticks } from "d3-array"
import type { Feature } from "@withings-bridge/core"
import { figure, moment, pressureFigure } from "../text/figures.ts"
import { named, say } from "../text/language.ts"
import { shownValue } from "../text/units.ts"
import { type Pressure, pressureClass, pressureClasses, pressureLimits } from "./pressure.ts"
import { type Frame, Timeline, type Scales } from "./Timeline.tsx"

interface PressureProps extends Frame {
  readonly features: readonly [systolic: Feature, diastolic: Feature]
  readonly pressures: ReadonlyArray<Pressure>
}

/** The areas of elevated and of high systolic pressure. */
const Zones = ({ scales: { width, y } }: { scales: Scales }) => {
  const { elevated, high } = pressureLimits
  const top = y.domain()[1] ?? 0
  return (
    <>
      <rect class="zone high" width={width} y={y(top)} height={Math.max(0, y(high.systolic) - y(top))} />
      <rect
        class="zone elevated"
        width={width}
        y={y(high.systolic)}
        height={y(elevated.systolic) - y(high.systolic)}
      />
    </>
  )
}

/** Drawn after the bars, so that the names stay readable. */
const ZoneNames = ({ feature, scales: { width, y } }: { feature: Feature; scales: Scales }) => {
  const { elevated, high } = pressureLimits
  const limit = ({ diastolic, systolic }: typeof high) =>
    `${pressureFigure(feature, systolic)}/${figure(feature, diastolic)}`
  return (
    <>
      <text class="zonename" x={width - 6} y={y(high.systolic) - 5} text-anchor="end">
        {say(pressureClasses.pressureHigh.name)} ≥ {limit(high)}
      </text>
      <text class="zonename" x={width - 6} y={y(elevated.systolic) - 5} text-anchor="end">
        {say(pressureClasses.pressureElevated.name)} ≥ {limit(elevated)}
      </text>
    </>
  )
}

/** Marks that are round in the shown unit; the chart itself is in mmHg, as the classes are. */
const marksBetween = (feature: Feature, low: number, high: number) => {
  const perUnit = shownValue(feature, 1)
  return ticks(low * perUnit, high * perUnit, 6).map((value) => ({
    value: value / perUnit,
    text: String(value),
  }))
}

/** Every measurement as a bar from diastolic to systolic, coloured by its class. */
export const PressureRanges = ({ features, pressures, ...frame }: PressureProps) => {
  const [systolic, diastolic] = features
  const low = Math.min(60, ...pressures.map((one) => one.diastolic)) - 8
  const high = Math.max(150, ...pressures.map((one) => one.systolic)) + 8
  return (
    <Timeline
      {...frame}
      range={[low, high]}
      marks={marksBetween(systolic, low, high)}
      stops={pressures.map((one) => {
        const { colour, name } = pressureClasses[pressureClass(one)]
        return {
          at: one.at,
          title: moment(one.at),
          lines: [
            { name: named(systolic.name), text: figure(systolic, one.systolic), colour },
            { name: named(diastolic.name), text: figure(diastolic, one.diastolic), colour },
            { name: "", text: say(name), colour },
          ],
        }
      })}
      draw={(scales) => (
        <>
          <Zones scales={scales} />
          {pressures.map((one) => {
            const width = pressures.length > 120 ? 3 : 7
            return (
              <rect
                key={one.at}
                x={scales.x(one.at) - width / 2}
                y={scales.y(one.systolic)}
                width={width}
                height={Math.max(2, scales.y(one.diastolic) - scales.y(one.systolic))}
                rx={width / 2}
                fill={pressureClasses[pressureClass(one)].colour}
              />
            )
          })}
          <ZoneNames feature={systolic} scales={scales} />
        </>
      )}
    />
  )
}
