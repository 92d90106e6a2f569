import { afterAll, describe, expect, it } from 'vitest';
import { readAddress } from '../../../main/paper/receipts/address.ts';
import {
  kickDrawer,
  type NetworkPrint,
  printOverNetwork,
} from '../../../main/paper/receipts/network-printer.ts';
import { type FakePrinter, type Moment, switchOnPrinter } from '../../kit/played-printer.ts';
import { realClock } from '../../kit/practice-store.ts';

// What these tests take is waiting, so all wait at once; printers go with the last of them.
const printers: FakePrinter[] = [];
afterAll(() => Promise.all(printers.map((printer) => printer.off())));

async function startFakePrinter(): Promise<FakePrinter> {
  const printer = await switchOnPrinter();
  printers.push(printer);
  return printer;
}

/** The longest wait passes in a moment; an answer may take its seconds on a machine that does much else. */
const hurried = {
  ...realClock,
  schedule: (delayMs: number, action: () => void) =>
    realClock.schedule(delayMs > 5_000 ? delayMs / 8 : delayMs, action),
};

const job = (printer: FakePrinter, change: Partial<NetworkPrint> = {}): NetworkPrint => {
  const address = readAddress(printer.address);
  if (address === null) throw new Error('no address');
  return {
    address,
    bytes: Buffer.from('Top-up'),
    feedback: 'done',
    isTest: false,
    begin: () => undefined,
    ...change,
  };
};

describe.concurrent('a printer on the network', () => {
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

  it('that tells less is relied on as far as a person has seen it print', async () => {
    const printer = await startFakePrinter();
    printer.mood = 'no-done';
    const test = await printOverNetwork(job(printer, { isTest: true }), hurried);
    expect(test).toMatchObject({ kind: 'unknown', feedback: 'status' });
    expect(await printOverNetwork(job(printer, { feedback: 'status' }), hurried)).toEqual({
      kind: 'printed',
    });
    printer.mood = 'mute';
    const mute = await printOverNetwork(job(printer, { isTest: true }), hurried);
    expect(mute).toMatchObject({ kind: 'unknown', feedback: 'nothing' });
    expect(await printOverNetwork(job(printer, { feedback: 'nothing' }), hurried)).toEqual({
      kind: 'printed',
    });
  });
});

/** Bits of a first byte of four, and of a third. */
const block = (head: number, paper = 0): number[] => [0x10 | head, 0, paper, 0];

/** At the first of such moments alone. */
const once = (at: Moment, bytes: readonly number[]) => {
  let isSaid = false;
  return (now: Moment) => {
    if (isSaid || now !== at) return [];
    isSaid = true;
    return bytes;
  };
};

describe.concurrent.each(['on', 'always'] as const)(
  'a printer whose automatic status back is %s',
  (automatic) => {
    const start = async () => Object.assign(await startFakePrinter(), { automatic });

    it('prints as any other, and says so', async () => {
      const printer = await start();
      expect(await printOverNetwork(job(printer), hurried)).toEqual({ kind: 'printed' });
      expect(printer.papers.map(String)).toEqual(['Top-up\u001bd\u0004']);
      expect(await printOverNetwork(job(printer, { feedback: 'status' }), hurried)).toEqual({
        kind: 'printed',
      });
    });

    it.each([
      ['paper-out', 'printer-paper-out'],
      ['cover-open', 'printer-cover-open'],
      ['stopped', 'printer-stopped'],
    ] as const)('gets nothing while it is %s', async (mood, code) => {
      const printer = await start();
      printer.mood = mood;
      const end = await printOverNetwork(job(printer), hurried);
      expect(end).toMatchObject({ kind: 'not-begun', problem: { code } });
    });

    it.each([
      ['tears', 'printer-paper-out'],
      ['eager', 'printer-paper-out'],
      ['opens', 'printer-cover-open'],
      ['opens-late', 'printer-cover-open'],
      ['dies', 'printer-cut-off'],
      ['no-done', 'printer-silent'],
      ['late', 'printer-silent'],
    ] as const)('has not printed for certain where it %s', async (mood, code) => {
      for (const feedback of ['done', 'status'] as const) {
        if (feedback === 'status' && code === 'printer-silent') continue;
        const printer = await start();
        printer.mood = mood;
        // It says that it is done only to whoever asks.
        if (feedback === 'status' && mood === 'opens-late') continue;
        const end = await printOverNetwork(job(printer, { feedback }), hurried);
        expect(end).toMatchObject({ kind: 'unknown', problem: { code } });
      }
    });
  },
);

