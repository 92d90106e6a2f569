import { cpus, loadavg, release, totalmem, type } from 'node:os';

const GIGABYTE = 2 ** 30;

/** What it was measured on. The load is of the last minute: above the number of cores, times say little. */
export interface MachineFacts {
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly load: number;
  readonly node: string;
  readonly at: string;
}

export const machineFacts = (): MachineFacts => ({
  system: `${type()} ${release()}`,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / GIGABYTE),
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  node: process.version,
  at: new Date().toISOString(),
});
