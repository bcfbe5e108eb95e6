import type { PersonCall } from "./Action.ts"
import { integerOf } from "./Params.ts"
import { invalidParams } from "../cloud/ApiFailure.ts"

export interface Page<T> {
  readonly items: ReadonlyArray<T>
  readonly more: boolean
  readonly next: number
}

/** Cuts out the page that `offset` asks for. A fault may drop a page, or answer the one before once more. */
export const pageOf = <T>({ cloud, params }: PersonCall, rows: ReadonlyArray<T>, size: number): Page<T> => {
  const offset = integerOf(params, "offset") ?? 0
  if (offset < 0) throw invalidParams("offset is negative")
  const next = offset + size
  const more = rows.length > next
  const { faults } = cloud
  if (offset > 0 && faults.takes("duplicatePage")) {
    return { items: rows.slice(offset - size, offset), more: true, next: offset }
  }
  if (more && faults.takes("dropPage")) return { items: [], more: true, next }
  return { items: rows.slice(offset, next), more, next }
}
