import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { emptyBook, type EndpointBook } from "./endpointBook.ts"

const fileName = "endpoints.json"

/** Throws a {@link BookError} rather than beginning anew: new numbers lose every room and automation. */
export const readBook = (folder: string): EndpointBook => {
  const file = join(folder, fileName)
  const text = read(file)
  if (text === null) return emptyBook
  try {
    // Books of earlier versions have no names.
    const { names = {}, numbers, structure }: Partial<EndpointBook> = JSON.parse(text)
    if (numbers !== undefined && structure !== undefined) return { numbers, structure, names }
  } catch {
    // Said below, together with a file that is JSON but no book.
  }
  throw new BookError(
    `${file} is damaged. It says which endpoint number belongs to which device: bring it back from a backup, ` +
      "or delete it to number anew (controllers then lose rooms and automations).",
  )
}

class BookError extends Error {}

export const writeBook = (folder: string, book: EndpointBook): void =>
  writeWhole(join(folder, fileName), JSON.stringify(book, null, 2))

/** Readers see the old file or the new one, never half of it; a power loss neither. */
export const writeWhole = (file: string, text: string): void => {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

const read = (file: string) => {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}
