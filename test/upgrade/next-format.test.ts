import { hash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../main/kernel/database/open.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { realRandom } from '../kit/practice-store.ts';
import { asSeen } from '../kit/till.ts';
import { goesOn } from './as-running.ts';
import { copyOfFormat, type KeptFolder } from './folders.ts';
import { makeNextProgram } from './next-program.ts';
import { type Program, programIn, today } from './program.ts';
import { keys, members, openShop } from './shop.ts';
import { openTill, settle, verify } from './till.ts';

// The joint is proven before a feature needs it: the program of tomorrow on a till of today.

interface Prints {
  createPrints(db: Db, journal: unknown): (entry: number, copies: number) => void;
}
type Journal = typeof import('../../main/ledger/journal/journal-repository.ts');

let next: Program;

beforeAll(async () => {
  next = await programIn(makeNextProgram());
});

const fileOf = ({ data }: KeptFolder) => next.databaseFile(next.liveFolder(data));
const read = (kept: KeptFolder, sql: string) => {
  const db = new Database(fileOf(kept), { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
};

/** Every byte and every time of the files of a folder; the index of the log is made of the log. */
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !file.name.endsWith('-shm'))
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => statSync(path).size > 0)
    .sort()
    .map((path) => [path, statSync(path).mtimeMs, hash('sha256', readFileSync(path))]);

it('the next program goes on with a till of format 1', async () => {
  await goesOn(next, copyOfFormat('format-1'));
});

/** A till of the next format with one row of everything that is new; as a killed process leaves it where it is not closed. */
async function upgraded({ isClosed = true } = {}): Promise<KeptFolder> {
  const kept = copyOfFormat('format-1');
  const shop = openShop(kept.ledger, kept.atMs + 60_000);
  const till = await openTill(next, kept.data, shop);
  const { session } = till;
  const [member] = members.slice(-1);
  const saved = session.counter.topUps.create(
    {
      ...{ requestId: realRandom.uuid(), ...asSeen(session, member?.customerUid ?? '') },
      ...{ balanceIncrement: amount('7'), pointIncrement: amount('0'), note: '' },
    },
    atTheTill,
  );
  expect(saved.ok).toBe(true);
  await settle();
  const copy = copyOfFormat('format-1');
  if (!isClosed) cpSync(kept.data, copy.data, { recursive: true, filter: (path) => !path.endsWith('-shm') });
  await session.close(0);
  return isClosed ? kept : copy;
}

it('what the next program writes stands beside what this one wrote', async () => {
  const kept = await upgraded();
  expect(
    read(kept, "SELECT version, COUNT(*) AS rows FROM journal WHERE event = 'added' GROUP BY 1"),
  ).toEqual([
    { version: 1, rows: 20 },
    { version: 4, rows: 1 },
  ]);
  expect(read(kept, 'SELECT deposit, COUNT(*) AS entries FROM increment GROUP BY 1 ORDER BY 1')).toEqual([
    { deposit: null, entries: 20 },
    { deposit: 70_000, entries: 1 },
  ]);
  expect(verify(next, kept.data, openShop(kept.ledger, kept.atMs + 60_000))).toMatchObject({ problems: [] });
});

it('a view of a new kind of event is made of the journal, and made anew as it was', async () => {
  const kept = await upgraded();
  const shop = openShop(kept.ledger, kept.atMs + 60_000);
  const { createPrints } = await next.load<Prints>('createPrints');
  const { createJournalRepository } = await next.load<Journal>('createJournalRepository');
  const opened = next.openDatabase(fileOf(kept), next.journalViews);
  if (!opened.ok) throw new Error(opened.error.code);
  const print = createPrints(
    opened.value,
    createJournalRepository(opened.value, keys.journalKey, shop.clock),
  );
  print(4, 1);
  print(4, 2);
  const printed = opened.value.prepare('SELECT entry, copies FROM print ORDER BY number');
  expect(printed.all()).toEqual([4, 4].map((entry, at) => ({ entry, copies: at + 1 })));
  opened.value.exec("DELETE FROM print; DELETE FROM journal_view WHERE name = 'prints'");
  opened.value.close();
  const till = await openTill(next, kept.data, shop);
  expect(till.session.journalProblem).toBeNull();
  await till.session.close(0);
  expect(read(kept, 'SELECT entry, copies FROM print ORDER BY number')).toHaveLength(2);
  expect(verify(next, kept.data, shop)).toMatchObject({ problems: [] });
});

describe('a sealed table with a new column', () => {
  const opensAfter = async (change: string) => {
    const kept = copyOfFormat('format-1');
    const db = new Database(fileOf(kept));
    db.exec(change);
    db.close();
    const till = await openTill(next, kept.data, openShop(kept.ledger, kept.atMs + 60_000));
    const { pauses } = till.session.hosts.link.state;
    await till.session.close(0);
    const words = pauses.filter(({ reason }) => reason === 'manager').map(({ words }) => words);
    return { words, seal: read(kept, "SELECT version FROM seal WHERE name = 'member'") };
  };

  it('is sealed with it, once it was seen to be as the program before had left it', async () => {
    expect(await opensAfter('')).toEqual({ words: [], seal: [{ version: 2 }] });
  });

  it('is told as altered where somebody altered it before the upgrade', async () => {
    const altered =
      "UPDATE member SET balance = '999' WHERE customer_uid = (SELECT MIN(customer_uid) FROM member)";
    expect((await opensAfter(altered)).words).toEqual(['altered: member']);
  });
});

it.each([
  ['closed', true],
  ['killed', false],
])(
  'this program refuses by its name what the next one has left %s, and touches not one byte',
  async (_, isClosed) => {
    const kept = await upgraded({ isClosed });
    const shop = openShop(kept.ledger, kept.atMs + 120_000);
    const before = filesOf(kept.data);
    await expect(openTill(await today(), kept.data, shop)).rejects.toThrow('database-newer');
    expect(verify(await today(), kept.data, shop)).toMatchObject({
      ok: false,
      error: { code: 'database-newer', details: { found: '9', known: '8' } },
    });
    expect(filesOf(kept.data)).toEqual(before);
    await (await openTill(next, kept.data, shop)).session.close(0);
    expect(verify(next, kept.data, shop)).toMatchObject({ problems: [] });
  },
);
