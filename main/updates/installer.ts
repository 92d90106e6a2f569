import type { Result } from '../../preload/contract/index.ts';
import type { ReleaseFile } from './release-list.ts';

/** A new program ready beside the running one. */
export interface Prepared {
  /** Where it can be run before it is in place; absent where it cannot. */
  readonly program?: string;
  /**
   * Puts it in place, once the till is closed; whatever happens, one whole program is left. `start-again`:
   * the caller restarts it; `starts-by-itself`: the system's installer does.
   */
  commit(): Promise<Result<'start-again' | 'starts-by-itself'>>;
  discard(): Promise<void>;
}

/** Replaces the program, by the way it was installed. */
export interface Installer {
  /** Then only a manager's press installs. */
  readonly asksForAdministrator: boolean;
  /**
   * Does all slow work and changes nothing. Verifies the file again, for it may have been altered since the
   * download. Errors: update-file-changed, update-program-read-only, update-disk-full, update-folder;
   * Windows' also update-failed, update-not-now, update-none.
   */
  prepare(path: string, file: ReleaseFile): Promise<Result<Prepared>>;
}
