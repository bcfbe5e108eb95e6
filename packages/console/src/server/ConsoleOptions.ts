import type { EntryPreview, Home, PartHost, PersonPreview, RuleMistake } from "@withings-bridge/core"
import { Data, type Effect } from "effect"
import type { Sentence } from "../ConsoleState.ts"
import type { LogBook } from "./LogBook.ts"

interface BackUp {
  readonly home: string
  /** The file to write. */
  readonly path: string
  readonly passphrase: string
  readonly withSignIns: boolean
}

interface Restore {
  readonly home: string
  /** The file to read. */
  readonly path: string
  readonly passphrase: string
}

/** What is wrong with a rule: in which field, and what is said of it. */
export interface ToldMistake extends Pick<RuleMistake, "path"> {
  readonly said: Sentence
}

/** What an entry would have said as a rule. */
export interface ToldPreview extends Omit<EntryPreview, "mistakes"> {
  readonly mistakes: ReadonlyArray<ToldMistake>
}

/** A rule as the page edits it. */
export interface ManagedRule {
  /** null: it stands in an app's own settings, and is only shown. */
  readonly id: string | null
  /** null: it cannot be used as it is written. */
  readonly ruleId: string | null
  readonly entry: unknown
  readonly mistakes: ReadonlyArray<ToldMistake>
  /** When it would have held during the last 90 days. */
  readonly persons: ReadonlyArray<PersonPreview>
}

export class BackupFailed extends Data.TaggedError("BackupFailed")<{ readonly message: string }> {}

/** This console was started by something that cannot write backups. */
export class NoBackup extends Data.TaggedError("NoBackup") {
  override readonly message = "Back up on the command line: withings-bridge backup."
  readonly french = "Faites la sauvegarde en ligne de commande : withings-bridge backup."
  readonly german = "Sichern Sie auf der Kommandozeile: withings-bridge backup."
}

/** What the process that runs the console lends it. */
export interface ConsoleTools {
  /** What the process logged lately. */
  readonly log?: LogBook
  /** Writes a backup of the home folder. */
  readonly backUp?: (options: BackUp) => Effect.Effect<unknown, BackupFailed>
  /** Opens a backup, and answers what puts it in place while nobody has the home folder open. */
  readonly openBackup?: (options: Restore) => Effect.Effect<Effect.Effect<void>, BackupFailed>
}

export interface ConsoleOptions
  extends ConsoleTools, Pick<PartHost, "accesses" | "restart" | "restartAfter"> {
  /** The folder of the household. */
  readonly home: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The address behind a reverse proxy, such as `https://bridge.example`. */
  readonly publicUrl: string | undefined
  /** Whatever the household may be shown in. */
  readonly homes: ReadonlyArray<Home>
}
