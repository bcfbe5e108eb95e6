import { readIfThere, writeWhole } from "@withings-bridge/core"
import { join } from "node:path"
import { emptyBook, type EndpointBook } from "./endpointBook.ts"

const fileName = "endpoints.json"

/** Throws a {@link BookError} for a damaged file: with new numbers, rooms and automations would be lost. */
export const readBook = (folder: string): EndpointBook => {
  const file = join(folder, fileName)
  const text = readIfThere(file)
  if (text === null) return emptyBook
  try {
    // Books of earlier versions have no names.
    const { names = {}, numbers, structure }: Partial<EndpointBook> = JSON.parse(text)
    if (numbers !== undefined && structure !== undefined) return { numbers, structure, names }
  } catch {
    // Reported below, like a file that is JSON but no book.
  }
  throw new BookError(
    `${file} is damaged. It says which endpoint number belongs to which device: bring it back from a backup, ` +
      "or delete it to get new numbers (controllers then lose rooms and automations).",
  )
}

class BookError extends Error {}

export const writeBook = (folder: string, book: EndpointBook): void =>
  writeWhole(join(folder, fileName), JSON.stringify(book, null, 2))
