import { config } from "@matter/nodejs/config"

// matter.js reads flags and traps signals unless told otherwise before it is loaded: import this file first.
config.loadProcessArgv = false
config.loadConfigFile = false
config.trapProcessSignals = false
config.trapUnhandledErrors = false
config.setProcessExitCodeOnError = false
