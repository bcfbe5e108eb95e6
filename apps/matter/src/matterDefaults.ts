import { config } from "@matter/nodejs/config"

// matter.js reads flags and traps signals unless told otherwise before it is loaded: see loadMatter.ts.
config.loadProcessArgv = false
config.loadConfigFile = false
config.trapProcessSignals = false
config.trapUnhandledErrors = false
config.setProcessExitCodeOnError = false
