import { type AppError, appError } from '../../../preload/contract/index.ts';
import { type ComeBackParts, comeBack, notPutBack } from './come-back.ts';
import { dropNote, isPutBackBegun, readMark, removeAside } from './mark.ts';

export interface SettleParts extends ComeBackParts {
  /** Of this program. */
  readonly version: string;
}

export interface Settled {
  /** What is to be told of an update that did not come to its end; null where none was cut off. */
  readonly told: AppError | null;
  /** Why nothing may be opened; null where nothing stands against it. */
  readonly problem: AppError | null;
  /** The page has drawn the till: from now on nobody goes back to what was before this version. */
  readonly drawn: () => Promise<void>;
}

const settled = (told: AppError | null, problem: AppError | null = null): Settled => ({
  told,
  problem,
  drawn: async () => undefined,
});

/**
 * What a program finds at its start of a trial that was cut off, by a power cut or by being ended. Any but the version that
 * was tried puts the data back as it was. That one was put in place: it goes on with what it made of the data itself, unless
 * that is being put back already.
 * To be called with the data folder's lock, before anything of it is opened.
 */
export async function settleTrial(parts: SettleParts): Promise<Settled> {
  const { folder, version, logger } = parts;
  let mark: ReturnType<typeof readMark>;
  try {
    mark = readMark(folder);
  } catch (thrown) {
    return settled(null, notPutBack(parts, thrown));
  }
  if (mark === null) {
    // Of one that did not come so far as its mark.
    await removeAside(folder).catch(() => undefined);
    return settled(null);
  }
  const isOwn = mark !== 'unreadable' && mark.to === version;
  if (isOwn && !isPutBackBegun(folder)) {
    const notDone = (thrown: unknown) => logger.warn('trial.not-noted', { error: String(thrown) });
    await dropNote(folder, 'onlyTried').catch(notDone);
    return { ...settled(null), drawn: () => removeAside(folder).catch(notDone) };
  }
  const back = await comeBack(parts);
  if (back.kind === 'failed') return settled(null, back.problem);
  // It is this version that goes on now, with the data as the one of before had it.
  if (back.kind === 'put-back' && isOwn) return settled(null);
  const tried = mark === 'unreadable' ? {} : { version: mark.to };
  return settled(appError(back.kind === 'kept' ? 'update-data-kept' : 'update-cut-off', tried));
}