describe.concurrent('what a printer says unasked', () => {
  it.each([
    ['no paper', block(0x08, 0x0c), 'printer-paper-out'],
    ['an open cover', block(0x28), 'printer-cover-open'],
    ['a stuck cutter', [0x18, 0x08, 0, 0], 'printer-stopped'],
    ['a fault that stays', [0x18, 0x20, 0, 0], 'printer-stopped'],
    ['two of them, the first of which is gone', [...block(0x08, 0x0c), ...block(0)], 'printer-paper-out'],
    ['no paper, and half a block before it', [0x10, 0, ...block(0x08, 0x0c)], 'printer-paper-out'],
  ])('while it prints: %s', async (_, bytes, code) => {
    const printer = await startFakePrinter();
    printer.says = once('ink', bytes);
    const end = await printOverNetwork(job(printer), hurried);
    expect(end).toMatchObject({ kind: 'unknown', problem: { code } });
  });

  it.each([
    ['that all is well', block(0)],
    ['that the roll is near its end', block(0, 0x03)],
    ['that the drawer is open and paper fed', block(0x44)],
    ['half a block', [0x10, 0]],
    ['noise', [0xff, 0x81, 0x33, 0x97, 0xfe]],
    ['to wait, and to go on', [0x13, 0x11]],
    ['to wait, in the midst of a block', [0x10, 0x13, 0, 0, 0x11, 0]],
  ])('is no answer and no trouble between asking and answer: %s', async (_, bytes) => {
    const printer = await startFakePrinter();
    printer.says = once('status', bytes);
    expect(await printOverNetwork(job(printer), hurried)).toEqual({ kind: 'printed' });
  });

  it.each([
    ['a block', block(0)],
    ['noise', [0xff, 0x12, 0x97]],
  ])('is not that it is done: %s', async (_, bytes) => {
    const printer = await startFakePrinter();
    printer.mood = 'no-done';
    printer.says = once('ink', bytes);
    const end = await printOverNetwork(job(printer), hurried);
    expect(end).toMatchObject({ kind: 'unknown', problem: { code: 'printer-silent' } });
  });

  it('is read over two pieces: what the end of a block looks like is no answer', async () => {
    const printer = await startFakePrinter();
    const [head = 0, ...end] = block(0x08, 0x0c);
    // The roll ends; the rest of that comes once it is asked whether it is done, which it never answers.
    printer.mood = 'no-done';
    const halves: Partial<Record<Moment, number[]>> = { cut: [head, 0], done: end.slice(1) };
    printer.says = (at) => halves[at] ?? [];
    expect(await printOverNetwork(job(printer), hurried)).toMatchObject({
      kind: 'unknown',
      problem: { code: 'printer-paper-out' },
    });
  });

  it('is relied on of one that answers nothing', async () => {
    const printer = await startFakePrinter();
    printer.mood = 'mute';
    printer.says = once('connect', block(0x08, 0x0c));
    expect(await printOverNetwork(job(printer), hurried)).toMatchObject({
      kind: 'not-begun',
      problem: { code: 'printer-paper-out' },
    });
  });
});

describe.concurrent('a printer that never stops talking', () => {
  const bytes = [0xff, 0x00, 0x10, 0x12];
  const floods = (['connect', 'ink', 'done'] as const).flatMap((at) => bytes.map((byte) => ({ at, byte })));

  it.each(floods)('is hung up on: 0x$byte from $at on', async (flood) => {
    const printer = await startFakePrinter();
    printer.flood = flood;
    const end = await printOverNetwork(job(printer), hurried);
    expect(end).toMatchObject({ problem: { code: 'printer-noise' } });
    expect(end.kind).not.toBe('printed');
    await printer.until(() => printer.lines() === 0);
  });

  it('is hung up on also where nothing is asked of it', async () => {
    const printer = await startFakePrinter();
    printer.flood = { at: 'connect', byte: 0xff };
    await printOverNetwork(job(printer, { feedback: 'nothing' }), hurried);
    await printer.until(() => printer.lines() === 0);
  });

  it('opens no drawer', async () => {
    const printer = await startFakePrinter();
    printer.flood = { at: 'connect', byte: 0xff };
    const kicked = await kickDrawer(
      { address: job(printer).address, feedback: 'done', withinMs: 5_000, begin: () => undefined },
      realClock,
    );
    expect(kicked).toMatchObject({ ok: false, error: { code: 'drawer-dropped' } });
    expect(printer.kicks()).toBe(0);
  });
});

describe.concurrent('the drawer', () => {
  /** `begun` has how often it had been kicked when each kick was told. */
  const drawer = (
    printer: FakePrinter,
    begun: number[],
    { withinMs = 5_000, begin = () => void begun.push(printer.kicks()) } = {},
  ) => kickDrawer({ address: job(printer).address, feedback: 'done', withinMs, begin }, realClock);

  it('is kicked once by a printer that answers, and told before', async () => {
    const printer = await startFakePrinter();
    const begun: number[] = [];
    expect(await drawer(printer, begun)).toEqual({ ok: true, value: {} });
    expect([printer.kicks(), begun]).toEqual([1, [0]]);
  });

  it('is not kicked by one that does not answer, now or later, and nothing is told', async () => {
    const printer = await startFakePrinter();
    printer.mood = 'mute';
    const begun: number[] = [];
    expect(await drawer(printer, begun, { withinMs: 100 })).toMatchObject({
      ...{ ok: false, error: { code: 'drawer-dropped' } },
    });
    printer.mood = 'ready';
    await printOverNetwork(job(printer), hurried);
    expect([printer.kicks(), begun]).toEqual([0, []]);
  });

  it('stays shut where it cannot be told', async () => {
    const printer = await startFakePrinter();
    const begin = () => {
      throw new Error('the disk is full');
    };
    await expect(drawer(printer, [], { begin })).rejects.toThrow('the disk is full');
    await printer.until(() => printer.lines() === 0);
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
