// Writes the content of the integration's own repository, which Gladys' store asks for: run after `pnpm run build` as
// `node repository.mjs FOLDER --owner OWNER [--name NAME] [--gladys 5.1]`, then commit and push that folder.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"

const here = dirname(fileURLToPath(import.meta.url))
const read = (path) => readFileSync(join(here, path), "utf8")

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    owner: { type: "string" },
    name: { type: "string", default: "gladys-withings" },
    gladys: { type: "string", default: "4.86" },
    dist: { type: "string", default: join(here, "dist") },
  },
})
const [folder] = positionals
const { dist, gladys, name, owner } = values
if (folder === undefined || owner === undefined || !["4.86", "5.1"].includes(gladys)) {
  console.error("node repository.mjs FOLDER --owner OWNER [--name NAME] [--gladys 4.86|5.1]")
  process.exit(1)
}
if (!existsSync(dist)) {
  console.error("Build first: pnpm run build")
  process.exit(1)
}

/** The line for Gladys 5.1 and newer adds fields that older ones refuse. */
const newer = gladys === "5.1" ? JSON.parse(read("gladys-5.1.json")) : {}
const base = JSON.parse(read("gladys-assistant-integration.json"))
const manifest = {
  ...base,
  ...newer,
  docker_image: `ghcr.io/${owner.toLowerCase()}/${name.toLowerCase()}:${base.version}`,
  cover_image: `https://raw.githubusercontent.com/${owner}/${name}/main/cover.png`,
}

const readme = `# Withings for Gladys Assistant

An external integration: it brings the measures of Withings devices into [Gladys Assistant](https://gladysassistant.com).

- [How to use it](docs/en.md), [en français](docs/fr.md)
- It is made from [Withings Bridge](https://github.com/withings-bridge/withings-bridge): questions and changes belong there.

## Publishing

1. This repository has to be public and to have the topic \`gladys-assistant-integration\`.
2. Push the tag \`v${base.version}\`: the workflow builds the image for amd64 and arm64 and pushes it to \`${manifest.docker_image}\`.
3. Make the package of that image public. Gladys' store looks every hour.
`

const workflow = `name: Release
on:
  push:
    tags: ["v*"]
permissions:
  contents: read
  packages: write
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: The tag is the version of the manifest
        run: test "\${GITHUB_REF_NAME#v}" = "$(jq -r .version gladys-assistant-integration.json)"
      - uses: docker/setup-qemu-action@v3
      - uses: docker/setup-buildx-action@v3
      - uses: docker/login-action@v3
        with:
          registry: ghcr.io
          username: \${{ github.actor }}
          password: \${{ secrets.GITHUB_TOKEN }}
      - name: Read the manifest
        id: manifest
        run: |
          echo "image=$(jq -r .docker_image gladys-assistant-integration.json)" >> "$GITHUB_OUTPUT"
          echo "text=$(jq -c . gladys-assistant-integration.json)" >> "$GITHUB_OUTPUT"
      - uses: docker/build-push-action@v6
        with:
          context: .
          platforms: linux/amd64,linux/arm64
          push: true
          tags: \${{ steps.manifest.outputs.image }}
          build-args: MANIFEST=\${{ steps.manifest.outputs.text }}
`

const target = resolve(folder)
for (const path of ["docs", ".github/workflows"]) mkdirSync(join(target, path), { recursive: true })
const write = (path, text) => writeFileSync(join(target, path), text)
write("gladys-assistant-integration.json", `${JSON.stringify(manifest, null, 2)}\n`)
write("README.md", readme)
write(".github/workflows/release.yml", workflow)
for (const path of ["cover.png", "Dockerfile", "package.json", "docs/en.md", "docs/fr.md"])
  copyFileSync(join(here, path), join(target, path))
copyFileSync(join(here, "../../LICENSE"), join(target, "LICENSE"))
cpSync(dist, join(target, "dist"), { recursive: true })
console.log(
  `${target} holds the repository ${owner}/${name}, version ${base.version}, for Gladys ${manifest.gladys_version}`,
)
