import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyCommand } from '../../../main/app/commands.ts';
import { configureLive } from '../../../main/app/live-account.ts';
import type { OpenedSession } from '../../../main/app/open-session.ts';
import { openLiveSession } from '../../../main/app/open-session.ts';
import { readHeads, verifyOutbox } from '../../../main/app/verify.ts';
import type { World } from '../../../main/app/world.ts';
import { loadConfig } from '../../../main/hosts/config.ts';
import { createKybioClient } from '../../../main/hosts/kybio/client.ts';
import { kybio, signerOf } from '../../../main/hosts/kybio/kybio.ts';
import { createPracticeStore } from '../../../main/hosts/practice/store.ts';
import type { LedgerIncrement, LedgerMember, PracticeStore } from '../../../main/hosts/practice/types.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { databaseFailure } from '../../../main/kernel/database/failure.ts';
import type { Db } from '../../../main/kernel/database/open.ts';
import { createSeals } from '../../../main/kernel/database/seals.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { createOutboxRepository, type OutboxRepository } from '../../../main/ledger/outbox-repository.ts';
import { noRecorder } from '../../../main/ledger/recorder.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { createEvidenceRepository } from '../../../main/sending/evidence-repository.ts';
import { amount } from '../../../preload/contract/index.ts';
import { atTheTill } from '../../kit/actors.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { asSeen, silentLogger } from '../../kit/till.ts';
import { createHostAtHand } from './host-at-hand.ts';
import { tortureMembers } from './members.ts';
import { inDatabase, journalKey, memoryFolder } from './till-folder.ts';

const appId = 'APP-OF-THE-TAMPERED-TILL';
const appKey = 'KEY-OF-THE-TAMPERED-TILL';

/** Few enough that every row of theirs is tampered with in every way. */
const members = tortureMembers.slice(0, 24);

/** How a till reaches KYBIO, wherever its settings point. */
type Connect = NonNullable<World['connect']>;

const connectTo =
  ({ baseUrl }: PracticeStore): Connect =>
  (account, clock = realClock) =>
    createKybioClient({ account: { ...account, baseUrl }, clock, logger: silentLogger });

/** A host of its own for one till, and what it was sent. */
export function hostOf() {
  const host = createHostAtHand(members, appId, appKey, '/kybio');
  const connect: Connect = (account, clock = realClock) =>
    createKybioClient({
      ...{ clock, logger: silentLogger, transport: host.transport },
      account: { ...account, baseUrl: 'http://host-at-hand/kybio' },
    });
  return { connect, sent: () => toldByLedger(host.increments()) };
}

function worldOn(folder: string, connect: Connect, onChange: () => void, errors: string[]): World {
  return {
    folder,
    headCopyFolder: join(folder, 'copy'),
    clock: realClock,
    random: { ...realRandom, unit: () => 0 },
    logger: {
      ...silentLogger,
      error: (event, values) => void errors.push(`${event} ${JSON.stringify(values)}`),
    },
    vault: createMemoryVault({ appKey, pinPepper: Buffer.alloc(32, 7), journalKey }, realRandom),
    connect,
    changed: onChange,
  };
}

export interface OpenedTill {
  readonly session: OpenedSession;
  readonly errors: readonly string[];
  until(holds: (session: OpenedSession) => boolean): Promise<void>;
}

/** Throws nothing: an error is a word in `errors`, and there is no session then. */
export async function openOn(folder: string, connect: Connect): Promise<OpenedTill | readonly string[]> {
  const errors: string[] = [];
  const listeners = new Set<() => void>();
  const world = worldOn(folder, connect, () => listeners.forEach((listener) => void listener()), errors);
  const opened = await openLiveSession(world);
  if (!opened.ok) return [...errors, opened.error.code];
  if (opened.value === null) return [...errors, 'not set up'];
  const session = opened.value;
  const until = (holds: (session: OpenedSession) => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds(session)) return;
        listeners.delete(check);
        resolve();
      };
      listeners.add(check);
      check();
    });
  return { session, errors, until };
}

export interface Template {
  readonly folder: string;
  /** The same folder as it was an hour before. */
  readonly older: string;
  /** What may still be sent, as it was promised. */
  readonly promised: readonly string[];
}

/** What an increment is at KYBIO, in one line. */
export const lineOf = ({
  customerUid,
  balanceIncrement,
  pointIncrement,
  dataChangeTime,
}: {
  readonly customerUid: string;
  readonly balanceIncrement: string;
  readonly pointIncrement: string;
  readonly dataChangeTime: string;
}): string => `${customerUid} ${balanceIncrement} ${pointIncrement} ${dataChangeTime}`;

const toldByLedger = (ledger: readonly LedgerIncrement[]): readonly string[] =>
  ledger.map((row) =>
    lineOf({
      ...row,
      balanceIncrement: amount(row.balanceIncrement),
      pointIncrement: amount(row.pointIncrement),
    }),
  );

function makeTopUp(session: OpenedSession, member: LedgerMember | undefined, balance: string): string {
  const seen = asSeen(session, member?.customerUid ?? '');
  const request = { requestId: realRandom.uuid(), ...seen, note: 'at the counter' };
  const saved = session.counter.topUps.create(
    {
      ...request,
      balanceIncrement: amount(balance),
      pointIncrement: amount('5'),
    },
    atTheTill,
  );
  if (!saved.ok) throw new Error(saved.error.code);
  session.sending.loop.wake();
  return saved.value.id;
}

