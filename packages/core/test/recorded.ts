import { fileURLToPath } from "node:url"

/** Answers that a real account gave. They are not part of the project: what needs them is skipped without. */
export const recorded =
  process.env["WITHINGS_RECORDED"] ??
  fileURLToPath(new URL("../../../../shared/withings/recorded", import.meta.url))
