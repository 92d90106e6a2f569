import { join } from 'node:path';
import { type AppError, appError } from '../../preload/contract/index.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { download } from './download.ts';
import type { Offer, Verdict } from './evaluate-release.ts';
import { isWhatWasSigned } from './file-hash.ts';
import { evaluateStored, type FindParts, findRelease } from './find-release.ts';
import { quietCodes, type UpdateState } from './update-state.ts';

export interface UpdateDownloadParts extends FindParts {
  readonly updateState: UpdateState;
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly freeBytes: (folder: string) => Promise<number | null>;
  readonly ending: AbortSignal;
}

/** Downloads a version from the feed into the folder. */
export interface UpdateDownload {
  pathOf(offer: Offer): string;
  /** Checks the feed and downloads what it offers; null where nothing went wrong. */
  downloadNewest(): Promise<AppError | null>;
  /** Adopts a file of an earlier run, if its list still offers it and it is what was signed. */
  resume(): Promise<void>;
  /**
   * Whether the publisher halted it meanwhile. Null where it is still offered, or the feed did not answer at
   * once: then its last word holds.
   */
  confirm(): Promise<AppError | null>;
}

/** Until a manager's setting is known. */
const BYTES_PER_SECOND = 256 * 1_024;

/** Waiting for the feed's last word. */
const TIMEOUT_MS = 3_000;

export function createUpdateDownload(parts: UpdateDownloadParts): UpdateDownload {
  const { updateState, clock, logger, stored, ending } = parts;
  const pathOf = ({ file }: Offer) => join(parts.folder, file.name);
  const nothing = () => updateState.show({ state: 'idle', offer: null });

  const fetchFile = async (offer: Offer): Promise<AppError | null> => {
    updateState.show({ state: 'downloading', offer, received: 0 });
    logger.info('update.downloading', { version: offer.version, bytes: offer.file.size });
    const brought = await download(
      {
        ...parts,
        bytesPerSecond: () => updateState.attached()?.bytesPerSecond() ?? BYTES_PER_SECOND,
        onProgress: (received) => updateState.show({ received }),
        signal: ending,
      },
      offer.file,
    );
    if (!brought.ok) {
      nothing();
      return brought.error;
    }
    logger.info('update.ready', { version: offer.version });
    updateState.show({ state: 'ready', problem: null });
    return null;
  };

  /** What a manager asked for once is completed over any number of starts. */
  const mayFetch = async (offer: Offer): Promise<boolean> => {
    const { onPress, asked } = stored.now();
    return !onPress || asked === offer.version || (await isWhatWasSigned(pathOf(offer), offer.file));
  };

  const follow = async (verdict: Verdict): Promise<AppError | null> => {
    if (verdict.kind === 'offer') {
      if (await mayFetch(verdict.offer)) return fetchFile(verdict.offer);
      logger.info('update.offered', { version: verdict.offer.version });
      updateState.show({ state: 'offered', offer: verdict.offer, problem: null });
      return null;
    }
    logger.info('update.none', { verdict: verdict.kind });
    nothing();
    updateState.show({ problem: null });
    return null;
  };

  return {
    pathOf,
    downloadNewest: async () => {
      const found = await findRelease(parts, ending);
      // A refused list changes nothing: what is ready stays what its own list says.
      const failure = found.ok ? await follow(found.value) : found.error;
      if (failure !== null) updateState.fail(failure);
      return failure;
    },
    resume: async () => {
      const verdict = evaluateStored(parts, stored.now());
      if (!verdict.ok || verdict.value.kind !== 'offer') return nothing();
      const { offer } = verdict.value;
      if (await isWhatWasSigned(pathOf(offer), offer.file)) updateState.show({ state: 'ready', offer });
      else nothing();
    },
    confirm: async () => {
      const timeout = new AbortController();
      const forget = clock.schedule(TIMEOUT_MS, () => timeout.abort());
      const found = await findRelease(parts, timeout.signal).finally(forget);
      if (!found.ok) return quietCodes.includes(found.error.code) ? null : found.error;
      const { value } = found;
      if (value.kind === 'offer' && value.offer.file.sha512 === updateState.now().offer?.file.sha512)
        return null;
      nothing();
      return appError('update-none');
    },
  };
}