const place = {
  tillNumber: 1,
  tillCount: 1,
  storeTimeZone: 'Asia/Singapore',
  currency: 'SGD',
  language: 'en',
};

async function mustOpen(folder: string, store: PracticeStore): Promise<OpenedTill> {
  const opened = await openOn(folder, connectTo(store));
  if (!('session' in opened)) throw new Error(opened.join(' '));
  return opened;
}

/** The first hour: set up, and one entry that waits for the network. */
async function firstHour(folder: string, store: PracticeStore) {
  const config = { host: store.baseUrl, appId, tillName: 'Counter 1', ...place };
  const problem = configureLive(folder, config, journalKey);
  if (problem !== null) throw new Error(problem.code);
  const { session } = await mustOpen(folder, store);
  for (const member of members.slice(0, 6)) {
    const known = { ...member, enable: 1, balance: amount(member.balance), point: amount(member.point) };
    session.members.directory.keep(known, realClock.nowMs(), true);
  }
  const made = await session.managerPin.make('730194', atTheTill);
  if (!made.ok) throw new Error(made.error.code);
  session.counter.policy.save({ ...session.counter.policy.current(), repeatWithinMs: 1_000 }, theManager);
  const id = makeTopUp(session, members[0], '10');
  await session.close(0);
  return id;
}

/** The second: that one is sent and taken back, one reply is lost, and the network goes. */
async function secondHour({ session, until }: OpenedTill, store: PracticeStore, first: string) {
  session.start();
  session.sending.loop.wake();
  await until(({ ledger: { outbox } }) => outbox.byId(first)?.state === 'confirmed');
  const reversed = session.counter.topUps.reverse(first, realRandom.uuid(), theManager);
  if (!reversed.ok) throw new Error(reversed.error.code);
  session.sending.loop.wake();
  await until(({ ledger: { outbox } }) => outbox.byId(reversed.value.id)?.state === 'confirmed');
  store.setLoseNextReply(true);
  const lost = makeTopUp(session, members[1], '20');
  await until(({ ledger: { outbox } }) => outbox.byId(lost)?.state === 'unknown');
  await store.setPlug(false);
  const [cancelled, reviewed] = [makeTopUp(session, members[2], '30'), makeTopUp(session, members[3], '40')];
  makeTopUp(session, members[4], '50');
  makeTopUp(session, members[5], '60');
  if (!session.counter.topUps.cancel(cancelled, atTheTill).ok) throw new Error('not cancelled');
  const waits = session.ledger.outbox.byId(reviewed);
  if (waits === null || !session.ledger.transitions.sendToReview(waits, 'restored'))
    throw new Error('not in review');
  const open = session.ledger.outbox.open().filter(({ state }) => state === 'queued');
  await session.close(0);
  return { lost, promised: open.map(lineOf) };
}

/** A small till with a row of everything: confirmed, taken back, cancelled, lost, in review and waiting. */
export async function makeTemplate(): Promise<Template> {
  const [folder, older] = [memoryFolder(), memoryFolder()];
  const store = await createPracticeStore({ clock: realClock, random: realRandom, appId, appKey, members });
  const first = await firstHour(folder, store);
  cpSync(folder, older, { recursive: true });
  const { lost, promised } = await secondHour(await mustOpen(folder, store), store, first);
  await store.close();
  inDatabase(databaseFile(liveFolder(folder)), (db) => {
    const seals = createSeals(db, journalKey);
    createEvidenceRepository(db, seals).keep(lost, realClock.nowMs(), { verdict: 'none', readings: [] });
  });
  return { folder, older, promised };
}

/** A folder with the same files and, where given, another database. */
export function copyOf({ folder: from }: Template, database?: Buffer): string {
  const folder = memoryFolder();
  const file = databaseFile(liveFolder(from));
  cpSync(from, folder, {
    ...{ recursive: true },
    filter: (path) => database === undefined || !path.startsWith(file),
  });
  if (database !== undefined) writeFileSync(databaseFile(liveFolder(folder)), database);
  return folder;
}

export const verify = (folder: string) =>
  verifyCommand(
    { file: databaseFile(liveFolder(folder)), clock: realClock, random: realRandom, protocol: kybio },
    appKey,
    {
      key: journalKey,
      slotFolder: liveFolder(folder),
      copyFolder: join(folder, 'copy', 'live'),
    },
  );

/** The same check as `verify` makes, of a database that is open already. */
export function verifierOf(template: Template): (db: Db) => boolean {
  const known = new WeakMap<Db, OutboxRepository>();
  const identity = { till: '', accountHost: '', accountAppId: '', ...place };
  const heads = readHeads({
    key: journalKey,
    slotFolder: liveFolder(template.folder),
    copyFolder: join(template.folder, 'copy', 'live'),
  });
  const signer = signerOf(appKey);
  return (db) => {
    try {
      if (loadConfig(createSettings(db)) === null) return false;
      const outbox = known.get(db) ?? createOutboxRepository(db, identity, realClock, realRandom, noRecorder);
      known.set(db, outbox);
      return verifyOutbox(db, outbox, signer, heads, realClock, kybio).ok;
    } catch (thrown) {
      if (databaseFailure(thrown) === null) throw thrown;
      return false;
    }
  };
}
