import { Effect, Logger } from "effect"
import { expect, it } from "vitest"
import { logBook } from "./LogBook.ts"

const logged = (book: ReturnType<typeof logBook>, act: Effect.Effect<void>) =>
  Effect.runSync(act.pipe(Effect.provide(Logger.replace(Logger.defaultLogger, book.logger))))

it("keeps log lines, and answers new ones", () => {
  const book = logBook()
  logged(book, Effect.logInfo("Ann", "is signed in"))
  logged(book, Effect.zipRight(Effect.logDebug("details"), Effect.logWarning("It stumbled")))
  expect(book.after(0).map(({ level, text }) => [level, text])).toEqual([
    ["info", "Ann is signed in"],
    ["warning", "It stumbled"],
  ])
  expect(book.after(1)).toHaveLength(1)
  expect(book.after(2)).toEqual([])
  // A page that stayed open over a restart asks for what came after a longer log.
  expect(book.after(500)).toHaveLength(2)
})

it("forgets the oldest, not the newest", () => {
  const book = logBook()
  logged(
    book,
    Effect.forEach(Array.from({ length: 2500 }), (_, index) => Effect.logInfo(index), { discard: true }),
  )
  const lines = book.after(0)
  expect(lines).toHaveLength(2000)
  expect(lines.at(-1)).toMatchObject({ number: 2500, text: "2499" })
})
