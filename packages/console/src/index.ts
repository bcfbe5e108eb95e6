export * as Console from "./server/Console.ts"
export { firstPassword } from "./server/Password.ts"
