import type { HomeState } from "../../ConsoleState.ts"
import { t } from "../text/language.ts"

/** Apple translates the name of its app; the others have one name everywhere. */
export const homeTitle = ({ name, title }: Pick<HomeState, "name" | "title">): string =>
  name === "homebridge" ? t("appleHome") : title
