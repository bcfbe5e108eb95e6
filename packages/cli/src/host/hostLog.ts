import type { Part } from "@withings-bridge/core"
import { Cause, HashMap, Layer, Logger, LogLevel, Option } from "effect"
import { logText, warningLogger } from "../terminal/warningLog.ts"
import { core, type Level, type Tell } from "./HostEvent.ts"

const levelOf = (level: LogLevel.LogLevel): Level => {
  if (LogLevel.greaterThanEqual(level, LogLevel.Error)) return "error"
  return LogLevel.greaterThanEqual(level, LogLevel.Warning) ? "warning" : "info"
}

/** Reports logs of core and parts as events. The annotation `part` names the part. */
export const hostLog = (parts: ReadonlyArray<Part>, tell: Tell) =>
  Layer.merge(
    Logger.minimumLogLevel(LogLevel.Info),
    Logger.replace(
      warningLogger,
      Logger.make(({ annotations, cause, logLevel, message }) => {
        const name = Option.getOrNull(HashMap.get(annotations, "part"))
        const [why] = Cause.prettyErrors(cause)
        const text = `${logText(message)}${why === undefined ? "" : ` (${why.message})`}`
        tell({
          type: "message",
          app: parts.find((part) => part.name === name) ?? core,
          level: levelOf(logLevel),
          text: text.replaceAll(/\s*\n\s*/gu, " "),
        })
      }),
    ),
  )
