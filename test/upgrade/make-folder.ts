// Makes the data folder of a new format: node test/upgrade/make-folder.ts, by hand, once, on the day that a program
// with that format ships (test/upgrade/folders/README.md). One that is there is never made anew: shops have it.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Actor } from '../../main/kernel/actor.ts';
import { createSeals } from '../../main/kernel/database/seals.ts';
import { createDoubtRepository } from '../../main/sending/doubt-repository.ts';
import { createEvidenceRepository } from '../../main/sending/evidence-repository.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { realRandom } from '../kit/practice-store.ts';
import { asSeen } from '../kit/till.ts';
import { inDatabase, memoryFolder } from '../torture/support/till-folder.ts';
import { type Program, today } from './program.ts';
import { appId, keys, lineOf, members, openShop, type Shop, testMember } from './shop.ts';
import { openTill, type UpgradedTill } from './till.ts';

const theManager: Actor = { role: 'manager', person: '' };

const startMs = Date.parse('2026-01-15T05:26:23Z');

const config = {
  ...{ host: 'https://host-at-hand/kybio', appId, tillName: 'Counter 1', tillNumber: 1, tillCount: 1 },
  ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en' },
};

let next = 0;

/** A top-up of the next member, of a sum and a second of its own. */
function topUp({ session }: UpgradedTill, { clock }: Shop): string {
  clock.pass(1_000);
  const member = members[next % members.length];
  next += 1;
  const wanted = {
    ...{ requestId: realRandom.uuid(), ...asSeen(session, member?.customerUid ?? '') },
    ...{ balanceIncrement: amount(String(next * 10)), pointIncrement: amount('5') },
    note: 'at "the" counter 陈',
  };
  const saved = session.counter.topUps.create(wanted, atTheTill);
  if (!saved.ok) throw new Error(saved.error.code);
  session.sending.loop.wake();
  return saved.value.id;
}

const stateOf = ({ session }: UpgradedTill, id: string) => session.ledger.outbox.byId(id)?.state;
const untilIn = (till: UpgradedTill, id: string, state: string) =>
  till.drive(() => stateOf(till, id) === state);

function must<T extends { readonly ok: boolean }>(result: T): T {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}

/** As the pages of members are read, before anything is credited. */
function readMembers({ session }: UpgradedTill, { clock }: Shop): void {
  for (const member of members.slice(next)) {
    const known = { ...member, enable: 1, balance: amount(member.balance), point: amount(member.point) };
    session.members.directory.keep(known, clock.nowMs(), true);
  }
  const elsewhere = { customerUid: '231607639459999999', number: '8008019999', name: 'Goh Hui Min' };
  const rest = { categoryName: 'Silver', phone: '91239999', enable: 1, expiryDate: null };
  session.members.directory.keepFacts([{ member: { ...elsewhere, ...rest }, readAtMs: clock.nowMs() }]);
}

/** A till whose keychain was lost since: a chain that nobody can prove any more, and one that has taken it up. */
async function lostKey(program: Program, folder: string, shop: Shop): Promise<void> {
  const before = await openTill(program, folder, shop, keys.lostJournalKey);
  readMembers(before, shop);
  before.session.start();
  await untilIn(before, topUp(before, shop), 'confirmed');
  shop.setFate('offline');
  const cancelled = topUp(before, shop);
  must(before.session.counter.topUps.cancel(cancelled, atTheTill));
  topUp(before, shop);
  await before.session.close(0);
  const after = await openTill(program, folder, shop);
  after.session.start();
  after.session.records.resume(theManager);
  must(await after.session.managerPin.make('730194', theManager));
  const declared = { tillNumbersDeclared: true, repeatWithinMs: 0, callsPerDay: 100_000 };
  after.session.counter.policy.save({ ...after.session.counter.policy.current(), ...declared }, theManager);
  after.session.giveClosedInstallation('2026-12-31', theManager);
  shop.setFate('answered');
  await after.session.close(0);
}

/** A check-up that waits for its hour. */
async function checkUp(till: UpgradedTill): Promise<void> {
  must(await till.session.sending.checkUp.start(testMember.number, theManager));
  const {
    sending: { checkUp: of },
  } = till.session;
  await till.drive(() => of.shown().answers.some(({ question }) => question === 'same-bytes-after-a-minute'));
  if (of.shown().state !== 'waiting') throw new Error(`the check-up is ${of.shown().state}`);
}

