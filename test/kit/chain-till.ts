import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shop } from '../../main/chain/shop.ts';
import type { Timeouts } from '../../main/kernel/timeouts.ts';
import { createTillUse } from '../../main/updates/till-use.ts';
import type { Result } from '../../preload/contract/index.ts';
import { openLiveProgram, LIVE_PIN as pin } from './live-program.ts';
import { openProgram, type Program } from './program.ts';
import { type TestOwner, testOwner } from './shop.ts';
import { temporaryFolder } from './till.ts';

export const owner = testOwner();

/** A share at the other end of a cut line: a call to it never returns. */
export const HANGING = join('nowhere', 'hangs');
const timeouts: Timeouts = {
  run: ({ place, work }) =>
    place === HANGING ? Promise.reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })) : work(),
  isBusy: () => false,
};

/** The code of what was refused, and its reason. */
export const codeOf = (result: Result<unknown>): string =>
  result.ok ? 'ok' : [result.error.code, result.error.details?.['reason']].filter(Boolean).join(' ');

export interface ChainTill extends Program {
  /** The chain's folder. */
  readonly shared: string;
  /** For the till's own PIN. */
  readonly recoveryCode: string;
  readonly use: ReturnType<typeof createTillUse>;
  put(text: string | Buffer): void;
  /** The code of what was refused, or ok. */
  look(): Promise<string>;
  /** The same of what was signed and put there. */
  give(change: Partial<Shop>, by?: TestOwner): Promise<string>;
  join(): Promise<void>;
  reopen(): Promise<ChainTill>;
}

function chainTill(
  program: Program & Pick<ChainTill, 'recoveryCode'>,
  shared: string,
  use: ReturnType<typeof createTillUse>,
): ChainTill {
  const put = (text: string | Buffer) => writeFileSync(join(shared, 'shop.json'), text);
  const look = async () => codeOf(await program.call('chain:look', { pin }));
  return {
    ...program,
    shared,
    use,
    put,
    look,
    give: (change, by = owner) => {
      put(by.sign(change));
      return look();
    },
    join: async () => {
      const { found } = await program.must('chain:find', { pin });
      await program.must('chain:join', { id: found?.id ?? '', pin });
    },
    reopen: async () => {
      await program.till.stop(0);
      const again = openProgram({
        folder: program.folder,
        vault: program.vault,
        use,
        backups: { picker: { pick: async () => shared }, timeouts },
      });
      await again.till.start();
      return chainTill({ ...again, recoveryCode: program.recoveryCode }, shared, use);
    },
  };
}

/** A live till whose manager picks this folder. */
export async function openTillAt(shared: string): Promise<ChainTill> {
  const use = createTillUse();
  use.page('free');
  const program = await openLiveProgram({ use, backups: { picker: { pick: async () => shared }, timeouts } });
  return chainTill(program, shared, use);
}

export function sharedFolder(): string {
  const shared = join(temporaryFolder(), 'share');
  mkdirSync(shared);
  return shared;
}

/** With a configuration of the tests' owner in it. */
export async function openChainTill(change: Partial<Shop> = {}): Promise<ChainTill> {
  const till = await openTillAt(sharedFolder());
  till.put(owner.sign(change));
  return till;
}

export async function openJoined(change: Partial<Shop> = {}): Promise<ChainTill> {
  const till = await openChainTill(change);
  await till.join();
  const code = await till.look();
  if (code !== 'ok') throw new Error(code);
  return till;
}

export const policyAt = async ({ must }: Program) => (await must('policy:get', {})).policy;
export const shownChain = ({ till }: Program) => till.snapshot().chain;
export const journalOf = ({ till }: Program) => till.session()?.ledger.journal;
