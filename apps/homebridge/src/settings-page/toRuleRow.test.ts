import { expect, it } from "vitest"
import { ann, now } from "../../test/sampleHousehold.ts"
import { toRuleRow } from "./toRuleRow.ts"

const heavy = { name: "Heavy", when: "above", measure: "weight", value: 75 }
const day = 86_400
const opened = (daysAgo: number) => ({ from: now - daysAgo * day, to: now - (daysAgo - 1) * day })
const stillOpen = (daysAgo: number) => ({ from: now - daysAgo * day, to: null })
const sentences = (row: ReturnType<typeof toRuleRow>) => row.lines.map(({ sentence }) => sentence)

it("tells of each person whether a rule is open now and how often it was in the last 30 days", () => {
  const spans = [opened(80), opened(20), opened(12), opened(5), stillOpen(2)]
  const persons = [
    { person: ann, spans, holds: true },
    { person: { ...ann, name: "Ben" }, spans: [stillOpen(40)], holds: true },
    { person: { ...ann, name: "Cas" }, spans: [opened(3)], holds: false },
  ]
  expect(toRuleRow(heavy, { mistakes: [], persons }, now, "en")).toEqual({
    name: "Heavy",
    lines: [
      { person: "Ann", sentence: "open now; opened 4 times in the last 30 days" },
      { person: "Ben", sentence: "open now; not opened in the last 30 days" },
      { person: "Cas", sentence: "closed; opened once in the last 30 days" },
    ],
  })
  expect(sentences(toRuleRow(heavy, { mistakes: [], persons }, now, "de"))).toEqual([
    "jetzt offen; in den letzten 30 Tagen 4-mal geöffnet",
    "jetzt offen; in den letzten 30 Tagen nie geöffnet",
    "geschlossen; in den letzten 30 Tagen einmal geöffnet",
  ])
  expect(sentences(toRuleRow(heavy, { mistakes: [], persons }, now, "fr"))[0]).toBe(
    "ouvert en ce moment ; ouvert 4 fois au cours des 30 derniers jours",
  )
})

it("says what is not known of a rule instead of a number", () => {
  const row = (persons: Parameters<typeof toRuleRow>[1]["persons"]) =>
    sentences(toRuleRow(heavy, { mistakes: [], persons }, now, "en"))
  expect(row([{ person: ann, spans: [], holds: null }])).toEqual(["nothing known yet"])
  expect(row([{ person: ann, spans: null, holds: false }])).toEqual([
    "closed; how often it would have opened is not known for this kind of rule",
  ])
  expect(row([])).toEqual(["nobody whom it is for has signed in"])
})

it("names the entry of a form that is no rule yet", () => {
  const mistakes = [{ path: ["when"], found: "nothing", wanted: "a condition" }]
  expect(toRuleRow({ name: " Heavy " }, { mistakes, persons: [] }, now, "en")).toEqual({
    name: "Heavy",
    lines: [{ person: null, sentence: "not used until it is corrected, see above" }],
  })
  expect(toRuleRow(null, { mistakes, persons: [] }, now, "en").name).toBe("")
})
