// The direction of the tree, kept by a tool: wire → model → store → device → an app. See docs/architecture.md.

const core = "^packages/core/src"
const tests = "\\.test\\.ts$|/test/"

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A measure falls one way.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "core-knows-no-app",
      severity: "error",
      from: { path: core },
      to: { path: "^(apps|packages/(cli|console))/" },
    },
    {
      name: "simulator-is-a-second-witness",
      comment: "It is written from Withings' document, so that core can be tested against it.",
      severity: "error",
      from: { path: "^packages/simulator/" },
      to: { path: "^(apps|packages/(core|cli|console))/" },
    },
    {
      name: "apps-are-islands",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/", pathNot: "^apps/$1/" },
    },
    {
      name: "only-the-index-of-core",
      comment: "A bench may reach deeper: it measures one step of the way at a time.",
      severity: "error",
      from: { path: "^(apps|packages/(cli|console))/" },
      to: { path: core, pathNot: "^packages/core/src/(hub/)?index\\.ts$" },
    },
    {
      name: "the-wire-stays-in-withings",
      severity: "error",
      from: { pathNot: `^packages/(core/src/withings|simulator)/|^bench/|${tests}` },
      to: { path: `${core}/withings/(wire/|decode/(meastype|attrib)|client/status)` },
    },
    {
      name: "the-vocabulary-is-pure",
      comment: "A brand is a type and the identity function.",
      severity: "error",
      from: { path: `${core}/(measure|device)/|/src/to[A-Z][A-Za-z]*\\.ts$`, pathNot: tests },
      to: {
        path: "^(node:|effect$|@effect/)|node_modules/(effect|@effect)/",
        pathNot: "/effect/dist/(esm|dts)/Brand\\.",
      },
    },
    {
      name: "nothing-reaches-back-up",
      severity: "error",
      from: { path: `${core}/(measure)/`, pathNot: tests },
      to: { path: `${core}/(withings|store|sync|device)/` },
    },
    {
      name: "mapping-knows-no-store",
      severity: "error",
      from: { path: `${core}/device/`, pathNot: tests },
      to: { path: `${core}/(withings|store|sync)/` },
    },
    {
      name: "a-home-loads-no-hub",
      comment:
        "Only who follows a hub loads what that needs, and by a dynamic import. Runners load the rest.",
      severity: "error",
      from: { path: "^(apps|packages)/[^/]+/src/", pathNot: `^apps/hub/|${core}/hub/` },
      to: {
        path: `${core}/hub/|^apps/hub/|@effect/(rpc|cluster)/`,
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "source-needs-no-test",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src/", pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["@withings-bridge/source", "import", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
}
