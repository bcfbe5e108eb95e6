import { expect, it } from "vitest"
import { ann, now } from "../../test/sampleHousehold.ts"
import { toRuleRow } from "./toRuleRow.ts"

const heavy = { name: "Heavy", when: "above", measure: "weight", value: 75 }
const day = 86_400
const opened = (daysAgo: number) => ({ from: now - daysAgo * day, to: now - (daysAgo - 1) * day })
const stillOpen = (daysAgo: number) => ({ from: now - daysAgo * day, to: null })
const sentences = (row: ReturnType<typeof toRuleRow>) => row.lines.map(({ sentence }) => sentence)

it("tells of each person whether a rule is open now, how often it opened in the last 90 days and when last", () => {
  const spans = [opened(80), opened(20), opened(12), opened(5), stillOpen(1.5)]
  const persons = [
    { person: ann, spans, holds: true },
    { person: { ...ann, name: "Ben" }, spans: [stillOpen(40)], holds: true },
    { person: { ...ann, name: "Cas" }, spans: [], holds: false },
  ]
  expect(toRuleRow(heavy, { mistakes: [], persons }, now, "en")).toEqual({
    name: "Heavy",
    lines: [
      { person: "Ann", sentence: "open now; opened 5 times in the last 90 days, last yesterday" },
      { person: "Ben", sentence: "open now; opened once in the last 90 days, last 40 days ago" },
      { person: "Cas", sentence: "closed; not opened in the last 90 days" },
    ],
  })
  expect(sentences(toRuleRow(heavy, { mistakes: [], persons }, now, "de"))).toEqual([
    "jetzt offen; in den letzten 90 Tagen 5-mal geöffnet, zuletzt gestern",
    "jetzt offen; in den letzten 90 Tagen einmal geöffnet, zuletzt vor 40 Tagen",
    "geschlossen; in den letzten 90 Tagen nie geöffnet",
  ])
  expect(sentences(toRuleRow(heavy, { mistakes: [], persons }, now, "fr"))[0]).toBe(
    "ouvert en ce moment ; ouvert 5 fois au cours des 90 derniers jours, la dernière fois hier",
  )
})

it("says what is not known of a rule instead of a number", () => {
  const row = (persons: Parameters<typeof toRuleRow>[1]["persons"]) =>
    sentences(toRuleRow(heavy, { mistakes: [], persons }, now, "en"))
  expect(row([{ person: ann, spans: [], holds: null }])).toEqual(["nothing known yet"])
  expect(row([{ person: ann, spans: null, holds: false }])).toEqual([
    "closed; how often it would have opened is not known for this kind of rule",
  ])
  expect(row([])).toEqual(["the person it is for has not signed in"])
})

it("names the entry of a form that is no rule yet", () => {
  const mistakes = [{ path: ["when"], found: "nothing", wanted: "a condition" }]
  expect(toRuleRow({ name: " Heavy " }, { mistakes, persons: [] }, now, "en")).toEqual({
    name: "Heavy",
    lines: [{ person: null, sentence: "not used until it is corrected, see above" }],
  })
  expect(toRuleRow(null, { mistakes, persons: [] }, now, "en").name).toBe("")
})
