import { Data } from "effect"

/** Another process leads now: this one slept too long. */
export class LeaseLost extends Data.TaggedError("LeaseLost")<{ readonly name: string }> {
  override get message() {
    return `Another process took over ${this.name}.`
  }
}
