import type { GladysConfig } from "./GladysConfig.ts"

/** Why the app stopped, in one sentence that says what to do. */
export const sentence = (error: unknown, config: Pick<GladysConfig, "host" | "port"> | null): string => {
  const code = codeOf(error)
  const where = `${config?.host ?? ""}:${config?.port ?? ""}`
  switch (code) {
    case "EADDRINUSE":
      return `Something else listens on ${where} already, perhaps another of these bridges (\`withings-bridge doctor\` names it): stop it, or choose another port with WITHINGS_GLADYS_PORT (withings-gladys: --port).`
    case "EACCES":
      return `This user may not listen on ${where}: choose a port above 1023 with WITHINGS_GLADYS_PORT (withings-gladys: --port).`
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `This machine has no address ${config?.host ?? ""}: choose one with WITHINGS_GLADYS_HOST (withings-gladys: --host).`
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

const codeOf = (error: unknown): string | null => {
  if (typeof error !== "object" || error === null) return null
  if ("code" in error && typeof error.code === "string") return error.code
  return "cause" in error ? codeOf(error.cause) : null
}
