import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { amount, type Result } from '../../../preload/contract/index.ts';
import type { TopUpService } from '../../counter/index.ts';
import type { Link } from '../../hosts/link/index.ts';
import { meiLing } from '../../hosts/practice/index.ts';
import { theProgram } from '../../kernel/actor.ts';
import { openDatabase } from '../../kernel/database/open.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Clock, Random } from '../../kernel/ports.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import type { LookUpService } from '../../members/index.ts';
import type { Vault, VaultSecrets } from '../../people/index.ts';
import type { SyncLoop } from '../../sending/index.ts';
import { type Answer, answerOf, brokenOff } from './answer.ts';
import type { DataPlaces } from './copy-for-rollback.ts';
import { copyIn, isMadeForRehearsal } from './rehearse-update.ts';

/** An open practice session, as far as one top-up needs it. */
export interface PracticeTill {
  start(): void;
  readonly hosts: { readonly link: Pick<Link, 'state'> };
  readonly ledger: { readonly outbox: Pick<OutboxRepository, 'byId'> };
  readonly members: { readonly lookUp: Pick<LookUpService, 'find'> };
  readonly sending: { readonly loop: Pick<SyncLoop, 'wake'> };
  readonly counter: { readonly topUps: Pick<TopUpService, 'create'> };
  close(graceMs: number): Promise<void>;
}

export interface PracticeParts {
  readonly clock: Clock;
  readonly random: Random;
  /** Opens a session on a new practice store; it calls `changed` after each change. */
  readonly open: (changed: () => void) => Promise<Result<PracticeTill>>;
}

/** A second on loopback; longer just after a computer's start. */
const TIMEOUT_MS = 60_000;

/** Null once the practice store confirmed a top-up, otherwise what happened. */
async function topUpOnce(
  session: PracticeTill,
  { clock, random }: PracticeParts,
  onChange: (look: () => void) => void,
): Promise<string | null> {
  session.start();
  const { customerUid, number, name } = meiLing;
  // Only a member who was looked up can be credited, as at the counter.
  const found = await session.members.lookUp.find(number);
  if (!found.ok) return found.error.code;
  const made = session.counter.topUps.create(
    {
      requestId: random.uuid(),
      customerUid,
      customerNumber: number,
      customerName: name,
      note: '',
      balanceIncrement: amount('1'),
      pointIncrement: amount('0'),
    },
    theProgram,
  );
  if (!made.ok) return made.error.code;
  const { id } = made.value;
  session.sending.loop.wake();
  let forget = (): void => undefined;
  const state = () => session.ledger.outbox.byId(id)?.state ?? 'gone';
  const pauses = () => session.hosts.link.state.pauses;
  await new Promise<void>((resolve) => {
    forget = clock.schedule(TIMEOUT_MS, resolve);
    const look = () => {
      // Nobody is there to end a pause.
      if (pauses().length > 0 || (state() !== 'queued' && state() !== 'sending')) resolve();
    };
    onChange(look);
    look();
  }).finally(() => forget());
  const why = pauses().map(({ reason, words }) => ` (${reason}: ${words})`);
  return state() === 'confirmed' ? null : `it is ${state()}${why.join('')}`;
}

/** Null where the top-up was confirmed, otherwise what happened. */
export async function practiceTopUp(parts: PracticeParts): Promise<string | null> {
  let look = (): void => undefined;
  const opened = await parts.open(() => look());
  if (!opened.ok) return opened.error.code;
  try {
    return await topUpOnce(opened.value, parts, (then) => {
      look = then;
    });
  } finally {
    await opened.value.close(0);
  }
}

export interface RehearseParts {
  /** Made by the program to be replaced. */
  readonly folder: string;
  readonly version: string;
  /** The copy's. */
  readonly vault: Pick<Vault, 'load'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Problems of a live till's records; missing keys are one. */
  readonly verify: (records: {
    readonly file: string;
    readonly secrets: VaultSecrets | null;
    readonly headCopyFolder: string;
  }) => readonly string[];
  readonly openPractice: (copy: DataPlaces, changed: () => void) => Promise<Result<PracticeTill>>;
}

const ROOM_BYTES = 65_536;

/** Migrates the copy and verifies it. */
async function recordsProblems({ folder, vault, verify }: RehearseParts): Promise<readonly string[]> {
  const file = databaseFile(liveFolder(folder));
  if (!existsSync(file)) return [];
  const opened = openDatabase(file);
  if (!opened.ok) return [`database: ${opened.error.code}`];
  opened.value.close();
  const loaded = await vault.load();
  const secrets = loaded.state === 'present' ? loaded.secrets : null;
  // A program that cannot read its keys proves nothing.
  return verify({ file, secrets, headCopyFolder: copyIn(folder).headCopyFolder });
}

async function practiceProblems({
  folder,
  clock,
  random,
  openPractice,
}: RehearseParts): Promise<readonly string[]> {
  const open: PracticeParts['open'] = (changed) => openPractice(copyIn(folder), changed);
  const problem = await practiceTopUp({ clock, random, open });
  return problem === null ? [] : [`practice top-up: ${problem}`];
}

/** A full disk may be the only problem. */
async function diskProblems(folder: string): Promise<readonly string[]> {
  const room = writeFile(join(folder, 'room'), Buffer.alloc(ROOM_BYTES));
  return room.then(
    () => [],
    (thrown: unknown) => [brokenOff(thrown)],
  );
}

/**
 * `--rehearse=FOLDER`: runs this program on a copy of a till's data. It reaches no host but the practice
 * store, and deletes the folder afterwards.
 */
export const rehearse = (parts: RehearseParts): Promise<Answer> =>
  answerOf(parts.version, async () => {
    const { folder } = parts;
    if (!isMadeForRehearsal(folder)) return ['the folder was not made for a rehearsal; nothing was done'];
    try {
      const found = [...(await recordsProblems(parts)), ...(await practiceProblems(parts))];
      return found.length === 0 ? [] : [...(await diskProblems(folder)), ...found];
    } finally {
      // Whoever made it deletes it as well.
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  });
