import { ConfigProvider, Effect } from "effect"
import { expect, it } from "vitest"
import { loadGladysConfig } from "./GladysConfig.ts"

const withVariables = (variables: Readonly<Record<string, string>>) =>
  Effect.runSync(
    Effect.either(
      Effect.withConfigProvider(
        loadGladysConfig([]),
        ConfigProvider.fromMap(new Map(Object.entries(variables))),
      ),
    ),
  )

it("says which variable is wrong, and what is wanted", () => {
  expect(withVariables({ WITHINGS_GLADYS_PORT: "9000" })).toMatchObject({ right: { port: 9000 } })
  expect(withVariables({ WITHINGS_GLADYS_PORT: "often" })).toMatchObject({
    left: { message: 'WITHINGS_GLADYS_PORT is "often": a port, 1 to 65535, is wanted.' },
  })
  expect(withVariables({ WITHINGS_GLADYS_LANGUAGE: "de" })).toMatchObject({
    left: { message: 'WITHINGS_GLADYS_LANGUAGE is "de": en or fr is wanted.' },
  })
})
