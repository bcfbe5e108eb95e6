import { Data } from "effect"

/** The lease of the process that brings everyone's measures. */
export const leaderLease = "sync"

/** Another process leads now: this one slept too long. */
export class LeaseLost extends Data.TaggedError("LeaseLost")<{ readonly name: string }> {
  override get message() {
    return `Another process took over ${this.name}.`
  }
}
