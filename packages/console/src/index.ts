export * as Console from "./server/Console.ts"
export { hostConsole } from "./server/hostConsole.ts"
export type { ConsoleOptions } from "./server/ConsoleOptions.ts"
export { firstPassword } from "./server/Password.ts"
