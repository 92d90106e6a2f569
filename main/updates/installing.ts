import { rm } from 'node:fs/promises';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Logger } from '../kernel/ports.ts';
import type { Offer } from './evaluate-release.ts';
import { evaluateStored, type FindParts } from './find-release.ts';
import type { Installer, Prepared } from './installer.ts';
import { MOST_TRIES, type Occasion } from './may-install.ts';
import type { StoredState } from './stored-state.ts';
import { isRefusal } from './trial/answer.ts';
import type { UpdateDownload } from './update-download.ts';
import { notNow, type UpdateState } from './update-state.ts';

export interface InstallingParts extends FindParts {
  readonly updateState: UpdateState;
  readonly updateDownload: UpdateDownload;
  readonly folder: string;
  readonly logger: Logger;
  readonly installer: Installer;
  /** Rehearses the new version; only then the data is backed up and the program replaced. */
  readonly beforeInstall: (offer: Offer, prepared: Prepared) => Promise<Result<unknown>>;
  /** Closes the till, commits, and restarts the program unless the system does. */
  readonly replace: (next: Next) => Promise<Replaced>;
  readonly ending: AbortSignal;
  /** A cut-off update found at this start; null where there was none. */
  readonly found: AppError | null;
}

export interface Next {
  readonly version: string;
  readonly prepared: Prepared;
  readonly commit: Prepared['commit'];
  /** Aborted when the program or the system ends. */
  readonly ending: AbortSignal;
}

export interface Replaced {
  readonly result: Result<unknown>;
  /** This program continues with its till. */
  readonly goesOn: boolean;
}

export interface Installing {
  /** Puts in place what is ready, if allowed. Errors: update-none, update-not-now, those of `judge` and the installer. */
  install(kind: Occasion['kind']): Promise<Result<unknown>>;
  /** Checks whether what was put in place is what runs now. */
  cameUp(): Promise<void>;
}

/** An unforeseen error is a result too: the till must open again. */
const orBrokeOff =
  (logger: Logger) =>
  (thrown: unknown): Result<never> => {
    logger.error('update.broke-off', { error: String(thrown) });
    return err(appError('update-failed'));
  };

export function createInstalling(parts: InstallingParts): Installing {
  const { updateState, updateDownload, stored, installed, installer, logger, ending } = parts;
  const brokeOff = orBrokeOff(logger);

  /** The list is judged again: what was valid when it was downloaded may not be now. */
  const stillOffered = (): Result<Offer> => {
    const verdict = evaluateStored(parts, stored.now());
    if (!verdict.ok) return verdict;
    return verdict.value.kind === 'offer'
      ? { ok: true, value: verdict.value.offer }
      : err(appError('update-none'));
  };

  const why = (kind: Occasion['kind']): AppError | null => {
    const blockers = updateState.blockers(kind);
    return blockers.length === 0 ? null : notNow(blockers);
  };

  const rehearseAndBackUp = async (offer: Offer, prepared: Prepared): Promise<Result<unknown>> => {
    const rehearsed = await parts.beforeInstall(offer, prepared);
    if (rehearsed.ok) return (await updateState.attached()?.backUp()) ?? ok({});
    // Counts as tried: only a manager may try again.
    if (isRefusal(rehearsed.error.code)) await refuse(offer, rehearsed.error);
    return rehearsed;
  };

  const refuse = ({ version }: Offer, { code }: AppError) =>
    stored.change({ installing: { version, tries: MOST_TRIES }, failure: code });

  /** This program continues: its knowledge of the version is restored, unless the version is to blame. */
  const wentOn = async (kind: Occasion['kind'], offer: Offer, error: AppError, before: StoredState) => {
    if (isRefusal(error.code)) await refuse(offer, error);
    else await stored.change({ installing: before.installing, failure: before.failure });
    // A manager who pressed has seen another screen meanwhile.
    if (kind === 'manager') updateState.fail(error);
  };

  const put = async (kind: Occasion['kind'], offer: Offer): Promise<Result<unknown>> => {
    const path = updateDownload.pathOf(offer);
    const prepared = await installer.prepare(path, offer.file);
    if (!prepared.ok) {
      // Downloaded again.
      if (prepared.error.code === 'update-file-changed') await rm(path, { force: true });
      return prepared;
    }
    const before = await rehearseAndBackUp(offer, prepared.value).catch(brokeOff);
    // Somebody may have begun something meanwhile.
    const late = before.ok ? why(kind) : before.error;
    if (late !== null) {
      await prepared.value.discard();
      return err(late);
    }
    const { version } = offer;
    const knew = stored.now();
    await stored.change({ installing: { version, tries: updateState.triedInVain() + 1 }, failure: null });
    logger.info('update.installing', { from: installed.version, to: version, occasion: kind });
    const commit = async () => {
      const done = await prepared.value.commit().catch(brokeOff);
      // This till is closed by now: the next program shows why.
      if (!done.ok) await stored.change({ failure: done.error.code });
      return done;
    };
    const { result, goesOn } = await parts.replace({ version, prepared: prepared.value, commit, ending });
    if (!result.ok && goesOn) {
      await prepared.value.discard();
      await wentOn(kind, offer, result.error, knew);
    }
    return result;
  };

  return {
    install: async (kind) => {
      updateState.look();
      if (updateState.now().state !== 'ready') return err(appError('update-none'));
      const early = why(kind) ?? (await updateDownload.confirm());
      if (early !== null) return err(early);
      const offered = stillOffered();
      if (!offered.ok) {
        updateState.show({ state: 'idle', offer: null });
        return offered;
      }
      updateState.show({ state: 'installing' });
      const replaced = await put(kind, offered.value).catch(brokeOff);
      if (replaced.ok) return replaced;
      const isGone = replaced.error.code === 'update-file-changed';
      updateState.show(isGone ? { state: 'idle', offer: null } : { state: 'ready' });
      return replaced;
    },
    cameUp: async () => {
      const { installing, failure } = stored.now();
      if (parts.found !== null) updateState.fail(parts.found);
      if (installing === null) return;
      if (installing.version === installed.version) {
        logger.info('update.installed', { version: installed.version });
        await stored.change({ installing: null });
        // A file that a virus scanner holds is removed by the next download.
        await rm(parts.folder, { recursive: true, force: true }).catch(() => undefined);
        return;
      }
      const { version } = installing;
      if (parts.found === null && (failure !== null || installing.tries > 1))
        updateState.fail(appError(failure ?? 'update-failed', { version }));
      if (!isRefusal(failure)) await stored.change({ failure: null });
    },
  };
}