/** An entry of each state, and each step that leads there. */
async function everyState(till: UpgradedTill, shop: Shop): Promise<{ reviewed: string; reversed: string }> {
  const { session } = till;
  const reversed = topUp(till, shop);
  await untilIn(till, reversed, 'confirmed');
  const reversal = session.counter.topUps.reverse(reversed, realRandom.uuid(), theManager);
  if (!reversal.ok) throw new Error(reversal.error.code);
  session.sending.loop.wake();
  await untilIn(till, reversal.value.id, 'confirmed');

  shop.setFate('refused');
  const [refused, seen] = [topUp(till, shop), topUp(till, shop)];
  await untilIn(till, refused, 'rejected');
  await untilIn(till, seen, 'rejected');
  must(session.ledger.acknowledge(seen, 'manager'));

  // Settled by what was read: one was applied, one was not and is sent again.
  shop.setFate((increment) => (['lost-after', 'lost-before'] as const)[increment - 1] ?? 'answered');
  for (const settled of [topUp(till, shop), topUp(till, shop)]) await untilIn(till, settled, 'confirmed');

  shop.setFate('offline');
  const [cancelled, reviewed, quarantined] = [topUp(till, shop), topUp(till, shop), topUp(till, shop)];
  must(session.counter.topUps.cancel(cancelled, atTheTill));
  for (const [id, cause] of [
    [reviewed, 'restored'],
    [quarantined, 'not-vouched-for'],
  ] as const) {
    const waits = session.ledger.outbox.byId(id);
    if (waits === null || !session.ledger.transitions.sendToReview(waits, cause))
      throw new Error('not in review');
  }
  const toCard = { requestId: realRandom.uuid(), was: null, tender: 'card', given: null, approvedBy: null };
  must(session.ledger.tenderChanges.change(reviewed, toCard, atTheTill));
  for (let waiting = 0; waiting < 8; waiting += 1) topUp(till, shop);
  const { signBody } = (await today()).signerOf('KEY-BEFORE');
  session.ledger.transitions.resign(signBody, () => true);
  return { reviewed, reversed };
}

function checkpoint(file: string): void {
  const beside = new Database(file);
  beside.pragma('wal_checkpoint(TRUNCATE)');
  beside.close();
}

async function make(folder: string, ledger: string) {
  const program = await today();
  const shop = openShop(ledger, startMs);
  const problem = program.configureLive(folder, config, keys.lostJournalKey);
  if (problem !== null) throw new Error(problem.code);
  await lostKey(program, folder, shop);
  const till = await openTill(program, folder, shop);
  till.session.start();
  await checkUp(till);
  // What was known before the key was lost counts no more.
  await till.drive(() => !till.session.members.forgottenSends.mayArrive());
  readMembers(till, shop);
  const { reviewed, reversed } = await everyState(till, shop);
  await till.session.close(0);
  inDatabase(program.databaseFile(program.liveFolder(folder)), (db) => {
    const seals = createSeals(db, keys.journalKey);
    createEvidenceRepository(db, seals).keep(reviewed, shop.clock.nowMs(), { verdict: 'none', readings: [] });
    const doubt = { entryId: reversed, kind: 'possible-double' as const };
    createDoubtRepository(db, realRandom, seals).open(doubt, reviewed, shop.clock.nowMs(), {
      believed: null,
    });
  });
  // A reply is lost, and the process dies while more increments are on their way, of which one has arrived.
  const dying = await openTill(program, folder, shop);
  const fates = ['answered', 'hangs-before', 'hangs-after', 'lost-after'] as const;
  shop.setFate((increment) => {
    // So that what lies in the log is small, and not nothing.
    if (increment === 2) checkpoint(program.databaseFile(program.liveFolder(folder)));
    return fates[increment - 1] ?? 'hangs-before';
  });
  dying.session.start();
  await dying.drive(() => shop.hanging() >= 2 && dying.session.ledger.outbox.counts().unknown === 1, 60_000);
  return { program, shop, till: dying };
}

const [, , version = ''] = process.argv;
const folders = join(import.meta.dirname, 'folders');
const target = join(folders, `format-${version}`);
if (!/^\d+$/.test(version)) throw new Error('which format? e.g. node test/upgrade/make-folder.ts 2');
if (existsSync(target)) throw new Error(`${target} is there: shops have that format as it is`);

const data = memoryFolder();
const ledger = join(data, 'ledger.jsonl');
const { shop, till } = await make(join(data, 'data'), ledger);
mkdirSync(target, { recursive: true });
cpSync(data, target, { recursive: true, filter: (path) => !path.endsWith('-shm') });
const entries = [...till.session.ledger.outbox.all()].map((entry) => ({
  ...{ sequence: entry.sequence, state: entry.state, cause: entry.cause, told: lineOf(entry) },
}));
writeFileSync(
  join(target, 'told.json'),
  `${JSON.stringify({ atMs: shop.clock.nowMs(), entries }, null, 2)}\n`,
);
rmSync(data, { recursive: true, force: true });
process.exit(0);
