// Bundles take node:http from here: a module that imports it reads all of its exports, and for one of them, WebSocket,
// Node loads its whole fetch. Nothing here uses it: 14 MB and 55 ms of every start.
module.exports = process.getBuiltinModule("node:http")
