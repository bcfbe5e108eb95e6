import type { Page } from "./envelope.ts"
import { isWire, type Wire } from "./read.ts"

/** An object of records under their epochs, as records with their `epoch` in them. An empty one is sent as `[]`. */
export const readEpochs = (body: Wire, list: string): Page | null => {
  const series = body[list]
  if (Array.isArray(series) && series.length === 0) return { records: [], nextOffset: null }
  if (!isWire(series)) return null
  const records = Object.entries(series).map(([epoch, record]) =>
    isWire(record) ? { ...record, epoch } : record,
  )
  return { records, nextOffset: null }
}
