import type { Feature } from "@withings-bridge/core"
import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import { signal, useSignal } from "../state/signal.ts"
import { language } from "../text/language.ts"
import { preferences } from "../text/preferences.ts"
import { shownFeature, shownValue } from "../text/units.ts"
import { drawing, type Drawing, type Layer } from "./drawing.ts"
import type { Form } from "./forms.ts"
import { gestures } from "./gestures.ts"
import { steer } from "./steering.ts"
import { tipText } from "./Tooltip.tsx"
import type { View } from "./view.ts"

const darkScheme = matchMedia("(prefers-color-scheme: dark)")

/** Whether the colour scheme is dark. A canvas has to be drawn again when it changes. */
const dark = signal(darkScheme.matches)
darkScheme.addEventListener("change", () => dark.set(darkScheme.matches))

interface CanvasProps {
  readonly features: ReadonlyArray<Feature>
  readonly form: Form
  readonly gap: number
  readonly goal: number | null
  readonly layers: ReadonlyArray<Layer>
  /** The range in which most of the person's values lie. */
  readonly usual?: readonly [low: number, high: number] | null
  /** A period to highlight. */
  readonly span?: View | null
  /** Instead of the names of the features. */
  readonly names?: ReadonlyArray<string>
  readonly view: View
  readonly label: string
  readonly onZoom: (view: View | null) => void
}

type Values = Pick<CanvasProps, "features" | "goal" | "layers" | "usual">

/** Converts values to the preferred units, so that the marks of an axis are round in them. */
const inShownUnits = ({ features, goal, layers, usual = null }: Values) => {
  const [first] = features
  const shown = (value: number) => (first ? shownValue(first, value) : value)
  return {
    features: features.map(shownFeature),
    goal: goal === null ? null : shown(goal),
    usual: usual === null ? null : ([shown(usual[0]), shown(usual[1])] as const),
    layers: layers.map(({ feature, points }) => ({
      feature: shownFeature(feature),
      points: points.map(([at, value]) => [at, shownValue(feature, value)] as const),
    })),
  }
}

const none: ReadonlyArray<string> = []

/** A chart drawn by uPlot, which is created again only when the kind of picture changes. */
export const Canvas = ({
  form,
  gap,
  label,
  names = none,
  onZoom,
  span = null,
  view,
  ...values
}: CanvasProps) => {
  const units = useSignal(preferences)
  const { features, goal, layers, usual } = useMemo(
    () => inShownUnits(values),
    [values.features, values.goal, values.layers, values.usual, units],
  )
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawing | null>(null)
  const seen = useRef(view)
  seen.current = view
  const [announced, announce] = useState("")
  const tongue = useSignal(language)
  const isDark = useSignal(dark)
  const what = features.map(({ key }) => key).join(" ")
  const kindOfPicture = [what, form, goal, usual?.join(), span?.join(), names.join(), tongue, isDark, units]

  useEffect(() => {
    if (!place.current) return
    const own = drawing(place.current, { features, form, gap, goal, names, onZoom, span, usual })
    const resized = new ResizeObserver(own.fit)
    resized.observe(place.current)
    const letGo = gestures(own.surface, { view: () => seen.current, zoom: onZoom })
    drawn.current = own
    return () => {
      drawn.current = null
      letGo()
      resized.disconnect()
      own.remove()
    }
  }, kindOfPicture)

  useEffect(() => drawn.current?.show(layers, view), [...kindOfPicture, layers, ...view])

  /** Left and right go from value to value; the other keys change the view. */
  const keys = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by !== 1 && by !== -1) return steer(event, view, drawn.current?.at() ?? null, onZoom)
    event.preventDefault()
    announce(tipText(drawn.current?.step(by) ?? null))
  }
  return (
    <>
      <div class="canvas" ref={place} tabIndex={0} role="group" aria-label={label} onKeyDown={keys} />
      <p role="status" class="unseen">
        {announced}
      </p>
    </>
  )
}
