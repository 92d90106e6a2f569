import { z } from 'zod';
import {
  amountSchema,
  type StateProblem,
  type StatusFacts,
  statusFactsSchema,
  tillIdSchema,
} from '../../../preload/contract/index.ts';
import type { Random } from '../../kernel/ports.ts';
import {
  type AccountDesk,
  type AccountFormat,
  openForAccount,
  sealForAccount,
} from '../../kernel/sealing/account-seal.ts';
import { frameAt } from '../../kernel/sealing/frames.ts';

// A till's state, which it leaves in the chain's folder for the other tills of its account: no member, no PIN, no key.

const FORMAT: AccountFormat = { kind: 'counterfoil state', version: 1 };

/** Some times what a state has. */
export const MOST_STATE_BYTES = 65_536;

const STATE_FILE = /^([0-9a-f]{16})\.state$/;
/** File names come from ids of ours alone. */
export const stateFileOf = (tillId: string): string => `${tillIdSchema.parse(tillId)}.state`;
/** Null where a file's name is not of a till's state. */
export const tillIdOfFile = (name: string): string | null => STATE_FILE.exec(name)?.[1] ?? null;

const count = z.number().int().nonnegative();
const time = z.number().int().nonnegative().max(8_640_000_000_000_000);
const word = z.string().max(200);

const facts = statusFactsSchema.shape;
/** Each part alone, without what a later version adds: tills of several versions share a folder. */
const statusSchema = z.object({
  entries: facts.entries.strip(),
  lastZ: facts.lastZ.unwrap().strip().nullable(),
  isCopyMet: facts.isCopyMet,
  isNumberTwice: facts.isNumberTwice,
  backups: facts.backups.strip(),
  secondPlace: facts.secondPlace.unwrap().strip().nullable(),
  calls: facts.calls.strip(),
  clockSkewMs: facts.clockSkewMs,
  disk: facts.disk.strip(),
  pauses: z.array(z.object({ reason: word, sinceMs: time, needsManager: z.boolean() })).max(50),
  policyFile: z.object({
    settings: z.array(word).max(100),
    problem: z.object({ code: word }).nullable(),
  }),
  lastRowAtMs: facts.lastRowAtMs,
} satisfies Record<Exclude<keyof StatusFacts, 'till'>, z.ZodType>);

const tillStateSchema = z.object({
  /** By the till's own clock. */
  atMs: time,
  /** Random for each start of the program: two that write under one id are a till and its copy. */
  run: z.string().min(8).max(40),
  /** How often that run wrote. */
  written: count.optional(),
  /** Another run that wrote under this till's id, as this one found it last. */
  saw: z.string().max(40).nullable().optional(),
  tillId: tillIdSchema,
  epoch: z.string().max(40),
  name: word,
  number: count,
  count,
  /** The program's. */
  version: z.string().max(40),
  /** The database's. */
  dataFormat: count,
  /** The owner's configuration by which the till goes; null before the first. */
  shopVersion: count.nullable(),
  /** When another computer last wrote under this till's id, as this one noticed. */
  copyAtMs: time.nullable(),
  status: statusSchema,
  /** What the last Z was short or over, all ways to pay together; null where nothing was counted. The only sum. */
  variance: amountSchema.nullable(),
});
export type TillState = z.infer<typeof tillStateSchema>;

export function sealTillState(state: TillState, desk: AccountDesk, random: Pick<Random, 'bytes'>): Buffer {
  const { head, seal } = sealForAccount(FORMAT, desk, random);
  const bytes = Buffer.concat([head, seal(Buffer.from(JSON.stringify(state), 'utf8'), 'last')]);
  if (bytes.length > MOST_STATE_BYTES) throw new RangeError('a state is too large');
  return bytes;
}

function stateIn(plain: Buffer): TillState | null {
  try {
    return tillStateSchema.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    return null;
  }
}

/** `tillId`: whose file it lies as. Whoever has the folder may have put one till's in another's place. */
export function openTillState(bytes: Buffer, desk: AccountDesk, tillId: string): TillState | StateProblem {
  if (bytes.length > MOST_STATE_BYTES) return 'too-large';
  const first = frameAt(bytes, 0);
  if (first === null) return 'foreign';
  const open = openForAccount(FORMAT, desk, first.frame);
  if (typeof open === 'string') return open;
  const second = frameAt(bytes, first.end);
  if (second === null) return 'cut-off';
  const plain = second.frame.kind === 'last' ? open(second.frame) : null;
  // Also after a change of the account's App key.
  if (plain === null) return 'other-key';
  const state = second.end === bytes.length ? stateIn(plain) : null;
  return state !== null && state.tillId === tillId ? state : 'altered';
}
