import type { HomeState } from "../../ConsoleState.ts"
import { say } from "../text/language.ts"

/** Apple translates the name of its app; the others have one name everywhere. */
export const homeTitle = ({ name, title }: HomeState): string =>
  name === "homebridge" ? say(["Apple Home", "Apple Maison", "Apple Home"]) : title
