import {
  appError,
  type ErrorCode,
  err,
  isZeroAmount,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { Actor } from '../journal/actor.ts';
import { noTerms } from '../outbox/entry-terms.ts';
import type { Signer } from '../outbox/member-host.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { TakeUp } from '../outbox/take-up-repository.ts';
import type { Increment } from '../outbox/types.ts';
import type { Logger } from '../ports.ts';
import { readSlip, type SlipDesk, type SlipProblem, writeSlip } from './slip-code.ts';
import { type SlipFacts, tillOnSlip } from './slip-facts.ts';
import { deriveSlipKey, type SlipAccount } from './slip-seal.ts';

/** What became of a receipt that was scanned. */
export interface ScannedSlip {
  readonly outcome: 'taken-up' | 'known' | 'other-till';
  /** The till and the number on the paper. */
  readonly till: string;
  readonly sequence: number;
  /** KYBIO had confirmed it when it was printed. */
  readonly isConfirmed: boolean;
  /** Null where nothing was taken up. */
  readonly entry: Increment | null;
}

/** Makes the codes of receipts, and takes up what receipts tell of that this till does not know. */
export interface Slips {
  /** The text of an entry's code; null where nothing is to be rebuilt of it, or without a key. */
  codeOf(entry: Increment): string | null;
  /**
   * Nothing is sent. What another till printed is told of and left alone, unless the manager says that this till
   * is lost. Errors: receipt-unreadable, receipt-damaged, receipt-newer, receipt-practice, receipt-live,
   * receipt-other-shop, receipt-other-key, receipt-forged, receipt-clash, key-lost.
   */
  scan(text: string, lostTill: string | null, who: Actor): Result<ScannedSlip>;
}

export interface SlipsParts {
  readonly account: SlipAccount;
  readonly isPractice: boolean;
  readonly tillName: string;
  /** Null without a key. */
  readonly ofKey: <T>(make: (appKey: string) => T) => T | null;
  readonly signer: () => Signer | null;
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly takeUp: TakeUp;
  /** What the till knows of a member whose name or number was not on the receipt. */
  readonly memberOf: (customerUid: string) => { readonly number: string; readonly name: string } | null;
  /** What was on its way when the receipt was printed may arrive yet. */
  readonly mayStillArrive: (entryId: string) => void;
  readonly logger: Logger;
}

const codes: Readonly<Record<SlipProblem, ErrorCode>> = {
  'not-a-slip': 'receipt-unreadable',
  damaged: 'receipt-damaged',
  newer: 'receipt-newer',
  practice: 'receipt-practice',
  live: 'receipt-live',
  'other-shop': 'receipt-other-shop',
  'other-key': 'receipt-other-key',
  forged: 'receipt-forged',
};

/** What was refused or dropped is nowhere, and nobody has to look for it. */
const isWorthRebuilding = ({ state }: Increment): boolean => state !== 'rejected' && state !== 'cancelled';

/** The number that the paper shows, and whose it is: of what a manager holds in the hand. */
const noteOf = ({ sequence, till }: SlipFacts): string => `${String(sequence).padStart(4, '0')} · ${till}`;

export function createSlipsService(parts: SlipsParts): Slips {
  const { account, isPractice, outbox, logger } = parts;
  let made: { readonly fingerprint: string; readonly desk: SlipDesk } | null = null;

  /** Made at the first receipt, and anew after a change of key. */
  const desk = (): SlipDesk | null => {
    const fingerprint = parts.signer()?.keyFingerprint;
    if (fingerprint === undefined) return null;
    if (made?.fingerprint === fingerprint) return made.desk;
    const key = parts.ofKey((appKey) => deriveSlipKey(appKey, account));
    made = key === null ? null : { fingerprint, desk: { account, key, isPractice } };
    return made?.desk ?? null;
  };

  const isOfThisTill = (facts: SlipFacts) => facts.till === tillOnSlip(parts.tillName);

  const take = (facts: SlipFacts, who: Actor): Result<Increment> => {
    const signer = parts.signer();
    if (signer === null) return err(appError('key-lost'));
    const member = parts.memberOf(facts.customerUid);
    const taken = parts.takeUp(
      {
        ...facts,
        till: isOfThisTill(facts) ? parts.tillName : facts.till,
        customerNumber: facts.customerNumber || (member?.number ?? ''),
        customerName: facts.customerName || (member?.name ?? ''),
        personId: null,
        note: noteOf(facts),
        terms: { ...noTerms, ...facts.terms },
      },
      signer.sign,
      who,
    );
    if (!taken.ok) return taken;
    parts.mayStillArrive(facts.id);
    logger.info('receipt.taken-up', { sequence: taken.value.sequence });
    return taken;
  };

  return {
    codeOf: (entry) => {
      const at = isWorthRebuilding(entry) ? desk() : null;
      return at === null ? null : writeSlip(at, { ...entry, isConfirmed: entry.state === 'confirmed' });
    },
    scan: (text, lostTill, who) => {
      const at = desk();
      if (at === null) return err(appError('key-lost'));
      const read = readSlip(at, text);
      if (!read.ok) return err(appError(codes[read.problem]));
      const { facts } = read;
      // Whoever has the key can seal what no till makes.
      if (isZeroAmount(facts.balanceIncrement) && isZeroAmount(facts.pointIncrement))
        return err(appError('receipt-forged'));
      const { till, sequence, isConfirmed } = facts;
      const told = { till, sequence, isConfirmed };
      const known = outbox.byId(facts.id);
      if (known !== null) return ok({ ...told, outcome: 'known', entry: known });
      if (!isOfThisTill(facts) && till !== lostTill)
        return ok({ ...told, outcome: 'other-till', entry: null });
      const taken = take(facts, who);
      return taken.ok ? ok({ ...told, outcome: 'taken-up', entry: taken.value }) : taken;
    },
  };
}
