/** matter.js reads its settings once, while it is loaded: they have to stand before. */
export const loadMatter = async () => {
  await import("./matterDefaults.ts")
  return import("./runMatter.ts")
}
