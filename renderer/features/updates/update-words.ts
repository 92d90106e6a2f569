import type { UpdateStatus } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

/** What the strip says of updates; null where there is nothing to say. */
export function stripPhrase({ state, version, problem }: UpdateStatus): Phrase | null {
  if (state === 'installing' || state === 'ready' || state === 'offered')
    return { key: `updates.${state}`, values: { version: version ?? '' } };
  return problem === null ? null : { key: 'updates.refused' };
}

/** Where it stands, for the menu. */
export function standPhrase({ state, version, percent, program }: UpdateStatus): Phrase {
  if (state === 'downloading')
    return { key: 'updates.downloading', values: { version: version ?? '', percent } };
  if (state === 'installing') return { key: 'updates.installing', values: { version: version ?? '' } };
  return { key: 'updates.runs', values: { program } };
}
