import { writeFileSync } from 'node:fs';
import { shimFile } from './build.ts';
import type { Watch } from './nursery.ts';
import { CONTROL_BYTES, hitsOf, type Steering, steer } from './steering.ts';

export {
  anyFile,
  database,
  headSlot,
  killAfter,
  killBefore,
  killTorn,
  log,
  onCut,
  onRename,
  onSync,
  onWrite,
} from './steering.ts';

/** A control file that a child reads as it goes: what is set holds from its next file operation on. */
export interface Control {
  /** For a process that is started. */
  readonly env: Readonly<Record<string, string>>;
  /** For one that is forked. */
  readonly watch: Watch;
  set(change: Partial<Steering>): void;
  /** How often it has acted since it was made. */
  hits(): number;
}

export function createControl(file: string, watchedFolder: string): Control {
  writeFileSync(file, Buffer.alloc(CONTROL_BYTES));
  return {
    watch: { folder: watchedFolder, control: file },
    env: { LD_PRELOAD: shimFile, SHIM_DIR: watchedFolder, SHIM_CONTROL: file },
    set: (change) => steer(file, change),
    hits: () => hitsOf(file),
  };
}
