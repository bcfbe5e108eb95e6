import type { Feature } from "@withings-bridge/core"
import { duration, figure, hourOf, moment } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import { type InBed, rowOf, type Stage, stageColour, stageRows } from "./nights.ts"
import { StageSums } from "./StageSums.tsx"
import { type Frame, Timeline, type Scales } from "./Timeline.tsx"

const t = texts({
  stagesOfTheNight: ["Stages of the night", "Phases de la nuit", "Phasen der Nacht"],
})

const thickness = 0.72

const Bands = ({ scales: { x, y }, stages }: { scales: Scales; stages: ReadonlyArray<Stage> }) => (
  <>
    {stages.map((stage, index) => {
      const row = rowOf(stage.state)
      const next = stages[index + 1]
      const top = (of: number) => y(stageRows.length - of - (1 - thickness) / 2)
      return (
        <g key={stage.from}>
          {next?.from === stage.to && (
            <line
              class="riser"
              x1={x(stage.to)}
              x2={x(stage.to)}
              y1={(top(row) + y(stageRows.length - row - 1)) / 2}
              y2={(top(rowOf(next.state)) + y(stageRows.length - rowOf(next.state) - 1)) / 2}
            />
          )}
          <rect
            x={x(stage.from)}
            y={top(row)}
            width={Math.max(1, x(stage.to) - x(stage.from))}
            height={(y(0) - y(1)) * thickness}
            rx={3}
            fill={stageColour(row)}
          />
        </g>
      )
    })}
  </>
)

interface HypnogramProps extends Frame {
  readonly feature: Feature
  readonly stages: ReadonlyArray<Stage>
}

/** The stages of a night as bands, awake on top. */
export const Hypnogram = ({ feature, label, stages, ...rest }: HypnogramProps) => (
  <>
    <StageSums feature={feature} stages={stages} nights={1} view={rest.view} />
    <Timeline
      {...rest}
      label={label}
      left={138}
      range={[0, stageRows.length]}
      marks={stageRows.map(({ states }, row) => ({
        value: stageRows.length - row - 0.5,
        text: figure(feature, states[0]),
      }))}
      stops={stages.map(({ from, state, to }) => ({
        at: (from + to) / 2,
        title: `${moment(from)} – ${hourOf(to)}`,
        lines: [
          { name: figure(feature, state), text: duration(to - from), colour: stageColour(rowOf(state)) },
        ],
      }))}
      draw={(scales) => <Bands scales={scales} stages={stages} />}
    />
  </>
)

/** A hypnogram without axes, for a tile. */
export const SmallHypnogram = ({
  night,
  stages,
}: {
  readonly night: InBed
  readonly stages: ReadonlyArray<Stage>
}) => {
  const x = (at: number) => ((at - night.from) / (night.to - night.from)) * 100
  return (
    <svg
      class="smallnight"
      viewBox="0 0 100 40"
      preserveAspectRatio="none"
      role="img"
      aria-label={t("stagesOfTheNight")}
    >
      {stages.map(({ from, state, to }) => (
        <rect
          key={from}
          x={x(from)}
          y={rowOf(state) * 10 + 1}
          width={Math.max(0.4, x(to) - x(from))}
          height={8}
          rx={0.5}
          fill={stageColour(rowOf(state))}
        />
      ))}
    </svg>
  )
}
