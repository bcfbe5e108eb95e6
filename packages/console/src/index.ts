export { consolePart } from "./consolePart.ts"
export { hasPassword, newPassword } from "./server/Password.ts"
export { ticketLink } from "./server/Ticket.ts"
