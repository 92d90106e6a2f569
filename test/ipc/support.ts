import { randomUUID } from 'node:crypto';
import type { DispatchOptions, Handlers, SenderInfo } from '../../main/ipc/dispatch.ts';
import type { Logger } from '../../main/ports.ts';
import {
  appError,
  channelNames,
  type Entry,
  entrySchema,
  err,
  type Snapshot,
  snapshotSchema,
} from '../../preload/contract/index.ts';

export const ORIGIN = 'counterfoil://app';
export const ours: SenderInfo = { isTillWindow: true, isMainFrame: true, origin: ORIGIN };

export function logLines(): { logger: Logger; lines: { event: string; values: Record<string, unknown> }[] } {
  const lines: { event: string; values: Record<string, unknown> }[] = [];
  const add = (event: string, values = {}) => void lines.push({ event, values });
  return { lines, logger: { info: add, warn: add, error: add } };
}

/** Handlers that say "not-set-up", and count how often any of them was reached. */
export function countingHandlers(some: Partial<Handlers> = {}) {
  const reached: { channel: string; args: unknown }[] = [];
  const handlers = Object.fromEntries(
    channelNames.map((channel) => [
      channel,
      async (args: never) => {
        reached.push({ channel, args });
        return some[channel] ? some[channel](args) : err(appError('not-set-up'));
      },
    ]),
  ) as unknown as Handlers;
  return { handlers, reached };
}

export const dispatchOptions = (handlers: Handlers, logger: Logger): DispatchOptions => ({
  handlers,
  logger,
  allowedOrigin: ORIGIN,
  random: { uuid: randomUUID },
});

export const entry: Entry = entrySchema.parse({
  id: 'e1',
  reference: '0031',
  createdAtMs: 1,
  storeTime: '13:26',
  kind: 'top-up',
  customerUid: '231607639459718452',
  memberNumber: '8001',
  memberName: 'Mei',
  balanceIncrement: '50.00',
  pointIncrement: '0',
  actor: 'Front',
  note: '',
  state: 'queued',
  cause: null,
  messages: [],
  balanceBefore: null,
  balanceAfter: null,
  pointBefore: null,
  pointAfter: null,
  attempts: 0,
  canCancel: true,
  canReverse: false,
  correctsReference: null,
  takenBack: null,
  behind: null,
  needsAcknowledgement: false,
});

const one = { entries: 1, balance: '50.00', point: '0' };
const none = { entries: 0, balance: '0', point: '0' };

export const snapshot: Snapshot = snapshotSchema.parse({
  revision: 1,
  mode: 'live',
  opening: null,
  problem: null,
  till: null,
  link: {
    state: 'starting',
    pause: null,
    retryAtMs: null,
    lastAnswerAtMs: null,
    heldBackUntilMs: null,
    doubt: null,
    clockSkewMs: null,
  },
  counts: { queued: 1, sending: 0, confirmed: 0, rejected: 0, unknown: 0, review: 0, cancelled: 0 },
  waiting: one,
  today: { storeDay: '2026-01-02', done: none, waiting: one, checking: none, review: none, refused: none },
  refusals: 0,
  budget: { used: 0, limit: 300, keptForIncrements: 100, lookUpsEndAtMs: null, waitingForLook: 0 },
  directory: { members: 0, complete: false, updatedAtMs: null },
  practice: null,
  managerPinSet: false,
  managerUnlockedUntilMs: null,
  doubts: 0,
  journalProblem: null,
  offline: { sinceMs: null, stopped: false },
  checkUp: null,
  closing: 0,
  activity: [entry],
});
