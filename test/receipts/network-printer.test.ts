import { describe, expect, it } from 'vitest';
import { readAddress } from '../../main/receipts/address.ts';
import { kickDrawer, type NetworkPrint, printOverNetwork } from '../../main/receipts/network-printer.ts';
import { realClock } from '../kit/practice-store.ts';
import { type FakePrinter, startFakePrinter } from './fake-printer.ts';

/** Waits of seconds pass in a moment; a connection of this machine takes less. */
const hurried = {
  ...realClock,
  schedule: (delayMs: number, action: () => void) => realClock.schedule(delayMs / 10, action),
};

const job = (printer: FakePrinter, change: Partial<NetworkPrint> = {}): NetworkPrint => {
  const address = readAddress(printer.address);
  if (address === null) throw new Error('no address');
  return {
    address,
    bytes: Buffer.from('Top-up'),
    tells: 'done',
    isTest: false,
    begin: () => undefined,
    ...change,
  };
};

describe('a printer on the network', () => {
  it('prints, and says so', async () => {
    const printer = await startFakePrinter();
    const begun: number[] = [];
    const end = await printOverNetwork(job(printer, { begin: () => void begun.push(1) }), hurried);
    expect(end).toEqual({ kind: 'printed' });
    expect(begun).toEqual([1]);
    expect(printer.papers.map(String)).toEqual(['Top-up\u001bd\u0004']);
  });

  it.each([
    ['paper-out', 'printer-paper-out'],
    ['cover-open', 'printer-cover-open'],
    ['stopped', 'printer-stopped'],
    ['mute', 'printer-busy'],
  ] as const)('that is %s gets nothing', async (mood, code) => {
    const printer = await startFakePrinter();
    printer.mood = mood;
    const begin = () => {
      throw new Error('begun');
    };
    const end = await printOverNetwork(job(printer, { begin }), hurried);
    expect(end).toMatchObject({ kind: 'not-begun', problem: { code } });
    expect(printer.papers).toEqual([]);
  });

  it('that is off, or is none, gets nothing', async () => {
    const printer = await startFakePrinter();
    await printer.off();
    expect(await printOverNetwork(job(printer), hurried)).toMatchObject({
      kind: 'not-begun',
      problem: { code: 'printer-unreachable' },
    });
    const nobody = { host: 'no-such-printer.invalid', port: 9100 };
    const end = await printOverNetwork(job(printer, { address: nobody }), realClock);
    expect(end.kind).toBe('not-begun');
  });

  it.each([
    ['dies', 'printer-cut-off'],
    ['tears', 'printer-paper-out'],
    ['no-done', 'printer-silent'],
  ] as const)('that %s in the middle may have printed', async (mood, code) => {
    const printer = await startFakePrinter();
    printer.mood = mood;
    expect(await printOverNetwork(job(printer), hurried)).toMatchObject({
      kind: 'unknown',
      problem: { code },
    });
  });

  it('is sent nothing where its begin cannot be kept', async () => {
    const printer = await startFakePrinter();
    const begin = () => {
      throw new Error('disk full');
    };
    await expect(printOverNetwork(job(printer, { begin }), hurried)).rejects.toThrow('disk full');
    expect(printer.papers).toEqual([]);
  });

  it('that tells less is believed as far as a person has seen it print', async () => {
    const printer = await startFakePrinter();
    printer.mood = 'no-done';
    const test = await printOverNetwork(job(printer, { isTest: true }), hurried);
    expect(test).toMatchObject({ kind: 'unknown', tells: 'status' });
    expect(await printOverNetwork(job(printer, { tells: 'status' }), hurried)).toEqual({ kind: 'printed' });
    printer.mood = 'mute';
    const mute = await printOverNetwork(job(printer, { isTest: true }), hurried);
    expect(mute).toMatchObject({ kind: 'unknown', tells: 'nothing' });
    expect(await printOverNetwork(job(printer, { tells: 'nothing' }), hurried)).toEqual({ kind: 'printed' });
  });
});

describe('the drawer', () => {
  const drawer = (printer: FakePrinter, withinMs = 5_000) =>
    kickDrawer({ address: job(printer).address, tells: 'done', withinMs }, realClock);

  it('is kicked once by a printer that answers', async () => {
    const printer = await startFakePrinter();
    expect(await drawer(printer)).toEqual({ ok: true, value: {} });
    expect(printer.kicks()).toBe(1);
  });

  it('is not kicked by one that does not answer, now or later', async () => {
    const printer = await startFakePrinter();
    printer.mood = 'mute';
    expect(await drawer(printer, 100)).toMatchObject({ ok: false, error: { code: 'drawer-dropped' } });
    printer.mood = 'ready';
    await printOverNetwork(job(printer), hurried);
    expect(printer.kicks()).toBe(0);
  });
});

it.each([
  ['192.168.1.50', { host: '192.168.1.50', port: 9100 }],
  [' printer.local:9101 ', { host: 'printer.local', port: 9101 }],
  ['[fe80::1]:9100', { host: 'fe80::1', port: 9100 }],
  ['', null],
  ['http://printer', null],
  ['printer:0', null],
  ['printer:99999', null],
  ['a printer', null],
])('reads %j as an address', (typed, address) => {
  expect(readAddress(typed)).toEqual(address);
});
