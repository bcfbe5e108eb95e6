/** matter.js reads its settings once, while it is loaded: they have to stand before. So do the final models. */
export const loadMatter = async () => {
  await import("./matterDefaults.ts")
  await import("./finalModels.ts")
  return import("./runMatter.ts")
}
