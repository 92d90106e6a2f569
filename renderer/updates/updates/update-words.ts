import type { UpdateStatus } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

/** Null where there is nothing to say. */
export function stripPhrase({ state, version, problem }: UpdateStatus): Phrase | null {
  const ofVersion = { values: { version: version ?? '' } };
  if (state === 'installing') return { key: 'updates.installing', ...ofVersion };
  // Shown with a ready version too, for whoever has seen the till go and come back.
  if (problem !== null) return { key: 'updates.refused' };
  return state === 'ready' || state === 'offered' ? { key: `updates.${state}`, ...ofVersion } : null;
}

export function standPhrase({ state, version, percent, program }: UpdateStatus): Phrase {
  if (state === 'downloading')
    return { key: 'updates.downloading', values: { version: version ?? '', percent } };
  if (state === 'installing') return { key: 'updates.installing', values: { version: version ?? '' } };
  return { key: 'updates.runs', values: { program } };
}
