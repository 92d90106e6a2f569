import type { ElectronApplication } from 'playwright-core';
import type { ChannelName } from '../../../../preload/contract/index.ts';
import { type Canary, occurrences } from '../../../security/support/forms.ts';
import { filesIn } from '../../../support/electron-app.ts';

/** Where a file lies, by what it is; the first that fits. */
const places: readonly (readonly [place: string, path: RegExp])[] = [
  ['the log', /^data\/logs\//],
  ['the database', /^data\/live\/counterfoil\.db/],
  ['a backup', /^data\/backups\/.*\.cfbackup/],
  ['the vault', /\/vault\.json$/],
  ['the heads', /\/head-[ab]\.json$/],
  ['a move', /-move\.cfsealed$/],
  ['the open entries', /open-entries\.cfsealed$/],
  ['a sealed backup', /\.cfsealed$/],
  ['a report', /\/(report|command)\.txt$/],
  ['an export', /\/all\.csv$/],
  ['the temporary folder', /^temporary\//],
  ['the stick', /^stick\//],
  ['elsewhere', /^/],
];

/** ADR 32: they hold what a till sends and whom it knows, so they stay on the computer or are sealed. */
const holdRecords = ['the database', 'a backup'];
const ofRecords = ['a signature', 'a body', 'a phone'];

const isDump = (path: string, bytes: Buffer): boolean =>
  /\.dmp$|\/core(\.\d+)?$/.test(path) || ['MDMP', '\x7fELF'].includes(bytes.toString('latin1', 0, 4));

export interface Searched {
  /** What was found, as `kind in place`. */
  readonly found: readonly string[];
  readonly places: readonly string[];
}

/** Every file of these folders, by the names that they are given here. */
export function searchFiles(
  folders: Readonly<Record<string, string>>,
  canaries: readonly Canary[],
): Searched {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const [name, folder] of Object.entries(folders)) {
    for (const { path, bytes } of filesIn(folder)) {
      const place = places.find(([, pattern]) => pattern.test(name + path.slice(folder.length)))?.[0] ?? '';
      const allowed = holdRecords.includes(place) ? ofRecords : [];
      seen.add(place);
      if (isDump(path, bytes)) found.push('a dump');
      const secrets = canaries.filter(({ kind }) => !allowed.includes(kind));
      found.push(...occurrences(bytes, secrets).map((what) => `${what} in ${place}`));
    }
  }
  return { found, places: [...seen] };
}

/** What people type crosses once, on its way to main, where the contract has a field for it. */
const asked: Readonly<Partial<Record<ChannelName, readonly string[]>>> = {
  'setup:connect': ['appKey', 'managerPin'],
  'entries:reverse': ['pin'],
  'backups:choosePlace': ['pin', 'passphrase'],
  'backups:standDown': ['pin'],
  'reports:pick': ['pin', 'id', 'digest'],
  'backups:move': ['pin', 'passphrase'],
};
/** It is made in main, and read by a person this once. */
const told: Readonly<Partial<Record<ChannelName, readonly string[]>>> = { 'setup:connect': ['recoveryCode'] };

interface Message {
  readonly asked?: { readonly channel: ChannelName; readonly args: Readonly<Record<string, unknown>> };
  readonly told: unknown;
}

const without = (value: unknown, fields: readonly string[] = []): string =>
  JSON.stringify(value ?? null, (name, of: unknown) => (fields.includes(name) ? undefined : of));

/** All that crossed between page and main since the program was started. */
export async function searchMessages(
  electron: ElectronApplication,
  canaries: readonly Canary[],
): Promise<readonly string[]> {
  const messages = await electron.evaluate(
    () => (globalThis as unknown as { keptMessages: Message[] }).keptMessages,
  );
  if (messages.length < 10) return ['no messages'];
  const search = (text: string, way: string) =>
    occurrences(Buffer.from(text), canaries).map((what) => `${what} ${way}`);
  const found = messages.flatMap((message) => {
    const channel = message.asked?.channel;
    return [
      ...search(without(message.asked, channel && asked[channel]), 'on its way to main'),
      ...search(without(message.told, channel && told[channel]), 'on its way to the page'),
    ];
  });
  return [...new Set(found)];
}
