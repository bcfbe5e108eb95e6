import type { Feature } from "@withings-bridge/core"

/** TODO rules */
export const isEssential = (_: Feature): boolean => true
