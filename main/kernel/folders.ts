import { join } from 'node:path';

/** Where the parts of a data folder lie. */
export const liveFolder = (folder: string): string => join(folder, 'live');
export const practiceFolder = (folder: string): string => join(folder, 'practice');
export const backupFolder = (folder: string): string => join(folder, 'backups');
export const databaseFile = (folder: string): string => join(folder, 'counterfoil.db');
/** Copies of other tills' Z reports, in a till's folder. */
export const zReportsFolder = (folder: string): string => join(folder, 'z-reports');
