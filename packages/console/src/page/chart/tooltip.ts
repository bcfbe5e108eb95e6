import type uPlot from "uplot"

/** The content of a tooltip: a time, and the values at it. */
export interface Told {
  readonly title: string
  readonly lines: ReadonlyArray<{ readonly name: string; readonly text: string; readonly colour: string }>
}

/** The same for screen readers. */
export const toldAsText = (told: Told | null): string =>
  told === null
    ? ""
    : [told.title, ...told.lines.map(({ name, text }) => (name === "" ? text : `${name}: ${text}`))].join(
        ", ",
      )

/** A uPlot plugin that shows the tooltip at the pointer, within the chart. */
export const tooltip = (tell: (index: number) => Told | null): uPlot.Plugin => {
  const box = document.createElement("div")
  box.className = "tooltip"
  box.hidden = true
  return {
    hooks: {
      init: (chart) => void chart.over.append(box),
      setCursor: (chart) => {
        const { idx, left = -1 } = chart.cursor
        const told = typeof idx === "number" && left >= 0 ? tell(idx) : null
        box.hidden = told === null
        if (told === null || typeof idx !== "number") return
        box.replaceChildren(...elementsOf(told))
        const at = chart.valToPos(chart.data[0][idx] ?? 0, "x")
        const room = chart.over.clientWidth - box.offsetWidth
        box.style.left = `${Math.max(0, Math.min(room, at > room / 2 ? at - box.offsetWidth - 12 : at + 12))}px`
      },
    },
  }
}

const elementsOf = ({ lines, title }: Told): ReadonlyArray<HTMLElement> => {
  const head = document.createElement("strong")
  head.textContent = title
  return [
    head,
    ...lines.map(({ colour, name, text }) => {
      const line = document.createElement("span")
      line.textContent = `${name}: ${text}`
      line.style.setProperty("--key", colour)
      return line
    }),
  ]
}
