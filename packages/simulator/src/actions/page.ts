import type { PersonCall } from "./Action.ts"
import { integerOf } from "./Params.ts"
import { invalidParams } from "../cloud/ApiFailure.ts"

interface Page<T> {
  readonly items: ReadonlyArray<T>
  /** Fields that most answers have besides the rows. */
  readonly paging: { readonly more: boolean; readonly offset: number }
}

const page = <T>(items: ReadonlyArray<T>, more: boolean, next: number): Page<T> => ({
  items,
  paging: { more, offset: more ? next : 0 },
})

/** Cuts out the page that `offset` asks for. A fault may empty a page, or answer the one before once more. */
export const pageOf = <T>({ cloud, params }: PersonCall, rows: ReadonlyArray<T>, size: number): Page<T> => {
  const offset = integerOf(params, "offset") ?? 0
  if (offset < 0) throw invalidParams("offset is negative")
  const next = offset + size
  const more = rows.length > next
  const { faults } = cloud
  if (offset > 0 && faults.takes("duplicatePage"))
    return page(rows.slice(offset - size, offset), true, offset)
  if (more && faults.takes("dropPage")) return page<T>([], true, next)
  return page(rows.slice(offset, next), more, next)
}
