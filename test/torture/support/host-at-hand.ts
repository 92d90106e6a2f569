import type { Transport, WireRequest } from '../../../main/hosts/kybio/transport.ts';
import type { Exchange } from '../../../main/hosts/port/member-host.ts';
import { honestReply } from '../../../main/hosts/practice/delivery.ts';
import { answerRequest } from '../../../main/hosts/practice/host.ts';
import { documentedHost } from '../../../main/hosts/practice/host-profile.ts';
import { createLedger } from '../../../main/hosts/practice/ledger.ts';
import { type LedgerFile, noLedgerFile } from '../../../main/hosts/practice/ledger-file.ts';
import { signatureIsValid } from '../../../main/hosts/practice/request.ts';
import { storeTimeFormatter } from '../../../main/hosts/practice/store-time.ts';
import type { HostProfile, LedgerIncrement, LedgerMember } from '../../../main/hosts/practice/types.ts';
import type { Clock } from '../../../main/kernel/ports.ts';
import { realClock } from '../../kit/practice-store.ts';

/** The practice store's own host with nothing in between: for what is started thousands of times. */
export interface HostAtHand {
  readonly transport: Transport;
  increments(): readonly LedgerIncrement[];
}

/** What is otherwise of a host than by default. */
interface HostOptions {
  readonly clock?: Clock;
  /** What it remembers, and where it goes on. */
  readonly file?: LedgerFile;
  readonly profile?: Partial<HostProfile>;
}

const storeTime = storeTimeFormatter('Asia/Singapore');

export function createHostAtHand(
  members: readonly LedgerMember[],
  appId: string,
  appKey: string,
  prefix: string,
  { clock = realClock, file = noLedgerFile, profile: other = {} }: HostOptions = {},
): HostAtHand {
  const profile = { ...documentedHost, compression: 'none' as const, ...other };
  const ledger = createLedger(members, file);
  let number = 0;

  const exchange = async ({ url, body, signature }: WireRequest): Promise<Exchange> => {
    const nowMs = clock.nowMs();
    number += 1;
    const headers = {
      'user-agent': 'openApi',
      'content-type': 'application/json; charset=utf-8',
      'time-stamp': String(nowMs),
      'data-signature': signature,
    };
    const request = { verb: 'POST', path: new URL(url).pathname, headers, body };
    const callsOf = () => number;
    const host = { ledger, profile, appId, prefix, nowMs, callsToday: number, callsOf, storeTime };
    const signatureValid = signatureIsValid(request, appKey);
    const reply = honestReply(
      answerRequest(host, request, { number, signatureValid, lie: null }),
      profile,
      '',
    );
    return {
      ...{ phase: 'answered', startedAtMs: nowMs, endedAtMs: nowMs, failure: null },
      response: {
        ...{ status: reply.status, contentType: reply.headers['content-type'] ?? '', body: reply.body },
        ...{ location: '', dateMs: nowMs, retryAfterMs: null },
      },
    };
  };

  return {
    transport: {
      exchange,
      provePhaseEvent: () => Promise.resolve(true),
      networkChanged: () => undefined,
      close: () => Promise.resolve(),
    },
    increments: ledger.increments,
  };
}
