import { parse, relative } from "node:path"
import process from "node:process"

/** As the reader would type it. A service or a container starts in the root folder, where nobody types: whole there. */
export const shortPath = (path: string, here = process.cwd()): string => {
  const fromHere = relative(here, path)
  return parse(here).root === here || fromHere.startsWith("..") || fromHere === "" ? path : fromHere
}
