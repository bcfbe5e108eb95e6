import { scaleLinear, scaleTime, type ScaleLinear, type ScaleTime } from "d3-scale"
import type { ComponentChildren, RefObject } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { tick } from "../text/figures.ts"
import { dragged } from "./dragged.ts"
import { gestures } from "./gestures.ts"
import { steer } from "./steering.ts"
import { type Tip, Tooltip } from "./Tooltip.tsx"
import { useWidth } from "./useWidth.ts"
import type { View } from "./view.ts"

/** A time that the pointer or the arrow keys can select. */
export interface Stop extends Tip {
  /** Epoch seconds. */
  readonly at: number
}

export interface Scales {
  readonly x: (at: number) => number
  readonly y: ScaleLinear<number, number>
  readonly width: number
  readonly height: number
}

/** The props that every SVG chart takes. */
export interface Frame {
  /** The name for screen readers. */
  readonly label: string
  readonly view: View
  /** Pixels; the width of the page unless given, as in print. */
  readonly width?: number
  readonly height?: number
  /** null: the whole range again. */
  readonly onZoom?: (view: View | null) => void
}

interface TimelineProps extends Frame {
  /** From the bottom of the chart to its top. */
  readonly range: readonly [bottom: number, top: number]
  readonly marks: ReadonlyArray<{ readonly value: number; readonly text: string }>
  readonly stops: ReadonlyArray<Stop>
  /** Width of the vertical axis, pixels. */
  readonly left?: number
  /** Is called with the index of a stop on a click or Enter. */
  readonly onChoose?: (stop: number) => void
  readonly draw: (scales: Scales) => ComponentChildren
}

/** Shortens a text to fit an axis; the tooltip has all of it. */
export const short = (text: string): string => (text.length > 16 ? `${text.slice(0, 15)}…` : text)

const margin = { right: 26, top: 12, bottom: 26 }

/** The frame of every chart in SVG: both axes, a tooltip, zoom by dragging, and the arrow keys. */
export const Timeline = (props: TimelineProps) => {
  const { draw, height = 300, label, left = 56, marks, onChoose, onZoom, range, stops, view } = props
  const box = useRef<HTMLDivElement>(null)
  const measured = useWidth(box, props.width ?? 800, 240)
  const outer = props.width ?? measured
  const [chosen, setChosen] = useState<number | null>(null)
  const [selection, setSelection] = useState<View | null>(null)
  useEffect(() => setChosen(null), [label, ...view])
  useGestures(box, props)

  const width = outer - left - margin.right
  const inner = height - margin.top - margin.bottom
  const x = scaleTime([view[0] * 1000, view[1] * 1000], [0, width])
  const scales = { x: (at: number) => x(at * 1000), y: scaleLinear(range, [inner, 0]), width, height: inner }
  const at = (event: { clientX: number }) =>
    x.invert(event.clientX - (box.current?.getBoundingClientRect().left ?? 0) - left).getTime() / 1000
  const stop = chosen === null ? undefined : stops[chosen]
  return (
    <div
      class="timeline"
      ref={box}
      tabIndex={0}
      role="group"
      aria-label={label}
      onKeyDown={(event) => pressed(event, props, chosen, setChosen)}
      onPointerMove={(event) => setChosen(nearest(stops, at(event)))}
      onPointerLeave={() => setChosen(null)}
      onPointerDown={(event) => onZoom && dragged(event, at, setSelection, onZoom)}
      onDblClick={() => onZoom?.(null)}
      onClick={(event) => {
        const clicked = nearest(stops, at(event))
        if (clicked !== null) onChoose?.(clicked)
      }}
    >
      <svg width={outer} height={height} aria-hidden="true">
        <g transform={`translate(${left} ${margin.top})`}>
          <Marks marks={marks} {...scales} />
          <Times x={x} width={width} height={inner} />
          {/* Clips what reaches beyond the view. */}
          <svg width={width} height={inner}>
            {draw(scales)}
          </svg>
          {selection && <Selection view={selection} {...scales} />}
          {stop && <line class="cursor" x1={scales.x(stop.at)} x2={scales.x(stop.at)} y2={inner} />}
        </g>
      </svg>
      <Tooltip tip={stop ?? null} at={stop ? placed(scales.x(stop.at), width, left) : {}} />
    </div>
  )
}

const useGestures = (box: RefObject<HTMLDivElement | null>, { label, onZoom, view }: TimelineProps) => {
  const seen = useRef(view)
  seen.current = view
  useEffect(() => {
    if (!box.current || !onZoom) return
    return gestures(box.current, { view: () => seen.current, zoom: onZoom })
  }, [label])
}

/** Left and right select a stop, Enter chooses it, and the other keys change the view. */
const pressed = (
  event: KeyboardEvent,
  { onChoose, onZoom, stops, view }: TimelineProps,
  chosen: number | null,
  setChosen: (stop: number | null) => void,
) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (event.key === "Escape") setChosen(null)
  if (event.key === "Enter" && chosen !== null) onChoose?.(chosen)
  if (step !== undefined) {
    if (stops.length === 0) return
    event.preventDefault()
    setChosen(Math.max(0, Math.min(stops.length - 1, (chosen ?? (step > 0 ? -1 : stops.length)) + step)))
    return
  }
  if (onZoom) steer(event, view, (chosen === null ? undefined : stops[chosen])?.at ?? null, onZoom)
}

const Marks = ({ marks, width, y }: Scales & Pick<TimelineProps, "marks">) => (
  <>
    {marks.map(({ text, value }) => (
      <g key={value} transform={`translate(0 ${y(value)})`}>
        <line class="grid" x2={width} />
        <text class="mark" x={-8} dy="0.32em" text-anchor="end">
          {text}
        </text>
      </g>
    ))}
  </>
)

interface TimesProps {
  readonly x: ScaleTime<number, number>
  readonly width: number
  readonly height: number
}

const Times = ({ height, width, x }: TimesProps) => {
  const times = spacedOut(x.ticks(Math.max(3, Math.floor(width / 90))), x)
  const apart = times[0] && times[1] ? (times[1].getTime() - times[0].getTime()) / 1000 : 3600
  return (
    <>
      {times.map((time) => (
        <text key={time.getTime()} class="mark" x={x(time)} y={height + 19} text-anchor="middle">
          {tick(time.getTime() / 1000, apart)}
        </text>
      ))}
    </>
  )
}

const Selection = ({ height, view, x }: Scales & { readonly view: View }) => (
  <rect
    class="selection"
    x={Math.min(...view.map(x))}
    width={Math.abs(x(view[1]) - x(view[0]))}
    height={height}
  />
)

/** The position of a tooltip, on the side with more room. */
const placed = (at: number, width: number, left: number) =>
  at > width / 2 ? { right: `${width - at + margin.right + 12}px` } : { left: `${at + left + 12}px` }

/** Drops marks that are too close to the next one, which happens at the turn of a month. */
const spacedOut = (times: ReadonlyArray<Date>, x: (at: Date) => number): ReadonlyArray<Date> =>
  times.reduceRight<ReadonlyArray<Date>>((kept, time) => {
    const [next] = kept
    return next === undefined || x(next) - x(time) > 48 ? [time, ...kept] : kept
  }, [])

const nearest = (stops: ReadonlyArray<Stop>, at: number): number | null =>
  stops.reduce<number | null>((best, stop, index) => {
    const known = best === null ? undefined : stops[best]
    return known === undefined || Math.abs(stop.at - at) < Math.abs(known.at - at) ? index : best
  }, null)
