import { environmentOf, type ServiceOptions, xmlText } from "./ServiceFile.ts"

const quoted = (word: string) => `"${word}"`

/**
 * A task for Windows' Task Scheduler: starts when this user logs on and after a failure. `cmd` sets the environment,
 * which a task cannot.
 */
export const windowsTask = (service: ServiceOptions): string => {
  const variables = environmentOf(service).map(([name, value]) => `set "${name}=${value}"`)
  const command = [service.node, service.script, "run", ...service.options].map(quoted).join(" ")
  return `<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Withings Bridge</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
  </Settings>
  <Actions>
    <Exec>
      <Command>cmd.exe</Command>
      <Arguments>/d /s /c "${xmlText([...variables, command].join(" && "))}"</Arguments>
    </Exec>
  </Actions>
</Task>
`
}
