export function snapshotFile(): string
export function takeSnapshot(flags: ReadonlyArray<string>): ReadonlyArray<string> | null
export function makeSnapshot(flags: ReadonlyArray<string>): Promise<void>
