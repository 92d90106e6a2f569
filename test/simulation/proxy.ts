import { createHash } from 'node:crypto';
import type { Transport, WireRequest } from '../../main/hosts/kybio/transport.ts';
import type { Exchange } from '../../main/hosts/port/member-host.ts';
import { errorJson, type KybioHost } from './kybio-host.ts';
import type { Prng } from './prng.ts';
import type { Happening } from './scenario.ts';
import type { TillClock, VirtualTime } from './virtual-time.ts';

/**
 * A box between the till and KYBIO that answers in its place: what was read out of its cache, a success of its own, another card's record, and words that only sound like a refusal.
 */
export interface Middlebox {
  /** How long it keeps what was read; less than what the till allows for caches. */
  readonly cacheMs: number;
}

export const drawProxy = (prng: Prng): Middlebox => ({
  cacheMs: prng.chance(0.7) ? prng.between(60_000, 540_000) : 0,
});

/** The same few members with the same few amounts. */
export const forProxy = <T extends Happening>(prng: Prng, happenings: readonly T[]): T[] =>
  happenings
    // A till whose folder was restored cannot know which replies it had.
    .filter(({ kind }) => kind !== 'restore')
    .map((one) =>
      one.kind === 'top-up' && one.balance !== 0
        ? { ...one, balance: prng.pick([1_000, 2_000]), point: 0, lookUp: prng.chance(0.5) }
        : one,
    );

// Each holds a known refusal, and says that the increment was applied.
const sounds = [
  'Saved. Warning: member balance insufficient',
  'timestamp expired: request was executed',
  '余额不足提醒已发送',
  'Member not found in cache, written to the ledger',
];

/** Successes that know nothing of what was sent. */
const ownSuccesses = [
  '"messages":[],"data":{"customerUid":UID}',
  '"messages":[],"data":{"customerUid":UID,"number":"8000","name":"Member","balance":10,"point":0}',
  '"messages":[],"data":{"customerUid":UID,"balanceIncrement":"","pointIncrement":"","balanceAfterUpdate":""}',
  '"messages":["signature is invalid"],"errorCode":1008,"data":{"customerUid":UID}',
];

const INCREMENT = 'updateBalancePointByIncrement';
const uidIn = (body: string): string => /"customerUid":(-?\d+)/.exec(body)?.[1] ?? '0';

export interface ProxyParts {
  readonly proxy: Middlebox;
  readonly time: VirtualTime;
  readonly prng: Prng;
  readonly withoutFaults: () => boolean;
  /** What it answered itself, for the totals. */
  readonly count: (kind: string) => void;
}

/** What it remembers, whichever process of the till asks. */
export function createProxy({ proxy, time, prng, withoutFaults, count }: ProxyParts) {
  const reads = new Map<string, { readonly atMs: number; readonly json: string }>();

  const toRead = (host: KybioHost, question: string, body: string): string | null => {
    const known = reads.get(question);
    if (known !== undefined && time.now() - known.atMs < proxy.cacheMs) return counted('cached', known.json);
    if (!question.startsWith('queryByNumber') || !prng.chance(0.1)) return null;
    const { number } = prng.pick(host.members);
    const asked = body.replace(/"customerNum":"[^"]*"/, `"customerNum":"${number}"`);
    const signature = createHash('md5')
      .update(host.appKey + asked)
      .digest('hex')
      .toUpperCase();
    return counted('other-card', host.read('queryByNumber', asked, signature));
  };

  const counted = (kind: string, json: string): string => {
    count(kind);
    return json;
  };

  const toIncrement = (body: string): string | null => {
    if (!prng.chance(0.1)) return null;
    return counted(
      'own-success',
      `{"status":"success",${prng.pick(ownSuccesses).replace('UID', uidIn(body))}}`,
    );
  };

  /** What KYBIO has answered, as the till hears it. */
  const passedOn = (exchange: Exchange, question: string): Exchange => {
    const { response } = exchange;
    const json = response?.status === 200 ? (response.body?.toString() ?? '') : '';
    if (response === null || !json.startsWith('{"status":"success"')) return exchange;
    if (!question.startsWith(INCREMENT)) {
      reads.set(question, { atMs: time.now(), json });
      return exchange;
    }
    if (withoutFaults() || !prng.chance(0.08)) return exchange;
    const words = counted('sounds-refused', errorJson(prng.pick(sounds)));
    return { ...exchange, response: { ...response, body: Buffer.from(words) } };
  };

  return (way: Transport, host: KybioHost, clock: TillClock): Transport => ({
    ...way,
    exchange: async (wire: WireRequest) => {
      const body = wire.body.toString('utf8');
      const question = `${wire.url.slice(wire.url.lastIndexOf('/') + 1)} ${body}`;
      const isAway = withoutFaults() || time.asleep();
      const isIncrement = question.startsWith(INCREMENT);
      const json = isAway ? null : isIncrement ? toIncrement(body) : toRead(host, question, body);
      if (json === null) return passedOn(await way.exchange(wire), question);
      return answered(json, clock);
    },
  });
}

/** Its own answer, on a connection that was never used before. */
function answered(json: string, clock: TillClock): Promise<Exchange> {
  const startedAtMs = clock.nowMs();
  const head = { status: 200, contentType: 'application/json', location: '', retryAfterMs: null };
  return new Promise((resolve) => {
    clock.exactly(40, () =>
      resolve({
        ...{ phase: 'answered', startedAtMs, endedAtMs: clock.nowMs(), failure: null },
        response: { ...head, dateMs: Math.floor(clock.nowMs() / 1_000) * 1_000, body: Buffer.from(json) },
      }),
    );
  });
}
