import { parse, relative } from "node:path"
import process from "node:process"

/** Relative where that is short; absolute in the root folder, where services and containers start. */
export const shortPath = (path: string, here = process.cwd()): string => {
  const fromHere = relative(here, path)
  return parse(here).root === here || fromHere.startsWith("..") || fromHere === "" ? path : fromHere
}
