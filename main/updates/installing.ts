import { rm } from 'node:fs/promises';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Logger } from '../ports.ts';
import type { Bringing } from './bringing.ts';
import { type FindParts, judgeKept } from './find-release.ts';
import type { Installer, Prepared } from './installer.ts';
import type { Offer } from './judge.ts';
import { MOST_TRIES, type Occasion } from './may-install.ts';
import { notNow, type Standing } from './standing.ts';

export interface InstallingParts extends FindParts {
  readonly standing: Standing;
  readonly bringing: Bringing;
  readonly folder: string;
  readonly logger: Logger;
  readonly installer: Installer;
  /** What must have succeeded before the data is backed up and the program replaced: the new one is rehearsed. */
  readonly beforeInstall: (offer: Offer, path: string) => Promise<Result<unknown>>;
  /** Closes the till in order, does it, and starts the program anew unless the system does. */
  readonly replace: (commit: Prepared['commit']) => Promise<Result<unknown>>;
}

/** The version itself is to blame, and not this computer. */
const REFUSED = 'update-rehearsal-failed';

export interface Installing {
  /** Puts in place what is ready, if it may be. Errors: update-none, update-not-now, those of `judge` and the installer. */
  install(kind: Occasion['kind']): Promise<Result<unknown>>;
  /** Looks whether what was put in place is what runs now. */
  cameUp(): Promise<void>;
}

/** What nobody has foreseen is an answer too: the till still opens, or another program is started in its place. */
const orBrokeOff =
  (logger: Logger) =>
  (thrown: unknown): Result<never> => {
    logger.error('update.broke-off', { error: String(thrown) });
    return err(appError('update-failed'));
  };

export function createInstalling(parts: InstallingParts): Installing {
  const { standing, bringing, kept, installed, installer, logger } = parts;
  const brokeOff = orBrokeOff(logger);

  /** Its signature, its days and this till's floor once more: what was good when it was brought may not be now. */
  const stillOffered = (): Result<Offer> => {
    const verdict = judgeKept(parts, kept.now());
    if (!verdict.ok) return verdict;
    return verdict.value.kind === 'offer'
      ? { ok: true, value: verdict.value.offer }
      : err(appError('update-none'));
  };

  const why = (kind: Occasion['kind']): AppError | null => {
    const blockers = standing.blockers(kind);
    return blockers.length === 0 ? null : notNow(blockers);
  };

  const rehearseAndBackUp = async (offer: Offer, path: string): Promise<Result<unknown>> => {
    const rehearsed = await parts.beforeInstall(offer, path);
    if (rehearsed.ok) return (await standing.attached()?.backUp()) ?? ok({});
    // As good as tried: from now on it is a manager's to try again.
    if (rehearsed.error.code === REFUSED) {
      await kept.change({ installing: { version: offer.version, tries: MOST_TRIES }, failure: REFUSED });
    }
    return rehearsed;
  };

  const put = async (kind: Occasion['kind'], offer: Offer): Promise<Result<unknown>> => {
    const path = bringing.pathOf(offer);
    const prepared = await installer.prepare(path, offer.file);
    if (!prepared.ok) {
      // It is fetched anew.
      if (prepared.error.code === 'update-file-changed') await rm(path, { force: true });
      return prepared;
    }
    const before = await rehearseAndBackUp(offer, path).catch(brokeOff);
    // All of this took its time: somebody may have begun something meanwhile.
    const late = before.ok ? why(kind) : before.error;
    if (late !== null) {
      await prepared.value.discard();
      return err(late);
    }
    const tries = standing.triedInVain() + 1;
    await kept.change({ installing: { version: offer.version, tries }, failure: null });
    logger.info('update.installing', { from: installed.version, to: offer.version, occasion: kind });
    return parts.replace(async () => {
      const done = await prepared.value.commit().catch(brokeOff);
      // This program has closed its till by now: the next one says why.
      if (!done.ok) await kept.change({ failure: done.error.code });
      return done;
    });
  };

  return {
    install: async (kind) => {
      standing.look();
      if (standing.now().state !== 'ready') return err(appError('update-none'));
      const early = why(kind) ?? (await bringing.confirm());
      if (early !== null) return err(early);
      const offered = stillOffered();
      if (!offered.ok) {
        standing.show({ state: 'idle', offer: null });
        return offered;
      }
      standing.show({ state: 'installing' });
      const replaced = await put(kind, offered.value).catch(brokeOff);
      if (replaced.ok) return replaced;
      const isGone = replaced.error.code === 'update-file-changed';
      standing.show(isGone ? { state: 'idle', offer: null } : { state: 'ready' });
      return replaced;
    },
    cameUp: async () => {
      const { installing, failure } = kept.now();
      if (installing === null) return;
      if (installing.version === installed.version) {
        logger.info('update.installed', { version: installed.version });
        await kept.change({ installing: null });
        // What another program holds, as a virus scanner does, the next download takes away.
        await rm(parts.folder, { recursive: true, force: true }).catch(() => undefined);
        return;
      }
      const { version } = installing;
      if (failure !== null || installing.tries > 1)
        standing.fail(appError(failure ?? 'update-failed', { version }));
      if (failure !== REFUSED) await kept.change({ failure: null });
    },
  };
}
