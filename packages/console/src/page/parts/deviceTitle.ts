import type { DeviceDescriptor } from "@withings-bridge/core"
import { t } from "../text/language.ts"

/** Devices have a name of their own; the household's is a word of the language. */
export const deviceTitle = ({ deviceClass, name }: DeviceDescriptor): string =>
  deviceClass === "household" ? t("household") : name
