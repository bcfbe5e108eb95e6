import { isWire, labelIn, numberIn, type Wire } from "./read.ts"

/** The wrapper of every answer. HTTP says 200 even for errors, so `status` decides. */
export interface Envelope {
  readonly status: number
  readonly body: Wire | null
  readonly error: string | null
}

export const readEnvelope = (json: unknown): Envelope | null => {
  if (!isWire(json)) return null
  const status = numberIn(json, "status")
  if (status === null) return null
  return { status, body: isWire(json["body"]) ? json["body"] : null, error: labelIn(json, "error") }
}

/** A page of a list. `more` is 0/1 for getmeas and true/false elsewhere, and absent when there is no more. */
export interface Page {
  readonly records: ReadonlyArray<unknown>
  readonly nextOffset: number | null
}

/** null: the list is missing. */
export const readPage = (body: Wire, list: string): Page | null => {
  const records = body[list]
  if (!Array.isArray(records)) return null
  const more = body["more"] === true || numberIn(body, "more") === 1
  return { records, nextOffset: more ? offsetIn(body) : null }
}

/** The same for an object of records under their epochs: `epoch` is put into each. An empty one is sent as `[]`. */
export const readEpochs = (body: Wire, list: string): Page | null => {
  const series = body[list]
  if (Array.isArray(series) && series.length === 0) return { records: [], nextOffset: null }
  if (!isWire(series)) return null
  const records = Object.entries(series).map(([epoch, record]) =>
    isWire(record) ? { ...record, epoch } : record,
  )
  return { records, nextOffset: null }
}

const offsetIn = (body: Wire): number | null => {
  const offset = numberIn(body, "offset")
  return offset !== null && Number.isInteger(offset) ? offset : null
}
