// Bundles load node:http from here. An import would read all of its exports, and for WebSocket Node loads all of fetch,
// which nothing here uses: 14 MB and 55 ms of every start.
module.exports = process.getBuiltinModule("node:http")
