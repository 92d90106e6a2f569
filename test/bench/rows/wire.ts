import { hash } from 'node:crypto';
import { kybio, signerOf } from '../../../main/hosts/kybio/kybio.ts';
import { classifyIncrement } from '../../../main/hosts/kybio/outcome.ts';
import type { Exchange } from '../../../main/hosts/port/member-host.ts';
import { amount } from '../../../preload/contract/index.ts';
import { atMost, type Figure } from '../figure.ts';
import type { Row } from '../row.ts';
import { repeated, sideBySide } from '../side-by-side.ts';
import { median } from '../statistics.ts';

const TIMES = 200;

const fields = {
  appId: 'PRACTICE0123456789ABCDEF',
  customerUid: '231607639459718452',
  balanceIncrement: amount('10'),
  pointIncrement: amount('5'),
  dataChangeTime: '2026-11-24 09:00:00',
};

const reply = JSON.stringify({
  status: 'success',
  messages: [],
  errorCode: null,
  data: {
    ...{ customerUid: 231607639459718, balanceBeforeUpdate: 100, balanceAfterUpdate: 110 },
    ...{ balanceIncrement: 10, pointBeforeUpdate: 50, pointAfterUpdate: 55, pointIncrement: 5 },
    ...{ dataChangeTime: fields.dataChangeTime, updateCustomerTime: '2026-11-24 09:00:01' },
  },
}).replace('231607639459718', fields.customerUid);

/** What an increment costs at the wire, beside what the same bytes cost without a digit or a doubt kept. */
export const wireRow: Row = {
  name: 'wire',
  measure: async (bench) => {
    const appKey = '0123456789ABCDEF0123456789ABCDEF';
    const signer = signerOf(appKey);
    const { body } = signer.sign(fields);
    const text = body.toString('utf8');
    const bytes = Buffer.from(reply);
    const head = { status: 200, contentType: 'application/json', location: '', dateMs: 0 } as const;
    const exchange: Exchange = {
      ...{ phase: 'answered', startedAtMs: 0, endedAtMs: 1, failure: null },
      response: { ...head, retryAfterMs: null, body: bytes },
    };
    if (classifyIncrement(exchange, fields).kind !== 'applied')
      throw new Error('the reply is not understood');
    const rounds = bench.quick ? 15 : 51;
    const parsed = await sideBySide(
      rounds,
      repeated(TIMES, () => classifyIncrement(exchange, fields)),
      repeated(TIMES, () => JSON.parse(bytes.toString('utf8'))),
    );
    const read = await sideBySide(
      rounds,
      repeated(TIMES, () => kybio.readIncrement(body)),
      repeated(TIMES, () => JSON.parse(body.toString('utf8'))),
    );
    const signed = await sideBySide(
      rounds,
      repeated(TIMES, () => signer.signBody(body)),
      repeated(TIMES, () => hash('md5', appKey + text, 'hex')),
    );
    const whole = await sideBySide(
      rounds,
      repeated(TIMES, () => signer.sign(fields)),
      repeated(TIMES, () => hash('md5', appKey + JSON.stringify(fields), 'hex')),
    );
    const inUs = (values: readonly number[]) => (median(values) * 1_000) / TIMES;
    const figure = (times: typeof parsed) =>
      ({ unit: 'µs', ours: inUs(times.ours), against: inUs(times.against) }) as const;
    const figures: Figure[] = [
      {
        ...{ name: 'an increment’s reply read and judged', ...figure(parsed) },
        ...{ beside: 'JSON.parse', goal: atMost(6), bound: atMost(400) },
      },
      {
        ...{ name: 'an increment’s bytes read and proven to be ours', ...figure(read) },
        ...{ beside: 'JSON.parse', goal: atMost(6), bound: atMost(200) },
      },
      {
        ...{ name: 'an increment’s bytes signed', ...figure(signed) },
        ...{ beside: 'crypto.hash', goal: atMost(1.5), bound: atMost(15) },
      },
      {
        ...{ name: 'an increment written and signed', ...figure(whole) },
        ...{ beside: 'JSON.stringify and crypto.hash', goal: null, bound: atMost(40) },
      },
    ];
    return figures;
  },
};
