const blocks = "▁▂▃▄▅▆▇█"

/** Values as a graph in one line. More values than columns are averaged. */
export const sparkline = (values: ReadonlyArray<number>, width = 40): string => {
  const columns = values.length <= width ? values : averaged(values, width)
  const low = Math.min(...columns)
  const span = Math.max(...columns) - low
  return columns
    .map((value) => blocks[span === 0 ? 3 : Math.round(((value - low) / span) * (blocks.length - 1))])
    .join("")
}

const averaged = (values: ReadonlyArray<number>, width: number): ReadonlyArray<number> =>
  Array.from({ length: width }, (_, column) => {
    const from = Math.floor((column * values.length) / width)
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / width))
    return values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from)
  })
