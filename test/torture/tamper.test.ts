import { cpSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenedSession } from '../../main/app/open-session.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { addToTotals, sayFigures, tamperingsApart } from './support/figures.ts';
import {
  copyOf,
  hostOf,
  makeTemplate,
  openOn,
  type Template,
  verifierOf,
  verify,
} from './support/tampered-till.ts';
import { createAttacker, everyTampering } from './support/tampering.ts';

const PAGE_BYTES = 4_096;

let template: Template;

beforeAll(async () => {
  template = await makeTemplate();
});

afterAll(() => {
  for (const folder of [template.folder, template.older]) rmSync(folder, { recursive: true, force: true });
});

/** Nothing more will leave by itself: all is sent, or something holds the queue. */
const isIdle = ({ ledger: { outbox }, hosts: { link } }: OpenedSession): boolean => {
  // By the entries themselves: the kept counts tell of one too that somebody hid, until the audit has found it.
  const has = (state: string) => outbox.open().some((entry) => entry.state === state);
  return (
    !has('sending') && (!has('queued') || link.state.pauses.some(({ reason }) => reason !== 'unanswered'))
  );
};

interface Started {
  readonly noticedAtStart: boolean;
  readonly sent: readonly string[];
}

/** What becomes of a till with these files that is started with KYBIO there. The folder is gone afterwards. */
async function start(folder: string): Promise<Started> {
  const host = hostOf();
  try {
    const opened = await openOn(folder, host.connect);
    if (!('session' in opened)) return { noticedAtStart: true, sent: [] };
    const { session, until } = opened;
    session.start();
    const late = new Promise((_, reject) =>
      setTimeout(() => reject(new Error(`does not come to rest`)), 60_000).unref(),
    );
    await Promise.race([until(isIdle), late]);
    const noticedAtStart = session.journalProblem !== null;
    await session.close(0);
    return { noticedAtStart, sent: host.sent() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same, and what the command says of the files before that. */
async function becomes(folder: string) {
  const verified = verify(folder).ok;
  return { verified, ...(await start(folder)) };
}

function changed(change: (folder: string) => void): string {
  const folder = copyOf(template);
  change(folder);
  return folder;
}

it('the untouched till is vouched for and sends what it has promised', async () => {
  const found = await becomes(copyOf(template));
  expect(found).toMatchObject({ verified: true, noticedAtStart: false });
  expect([...found.sent].sort()).toEqual([...template.promised].sort());
});

it('every altered field, every deleted row and every swap is detected or without effect, and nothing altered is sent', async () => {
  const file = databaseFile(liveFolder(template.folder));
  const all = everyTampering(file).filter((_, at) => at % tamperingsApart === 0);
  const attacker = createAttacker(file);
  const isVerified = verifierOf(template);
  const promised = new Set(template.promised);
  const undetected: string[] = [];
  const sentAltered: string[] = [];
  let atStart = 0;
  let withoutEffect = 0;
  for (const { name, apply } of all) {
    try {
      const isSeen = !attacker.after(apply, isVerified);
      const { noticedAtStart, sent } = await start(copyOf(template, attacker.fileAfter(apply)));
      // A sum of nothing: what is shown and sent is as promised.
      const isWithoutEffect = /^tally /.test(name) && sent.length === promised.size;
      if (!isSeen && !isWithoutEffect) undetected.push(name);
      if (!isSeen && isWithoutEffect) withoutEffect += 1;
      if (noticedAtStart) atStart += 1;
      const isWrong = sent.some((line) => !promised.has(line)) || new Set(sent).size !== sent.length;
      if (isWrong) sentAltered.push(name);
    } catch (thrown) {
      undetected.push(`${name} (${String(thrown)})`);
    }
  }
  attacker.close();
  sayFigures(
    `tampering: ${all.length} edits, deletions and swaps, ${all.length - undetected.length - withoutEffect} detected (${atStart} of them before anything was sent), ${withoutEffect} without effect; ${sentAltered.length} altered increments sent`,
  );
  const problems = [...undetected, ...sentAltered].map((name) => `undetected: ${name}`);
  addToTotals({ tamperings: all.length, problems });
  expect(undetected).toEqual([]);
  expect(sentAltered).toEqual([]);
  // Most rows are looked at when the till starts; the others by the command, and by the audit that follows.
  expect(atStart).toBeGreaterThan(all.length / 2);
});

const headSlots = (folder: string) =>
  ['head-a.json', 'head-b.json'].map((name) => join(liveFolder(folder), name));
const removed = (paths: readonly string[]) => {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
};
const putBack = (folder: string, what: string) =>
  cpSync(join(template.older, what), join(folder, what), { recursive: true });
const database = join('live', 'counterfoil.db');
const copies = (folder: string) => join(folder, 'copy');

it.each<[string, (folder: string) => void]>([
  ['the database of an hour before', (folder) => putBack(folder, database)],
  [
    'the database and the head of an hour before',
    (folder) => {
      removed(headSlots(folder));
      putBack(folder, 'live');
    },
  ],
  [
    'the database of an hour before, and no head beside it',
    (folder) => {
      putBack(folder, database);
      removed(headSlots(folder));
    },
  ],
  [
    'the database of an hour before, and no head at all',
    (folder) => {
      putBack(folder, database);
      removed([...headSlots(folder), copies(folder)]);
    },
  ],
  ['no head beside the database', (folder) => removed(headSlots(folder))],
  ['no head at all', (folder) => removed([...headSlots(folder), copies(folder)])],
])('%s is detected, and nothing is sent', async (_name, change) => {
  const found = await becomes(changed(change));
  expect(found).toEqual({ verified: false, noticedAtStart: true, sent: [] });
});

it('a database that was cut off anywhere is detected, and nothing altered is sent', async () => {
  const file = databaseFile(liveFolder(template.folder));
  const { size } = statSync(file);
  const sizes = Array.from({ length: Math.ceil(size / PAGE_BYTES) }, (_, page) => page * PAGE_BYTES + 1);
  const undetected: number[] = [];
  for (const to of [...sizes, ...sizes.map((cut) => cut + PAGE_BYTES / 2), size - 1]) {
    if (to >= size) continue;
    const { verified, sent } = await becomes(
      changed((folder) => truncateSync(databaseFile(liveFolder(folder)), to)),
    );
    if (verified || sent.some((line) => !template.promised.includes(line))) undetected.push(to);
  }
  sayFigures(`truncation: ${2 * sizes.length} lengths, ${undetected.length} undetected`);
  addToTotals({ tamperings: 2 * sizes.length, problems: undetected.map((to) => `undetected: cut to ${to}`) });
  expect(undetected).toEqual([]);
});
