import { OpenApi } from "@effect/platform"
import { escapeHtml } from "@withings-bridge/core"
import { GladysApi } from "./GladysApi.ts"

const methods = ["get", "post", "delete"] as const

const sections = () => {
  const { paths } = OpenApi.fromApi(GladysApi)
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      if (operation === undefined) return []
      const parameters = operation.parameters
        .filter(({ in: place }) => place !== "header")
        .map(
          ({ name, required, description }) =>
            `<li><code>${escapeHtml(name)}</code>${required ? " (required)" : ""} ${escapeHtml(description ?? "")}</li>`,
        )
        .join("")
      const answers = Object.keys(operation.responses).join(", ")
      return `<section><h2><b>${method.toUpperCase()}</b> ${escapeHtml(path)}</h2><p>${escapeHtml(operation.description ?? "")}</p><ul>${parameters}</ul><p class="a">Answers: ${answers}</p></section>`
    }),
  )
}

/** What the bridge answers, for people; drawn from the same definition as `/openapi.json`. */
export const docsPage = () => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Withings bridge for Gladys</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
h2{font:600 1rem ui-monospace,monospace;margin:2rem 0 .2rem;border-top:1px solid #ccc;padding-top:1rem}
b{color:#05605f}.a{color:#666;font-size:.9rem}p{margin:.2rem 0}
@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}b{color:#7fd3cf}.a{color:#aaa}}
</style>
<h1>Withings bridge for Gladys</h1>
<p>Devices: <a href="/api/v1/device">/api/v1/device</a> · Sign in: <a href="/dashboard/integration/health/withings/settings">settings</a> · For programs: <a href="/openapi.json">/openapi.json</a></p>
${sections().join("\n")}
</html>`
