import type { Result } from '../../preload/contract/index.ts';
import type { ReleaseFile } from './release-list.ts';

/** A new program that lies ready beside the old one, which still runs. */
export interface Prepared {
  /** Where it can be run from before it is in place; absent where it cannot. */
  readonly program?: string;
  /**
   * Puts it in place, once the till is closed. Whatever happens, one whole program is left. `start-again`: the program is
   * to be started anew; `starts-by-itself`: the system's installer does that.
   */
  commit(): Promise<Result<'start-again' | 'starts-by-itself'>>;
  /** Takes away what was made ready. */
  discard(): Promise<void>;
}

/** What replaces the program, by how it came onto this PC. */
export interface Installer {
  /** Then it is never done without somebody who has pressed for it. */
  readonly asksForAdministrator: boolean;
  /**
   * Does all that takes time and changes nothing. The file is held against what was signed once more: since it was
   * downloaded somebody may have changed it. Errors: update-file-changed, update-program-read-only, update-disk-full,
   * update-folder; of Windows' installer update-failed, update-not-now, update-none too.
   */
  prepare(path: string, file: ReleaseFile): Promise<Result<Prepared>>;
}
