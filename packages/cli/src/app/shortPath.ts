import { relative } from "node:path"
import process from "node:process"

/** As the reader would type it. */
export const shortPath = (path: string): string => {
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith("..") || fromHere === "" ? path : fromHere
}
