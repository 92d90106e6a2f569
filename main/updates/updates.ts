import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import {
  appError,
  err,
  ok,
  type PageUse,
  type Result,
  type UpdateStatus,
} from '../../preload/contract/index.ts';
import { every } from '../kernel/every.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { Clock, Random } from '../kernel/ports.ts';
import type { UpdateFeed } from './ask-feed.ts';
import type { Installed } from './evaluate-release.ts';
import { createInstalling, type InstallingParts } from './installing.ts';
import { openStoredState } from './stored-state.ts';
import { createUpdateDownload, type UpdateDownload } from './update-download.ts';
import { type AttachedTill, createUpdateState } from './update-state.ts';

export interface UpdatesParts
  extends Pick<InstallingParts, 'installer' | 'beforeInstall' | 'replace' | 'found' | 'logger'> {
  readonly installed: Installed;
  readonly keys: readonly KeyObject[];
  readonly feed: UpdateFeed;
  /** For updates alone. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly freeBytes: (folder: string) => Promise<number | null>;
  readonly onChange: () => void;
}

/** Finds, downloads and installs new versions. */
export interface Updates {
  status(): UpdateStatus;
  /** Call it when a till opens; the result is called when it closes. */
  attach(till: AttachedTill): () => void;
  page(use: PageUse): void;
  /** Checks now and downloads. Never throws; an error is in the status. */
  check(): Promise<void>;
  /** A manager allows the offered download; resolves when it begins. Error: update-none. */
  download(): Promise<Result<unknown>>;
  /** A manager installs now. Errors: update-none, update-not-now, those of the installer. */
  installNow(): Promise<Result<unknown>>;
  /** Before a till opens: true where the program is being replaced, and nothing may be opened. */
  installAtStart(): Promise<boolean>;
  /** Checks regularly from now on. */
  start(): void;
  /** At the end of the program or system: begins nothing any more. */
  stop(): void;
}

const FIRST_CHECK_MS = 60_000;
const CHECK_AGAIN_MS = 6 * 3_600_000;
/** After a failure. */
const RETRY_MS = 30 * 60_000;
const CHECK_EVERY_MS = 60_000;
/** After a failed unattended install: a read-only folder still is one a minute later. */
const BY_SELF_AGAIN_MS = 6 * 3_600_000;

/** With jitter, so that not all tills ask at once. */
function keepAsking(
  clock: Clock,
  random: Random,
  downloadNewest: () => ReturnType<UpdateDownload['downloadNewest']>,
): () => void {
  let forget = (): void => undefined;
  const again = (delayMs: number) => {
    forget = clock.schedule(delayMs * (0.8 + 0.4 * random.unit()), () => {
      void downloadNewest().then((failure) => again(failure === null ? CHECK_AGAIN_MS : RETRY_MS));
    });
  };
  again(FIRST_CHECK_MS);
  return () => forget();
}

export function createUpdates(parts: UpdatesParts): Updates {
  const { clock, random } = parts;
  const folder = join(parts.folder, 'files');
  const stored = openStoredState(parts);
  const ending = new AbortController();
  const updateState = createUpdateState({ ...parts, stored, isEnding: () => ending.signal.aborted });
  const working = { ...parts, folder, stored, updateState, ending: ending.signal, nowMs: clock.nowMs };
  const updateDownload = createUpdateDownload(working);
  const installing = createInstalling({ ...working, updateDownload });
  // One at a time: a file that is being installed is not downloaded again.
  const runExclusive = createMutex();
  let forgetters: (() => void)[] = [];

  const downloadNewest = () => runExclusive(updateDownload.downloadNewest);
  const isReady = () => updateState.now().state === 'ready';

  /** For when no till is open to be asked. */
  const noteTill = () => {
    const till = updateState.attached();
    if (till === null) return;
    const { checkUpOpen, countOpen } = till.now();
    const onPress = till.onPress();
    const known = stored.now();
    if (known.checkUpOpen === checkUpOpen && known.countOpen === countOpen && known.onPress === onPress)
      return;
    void stored.change({ checkUpOpen, countOpen, onPress });
  };
  let bySelfFromMs = Number.NEGATIVE_INFINITY;
  const mayBySelf = () =>
    isReady() && updateState.blockers('by-itself').length === 0 && clock.monotonicMs() >= bySelfFromMs;
  const installBySelf = async () => {
    if (!mayBySelf()) return;
    await runExclusive(async () => {
      // What ran before it may have failed.
      if (!mayBySelf()) return;
      const replaced = await installing.install('by-itself');
      if (replaced.ok) return;
      updateState.fail(replaced.error);
      // What a person has just begun ends soon.
      if (replaced.error.code !== 'update-not-now') bySelfFromMs = clock.monotonicMs() + BY_SELF_AGAIN_MS;
    });
  };

  return {
    status: updateState.status,
    page: updateState.page,
    attach: (till) => {
      updateState.attach(till);
      noteTill();
      return () => {
        if (updateState.attached() === till) updateState.attach(null);
      };
    },
    check: async () => {
      noteTill();
      await downloadNewest();
    },
    download: async () => {
      const { state, offer } = updateState.now();
      if (state !== 'offered' || offer === null) return err(appError('update-none'));
      await stored.change({ asked: offer.version });
      void downloadNewest();
      return ok({});
    },
    // A download may take hours: nobody waits for it.
    installNow: async () =>
      isReady() ? runExclusive(() => installing.install('manager')) : err(appError('update-none')),
    installAtStart: () =>
      runExclusive(async () => {
        await installing.cameUp();
        await updateDownload.resume();
        // After a cut-off update the till sells first.
        if (
          !isReady() ||
          parts.found !== null ||
          stored.now().checkUpOpen ||
          stored.now().countOpen ||
          updateState.blockers('start').length > 0
        )
          return false;
        const replaced = await installing.install('start');
        if (!replaced.ok) updateState.fail(replaced.error);
        return replaced.ok;
      }),
    start: () => {
      const look = () => {
        updateState.look();
        noteTill();
        void installBySelf();
      };
      forgetters = [keepAsking(clock, random, downloadNewest), every(clock, CHECK_EVERY_MS, look)];
    },
    stop: () => {
      for (const forget of forgetters) forget();
      forgetters = [];
      ending.abort();
    },
  };
}
