// Homebridge's settings dialog starts this file; the page's server is built from src/settings-page.
import "../dist/settings-page/server.js"
