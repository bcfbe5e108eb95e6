/**
 * Preloaded into a process under test: its clock shows the household's time and runs on from there, so that no test
 * depends on the hour at which it runs. A process may move its clock by setting the variable again; a file of which
 * HOUSEHOLD_CLOCK_FILE says the path moves it from outside, milliseconds in digits. JavaScript, since older versions of
 * Node load it too.
 */
import { readFileSync } from "node:fs"

const file = process.env["HOUSEHOLD_CLOCK_FILE"]
const follow = () => {
  const ahead = readFileSync(file, "utf8")
  // Empty while it is being written.
  if (ahead !== "") process.env["HOUSEHOLD_CLOCK_AHEAD"] = ahead
}
if (file !== undefined) {
  follow()
  setInterval(follow, 20).unref()
}

const ahead = () => Number(process.env["HOUSEHOLD_CLOCK_AHEAD"] ?? "0")
const RealDate = Date

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    given.length === 0 ? new target(target.now() + ahead()) : Reflect.construct(target, given, newTarget),
  apply: (target) => new target(target.now() + ahead()).toString(),
  get: (target, name) => (name === "now" ? () => target.now() + ahead() : Reflect.get(target, name)),
})
