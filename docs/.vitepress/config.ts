import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitepress"

const docs = join(dirname(fileURLToPath(import.meta.url)), "..")
const repository = "https://github.com/withings-bridge/withings-bridge"

const titleOf = (file: string): string =>
  /^# (.*)$/m.exec(readFileSync(join(docs, file), "utf8"))?.[1] ?? file

const page = (name: string) => ({ text: titleOf(`${name}.md`), link: `/${name}` })

const decisions = readdirSync(join(docs, "decisions"))
  .filter((name) => name.endsWith(".md"))
  .toSorted()
  .map((name) => page(`decisions/${name.slice(0, -3)}`))

/** The site is the folder `docs` as it is. A dead link fails the build. */
export default defineConfig({
  title: "Withings Bridge",
  description: "Withings measures in Apple Home, Matter and Gladys, from one sign-in on your own machine",
  cleanUrls: true,
  markdown: {
    config: (markdown) => {
      const open = markdown.renderer.rules.link_open
      // Pages link to other files of the repository as GitHub shows them; the site has only `docs`.
      markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
        const token = tokens[index]
        const href = token?.attrGet("href")
        if (href?.startsWith("../")) {
          const folder = String(env.relativePath ?? "").includes("/") ? "docs/" : ""
          token?.attrSet("href", `${repository}/blob/main/${folder}${href.slice(3)}`)
        }
        return open?.(tokens, index, options, env, self) ?? self.renderToken(tokens, index, options)
      }
    },
  },
  themeConfig: {
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: repository }],
    editLink: { pattern: `${repository}/edit/main/docs/:path` },
    sidebar: [
      {
        text: "Your home",
        items: ["homebridge", "matter", "gladys", "console", "cli"].map(page),
      },
      {
        text: "Set up",
        items: ["settings", "several-people", "rules", "webhooks", "raspberry-pi", "docker", "backup"].map(
          page,
        ),
      },
      {
        text: "Look up",
        items: ["measures", "limits", "privacy", "monitoring", "troubleshooting"].map(page),
      },
      { text: "How it is built", items: [page("architecture")] },
      { text: "Decisions", collapsed: true, items: decisions },
    ],
  },
})
