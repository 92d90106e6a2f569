import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalViews } from '../../../main/app/journal-views.ts';
import { migrations } from '../../../main/kernel/database/migrations/index.ts';
import { sealedColumns } from '../../../main/kernel/database/sealed-columns.ts';
import { GENESIS, sealRow } from '../../../main/ledger/journal/chain.ts';
import { accountCode, accountContent } from '../../../main/ledger/tables/accounts.ts';
import {
  type EntryEventName,
  readEvent,
  storeEvent,
  UnknownEvent,
} from '../../../main/ledger/tables/entry-events.ts';
import { factFormats } from '../../../main/ledger/tables/fact-columns.ts';
import { drawnEvent, drawnEvents, eventNames, type WrittenEvent } from './drawn-events.ts';
import { frozenEvents } from './frozen-events.ts';

// What a till has written is read for ever: where one of these fails, a shop's till would not open any more, or would
// call its own records altered. A change is a new format, and comes beside these (docs/how-to/add-a-stored-column.md).

/**
 * Each format's migration and the views that its program makes. A view that changes is a
 * new format too: an older program would take the tables of a newer one for somebody else's.
 */
const formats = [
  {
    formatVersion: 1,
    sql: 'e2e02fde0d35515ae6ed7da8c0b3a68e03314a1876a60d741ba02f2cc69d2884',
    views: [['entries', 1, '7c377ceace7fc72b2e3e5011b295a56cfe6fec940c676771533845c5a26aa352']],
  },
  {
    formatVersion: 2,
    sql: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    views: [['entries', 2, '289c877d72d6018dcb5b8ba688672260f061dd78cbdebd06ab11417c85c7da89']],
  },
  {
    formatVersion: 3,
    sql: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    views: [['entries', 3, 'a75031848e4f3cb5ca84ae8f3d890bf73ee01cadc695ea29b4f6f16c0b3c0e73']],
  },
  {
    formatVersion: 4,
    sql: '2ac9a780c6c2d1432d5f7a16c779d9a307452e2a587948c6cb7c3c2d3c417ff1',
    views: [['entries', 4, 'a46f00f0e3719e16ba4412df66968345f05e48d19ff923ad1353cabff9b8defa']],
  },
  {
    formatVersion: 5,
    sql: '1b47d76f258027645090a0fc19f7328a4e5f57f5e01774f15c37b7f5138a112e',
    views: [['entries', 4, 'a46f00f0e3719e16ba4412df66968345f05e48d19ff923ad1353cabff9b8defa']],
  },
  {
    formatVersion: 6,
    sql: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    views: [['entries', 4, 'a46f00f0e3719e16ba4412df66968345f05e48d19ff923ad1353cabff9b8defa']],
  },
  {
    formatVersion: 7,
    sql: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    views: [['entries', 5, 'aef7c4a0eee96a90812961cc8e93a9f142406e39640f5988bd02ef858ba787f3']],
  },
  {
    formatVersion: 8,
    sql: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    views: [['entries', 6, '291f91a3f0b586ce13e4ff4f064badc3aef69b8c9af8d9c45d481c109ac75f01']],
  },
] as const;

describe('the format', () => {
  it('is frozen in every version that shipped', () => {
    const found = migrations.map(({ formatVersion, sql }) => ({ formatVersion, sql: hash('sha256', sql) }));
    expect(found).toEqual(formats.map(({ formatVersion, sql }) => ({ formatVersion, sql })));
  });

  it('has numbers without gaps, whether a step or a fact of an entry brought them', () => {
    const known = new Set([...migrations.map(({ formatVersion }) => formatVersion), ...factFormats]);
    expect([...known].toSorted((one, other) => one - other)).toEqual(Array.from(known, (_, at) => at + 1));
  });

  it('is a new one where the tables of a view change', () => {
    const found = journalViews.map(({ name, viewVersion, schema }) => [
      name,
      viewVersion,
      hash('sha256', schema),
    ]);
    expect(found).toEqual(formats.at(-1)?.views);
  });

  it('seals the same columns in every version that shipped', () => {
    const first = Object.fromEntries(Object.entries(sealedColumns).map(([table, [list]]) => [table, list]));
    expect(first).toEqual({
      setting: ['key', 'value'],
      member: [
        ...['customer_uid', 'number', 'name', 'category_name', 'phone', 'balance', 'point', 'enable'],
        ...['expiry_date', 'as_of_ms', 'baseline_balance', 'baseline_point', 'baseline_at_ms'],
      ],
      call_meter: ['store_day', 'purpose', 'calls'],
      evidence: ['increment_id', 'gathered_at_ms', 'content'],
      doubt: [
        ...['id', 'increment_id', 'seen_by', 'kind', 'opened_at_ms', 'content', 'resolution'],
        'resolved_at_ms',
      ],
    });
  });

  it('names an account and seals a row as it always did', () => {
    const account = { till: 'Counter 1', host: 'https://host', appId: 'A' };
    expect([accountCode(account), accountContent(account)]).toEqual([
      'KX6_vPe-o2_W8xs2',
      '["Counter 1","https://host","A"]',
    ]);
    const row = {
      ...{ chain: 1, number: 2, atMs: 3, entry: 4 },
      ...{ actor: 'till', reason: '', version: 1 },
    };
    const macs = [
      sealRow(Buffer.alloc(32, 9), GENESIS, { ...row, event: 'cancelled', content: '[]' }),
      sealRow(Buffer.alloc(32, 9), GENESIS, { ...row, entry: null, event: 'noted', content: '{"a":"é"}' }),
    ];
    expect(macs).toEqual(['a2802761742b030c58cba4620a5a3405', '0ab033e63bb02381c281aa72d65b1690']);
  });
});

describe('an event', () => {
  const named = frozenEvents.map(([written, meant]) => [written.event, written, meant] as const);
  it.each(named)('of %s reads as it was meant', (_, written, meant) => {
    expect(readEvent(written)).toEqual(meant);
  });

  /** The version in which this program writes it. */
  const newest = (event: EntryEventName): number => {
    const [drawn] = fc.sample(drawnEvents[event], { numRuns: 1, seed: 1 });
    return drawn === undefined ? 0 : storeEvent(drawn).version;
  };

  it.each(eventNames)('of %s has a row of every version among these', (event) => {
    const shown = frozenEvents.filter(([written]) => written.event === event);
    const versions = new Set(shown.map(([{ version }]) => version));
    expect(versions).toEqual(new Set(Array.from({ length: newest(event) }, (_, at) => at + 1)));
  });

  it('is written as these are in the newest version', () => {
    const ofNewest = frozenEvents.filter(([{ version }, { event }]) => version === newest(event));
    // Those of the newest version name their member as what is written does.
    expect(ofNewest.map(([, meant]) => storeEvent(meant as WrittenEvent))).toEqual(
      ofNewest.map(([written]) => written),
    );
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(drawnEvent, (event) => {
        expect(readEvent(storeEvent(event))).toEqual(event);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(eventNames)('of %s in a version of tomorrow is read by nobody', (event) => {
    const later = { event, version: newest(event) + 1, reason: '', content: '[]' };
    expect(() => readEvent(later)).toThrow(UnknownEvent);
  });
});
