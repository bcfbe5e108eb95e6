import type { Part } from "@withings-bridge/core"
import { Cause, HashMap, Layer, Logger, LogLevel, Option } from "effect"
import { warningLogger } from "../terminal/warningLog.ts"
import { core, type Level, type Tell } from "./HostEvent.ts"

const levelOf = (level: LogLevel.LogLevel): Level => {
  if (LogLevel.greaterThanEqual(level, LogLevel.Error)) return "error"
  return LogLevel.greaterThanEqual(level, LogLevel.Warning) ? "warning" : "info"
}

const textOf = (message: unknown): string =>
  Array.isArray(message) ? message.map(textOf).join(" ") : String(message)

/** What core and parts log, as events: each part's fibers carry its name. */
export const hostLog = (parts: ReadonlyArray<Part>, tell: Tell) =>
  Layer.merge(
    Logger.minimumLogLevel(LogLevel.Info),
    Logger.replace(
      warningLogger,
      Logger.make(({ annotations, cause, logLevel, message }) => {
        const name = Option.getOrNull(HashMap.get(annotations, "part"))
        const [why] = Cause.prettyErrors(cause)
        const text = `${textOf(message)}${why === undefined ? "" : ` (${why.message})`}`
        tell({
          type: "message",
          app: parts.find((part) => part.name === name) ?? core,
          level: levelOf(logLevel),
          text: text.replaceAll(/\s*\n\s*/gu, " "),
        })
      }),
    ),
  )
