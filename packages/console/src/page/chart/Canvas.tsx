import type { Feature } from "@withings-bridge/core"
import { useEffect, useMemo, useRef } from "preact/hooks"
import { dark } from "../state/dark.ts"
import { useSignal } from "../state/signal.ts"
import { language } from "../text/language.ts"
import { preferences } from "../text/preferences.ts"
import { shownFeature, shownValue } from "../text/units.ts"
import { drawing, type Drawing, type Layer } from "./drawing.ts"
import type { Form } from "./forms.ts"
import type { View } from "./view.ts"

interface CanvasProps {
  readonly features: ReadonlyArray<Feature>
  readonly form: Form
  readonly gap: number
  readonly goal: number | null
  readonly layers: ReadonlyArray<Layer>
  readonly view: View
  readonly label: string
  readonly onZoom: (view: View | null) => void
}

/** In the units that the reader prefers, so that the marks of an axis are round in them. */
const inShownUnits = ({ features, goal, layers }: Pick<CanvasProps, "features" | "goal" | "layers">) => ({
  features: features.map(shownFeature),
  goal: goal === null || !features[0] ? null : shownValue(features[0], goal),
  layers: layers.map(({ feature, points }) => ({
    feature: shownFeature(feature),
    points: points.map(([at, value]) => [at, shownValue(feature, value)] as const),
  })),
})

/** Where uPlot draws; it is made anew only when what it shows is another thing. */
export const Canvas = ({ form, gap, label, onZoom, view, ...given }: CanvasProps) => {
  const units = useSignal(preferences)
  const { features, goal, layers } = useMemo(() => inShownUnits(given), [...Object.values(given), units])
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawing | null>(null)
  const tongue = useSignal(language)
  const isDark = useSignal(dark)
  const what = features.map(({ key }) => key).join(" ")

  useEffect(() => {
    if (!place.current) return
    const own = drawing(place.current, { features, form, gap, goal, onZoom })
    const resized = new ResizeObserver(own.fit)
    resized.observe(place.current)
    drawn.current = own
    return () => {
      drawn.current = null
      resized.disconnect()
      own.remove()
    }
  }, [what, form, goal, tongue, isDark, units])

  useEffect(
    () => drawn.current?.show(layers, view),
    [what, form, goal, tongue, isDark, units, layers, ...view],
  )

  return (
    <div
      class="canvas"
      ref={place}
      tabIndex={0}
      role="group"
      aria-label={label}
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (step !== 1 && step !== -1) return
        event.preventDefault()
        drawn.current?.step(step)
      }}
    />
  )
}
