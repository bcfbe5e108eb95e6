import { render } from "preact"
import type uPlot from "uplot"

/** The content of a tooltip: a time, and the values at it. */
export interface Tip {
  readonly title: string
  readonly lines: ReadonlyArray<{ readonly name: string; readonly text: string; readonly colour: string }>
}

const lineText = ({ name, text }: Tip["lines"][number]): string => (name === "" ? text : `${name}: ${text}`)

/** The same for screen readers. */
export const tipText = (tip: Tip | null): string =>
  tip === null ? "" : [tip.title, ...tip.lines.map(lineText)].join(", ")

const Content = ({ tip }: { readonly tip: Tip }) => (
  <>
    <strong>{tip.title}</strong>
    {tip.lines.map((line) => (
      <span key={line.name} style={{ "--key": line.colour }}>
        {lineText(line)}
      </span>
    ))}
  </>
)

interface TooltipProps {
  readonly tip: Tip | null
  /** The position, as CSS. */
  readonly at: Readonly<Record<string, string>>
}

/** The values at the pointer, announced to screen readers. */
export const Tooltip = ({ at, tip }: TooltipProps) => (
  <div role="status" class={tip ? "tooltip" : "unseen"} style={tip ? at : {}}>
    {tip && <Content tip={tip} />}
  </div>
)

/** A uPlot plugin that shows the tooltip at the pointer, within the chart. */
export const tooltip = (tipAt: (index: number) => Tip | null): uPlot.Plugin => {
  const box = document.createElement("div")
  box.className = "tooltip"
  box.hidden = true
  return {
    hooks: {
      init: (chart) => void chart.over.append(box),
      setCursor: (chart) => {
        const { idx, left = -1 } = chart.cursor
        const tip = typeof idx === "number" && left >= 0 ? tipAt(idx) : null
        box.hidden = tip === null
        if (tip === null || typeof idx !== "number") return
        render(<Content tip={tip} />, box)
        const at = chart.valToPos(chart.data[0][idx] ?? 0, "x")
        const room = chart.over.clientWidth - box.offsetWidth
        box.style.left = `${Math.max(0, Math.min(room, at > room / 2 ? at - box.offsetWidth - 12 : at + 12))}px`
      },
    },
  }
}
