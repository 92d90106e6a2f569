import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { amount, type Result } from '../../../preload/contract/index.ts';
import type { TopUpService } from '../../counter/index.ts';
import type { Link } from '../../hosts/link/index.ts';
import { meiLing } from '../../hosts/practice/index.ts';
import { theProgram } from '../../kernel/actor.ts';
import { openDatabase } from '../../kernel/database/open.ts';
import type { View } from '../../kernel/database/views.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Clock, Random } from '../../kernel/ports.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import type { LookUpService } from '../../members/index.ts';
import type { Vault, VaultSecrets } from '../../people/index.ts';
import type { SyncLoop } from '../../sending/index.ts';
import { type Answer, answerOf, brokenOff } from './answer.ts';
import type { DataPlaces } from './put-aside.ts';
import { copyIn, isMadeForRehearsal } from './rehearse-update.ts';

/** An open practice store, as far as one top-up needs it. */
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
  /** A session on a practice store of its own, which says when something has changed. */
  readonly open: (changed: () => void) => Promise<Result<PracticeTill>>;
}

/** On loopback it takes a second; a computer that has just been started takes longer. */
const PATIENCE_MS = 60_000;

/** Enters one top-up and waits until the practice store has confirmed it; null where it has, else what happened. */
async function topUpOnce(
  session: PracticeTill,
  { clock, random }: PracticeParts,
  onChange: (look: () => void) => void,
): Promise<string | null> {
  session.start();
  const { customerUid, number, name } = meiLing;
  // As at the counter: only who was looked up is credited.
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
    forget = clock.schedule(PATIENCE_MS, resolve);
    const look = () => {
      // A pause is not waited out: nobody is there to end it.
      if (pauses().length > 0 || (state() !== 'queued' && state() !== 'sending')) resolve();
    };
    onChange(look);
    look();
  }).finally(() => forget());
  const why = pauses().map(({ reason, words }) => ` (${reason}: ${words})`);
  return state() === 'confirmed' ? null : `it is ${state()}${why.join('')}`;
}

/** Opens a practice session, makes one top-up in it and closes it again; null where it was confirmed, else what happened. */
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
  /** Made by the program that is to be replaced. */
  readonly folder: string;
  /** This program's. */
  readonly version: string;
  /** The copy's. */
  readonly vault: Pick<Vault, 'load'>;
  readonly clock: Clock;
  readonly random: Random;
  /** What this program makes of the journal. */
  readonly views: readonly View[];
  /** All that is wrong with a live till's records; without its keys, that they are not at hand. */
  readonly verify: (records: {
    readonly file: string;
    readonly secrets: VaultSecrets | null;
    readonly headCopyFolder: string;
  }) => readonly string[];
  /** Opens a practice store in this data folder, which says when something has changed. */
  readonly openPractice: (copy: DataPlaces, changed: () => void) => Promise<Result<PracticeTill>>;
}

const ROOM_BYTES = 65_536;

/** The copy of the live till's records under this program: migrated, its tables made anew, and all of it verified. */
async function recordsProblems({ folder, vault, views, verify }: RehearseParts): Promise<readonly string[]> {
  const file = databaseFile(liveFolder(folder));
  if (!existsSync(file)) return [];
  const opened = openDatabase(file, views);
  if (!opened.ok) return [`database: ${opened.error.code}`];
  opened.value.close();
  const loaded = await vault.load();
  const secrets = loaded.state === 'present' ? loaded.secrets : null;
  // Keys that are not at hand are a problem: a program that cannot get at them proves nothing.
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

/** Where the disk takes nothing any more, that may be all that is wrong. */
async function diskProblems(folder: string): Promise<readonly string[]> {
  const room = writeFile(join(folder, 'room'), Buffer.alloc(ROOM_BYTES));
  return room.then(
    () => [],
    (thrown: unknown) => [brokenOff(thrown)],
  );
}

/**
 * `--rehearse=FOLDER`: this program on a copy of a till's data, before it may take the old one's place. It knows no way
 * to a member host but the practice store's, and takes the folder away when it is done.
 */
export const rehearse = (parts: RehearseParts): Promise<Answer> =>
  answerOf(parts.version, async () => {
    const { folder } = parts;
    if (!isMadeForRehearsal(folder)) return ['the folder was not made for a rehearsal; nothing was done'];
    try {
      const found = [...(await recordsProblems(parts)), ...(await practiceProblems(parts))];
      return found.length === 0 ? [] : [...(await diskProblems(folder)), ...found];
    } finally {
      // Whoever made it takes it away as well.
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  });
