import { amount, type Result } from '../../../preload/contract/index.ts';
import type { TopUpService } from '../../counter/index.ts';
import type { Link } from '../../hosts/link/index.ts';
import { meiLing } from '../../hosts/practice/index.ts';
import { theProgram } from '../../kernel/actor.ts';
import type { Clock, Random } from '../../kernel/ports.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import type { LookUpService } from '../../members/index.ts';
import type { SyncLoop } from '../../sending/index.ts';

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
