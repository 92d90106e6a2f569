export { backUpClosed } from './backups/back-up-closed.ts';
export { backupFailure } from './backups/backup-failure.ts';
export { diskState, freeBytes, hasRoomFor } from './backups/disk-space.ts';
export { createRestoreRoom, type RestoreRoomParts } from './backups/restore-room.ts';
export { secondPlaceSeen } from './backups/second-place-seen.ts';
export { backupsOf, sizeOf } from './backups/take-backup.ts';
export { checkHere } from './integrity/integrity.ts';
export { checkFile, checkPages } from './integrity/integrity-repository.ts';
export { isSuspect } from './integrity/integrity-watch-service.ts';
export { type Answer, createWorkerIntegrity, type Question } from './integrity/worker-integrity.ts';
export type { Machine } from './machine/marks.ts';
export { createMachine } from './machine/read-machine.ts';
export {
  createMachineWatch,
  type MachineParts,
  type MachineWatch,
  machineIn,
  noMachine,
} from './machine-watch.ts';
export { forgetRestored, keepRestored, RESTORED_FILE, type Restoration, readRestored } from './restored.ts';
export { forgetComeBack, hasComeBack, retiredSince } from './retired.ts';
export { type BackupWorld, createSafety, type Safety, type SafetyNeeds } from './slice.ts';
