import { duration, hourOf, dayOf } from "../text/figures.ts"
import { texts } from "../text/language.ts"
import { type InBed, onTheClock, rowOf, type Stage, stageColour } from "./nights.ts"
import { type Frame, Timeline } from "./Timeline.tsx"

const t = texts({
  inBedFor: ["In bed", "Au lit", "Im Bett"],
})

interface ScheduleProps extends Frame {
  readonly nights: ReadonlyArray<InBed>
  /** The stages of the nights, where they are known. */
  readonly stages?: ReadonlyArray<Stage>
}

const day = 86_400

/** Each night as a bar from bedtime to wake-up. Time runs down, from evening to day. */
export const Schedule = ({ nights, stages = [], ...frame }: ScheduleProps) => {
  const clocked = nights.map((night) => ({ night, ...onTheClock(night) }))
  const first = Math.floor(Math.min(8, ...clocked.map(({ from }) => from)))
  const last = Math.ceil(Math.max(20, ...clocked.map(({ to }) => to)))
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (h) => h % 2 === 0,
  )
  return (
    <Timeline
      {...frame}
      range={[last, first]}
      marks={hours.map((hour) => ({ value: hour, text: `${String((hour + 12) % 24).padStart(2, "0")}:00` }))}
      stops={clocked.map(({ day: noon, night }) => ({
        at: noon,
        title: dayOf(night.to),
        lines: [
          { name: t("bedtime"), text: hourOf(night.from), colour: "var(--third)" },
          { name: t("wakeUp"), text: hourOf(night.to), colour: "var(--second)" },
          { name: t("inBedFor"), text: duration(night.to - night.from), colour: "var(--accent)" },
        ],
      }))}
      draw={({ x, y }) =>
        clocked.map(({ day: noon, from, night, to }) => {
          const width = Math.max(1.5, Math.min(26, (x(noon + day) - x(noon)) * 0.6))
          const bar = (key: number, top: number, bottom: number, look: object) => (
            <rect
              key={key}
              x={x(noon) - width / 2}
              y={y(top)}
              width={width}
              height={Math.max(1, y(bottom) - y(top))}
              {...look}
            />
          )
          const own = stages.filter((stage) => stage.from < night.to && stage.to > night.from)
          const hours = (at: number) => (at - noon) / 3600
          return own.length === 0
            ? bar(night.from, from, to, { class: "night", rx: Math.min(5, width / 2) })
            : own.map((stage) =>
                bar(stage.from, hours(stage.from), hours(stage.to), {
                  fill: stageColour(rowOf(stage.state)),
                }),
              )
        })
      }
    />
  )
}
