import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { countShown, type Home, HouseholdFeed, readSection, settingReaders } from "@withings-bridge/core"
import { Effect } from "effect"

const table = {
  name: { env: "WITHINGS_TEXT_FILE_NAME", wanted: "the name of a file", read: settingReaders.text },
}
interface Settings {
  readonly path: string
}

/** A home in one file, which writes the newest values to a text file. To run it, add it to `packages/homes`. */
export const textFile: Home<Settings, string> = {
  name: "text-file",
  title: "Text file",
  about: "A text file with the newest values",
  settings: {
    table,
    read: ({ env, file, flags = {}, folder }) => {
      const { mistakes, values } = readSection(table, { section: "text-file", file, env, flags })
      return { settings: { path: join(folder, values.name ?? "household.txt") }, mistakes }
    },
  },
  ports: () => [],
  keeps: ["household.txt"],
  plan: ({ descriptors }) =>
    descriptors
      .flatMap(({ features, name }) =>
        features.map((feature) => `${name}: ${feature.name.en} ${feature.reading?.value ?? "unknown"}\n`),
      )
      .join(""),
  shows: ({ features }) => countShown(features.map(() => "text")),
  run: (settings, { show }) =>
    Effect.gen(function* () {
      const feed = yield* HouseholdFeed
      yield* show({ address: null })
      return yield* feed.follow("text-file", ({ household }) =>
        Effect.sync(() => writeFileSync(settings.path, textFile.plan(household, settings, 0))),
      )
    }),
}
